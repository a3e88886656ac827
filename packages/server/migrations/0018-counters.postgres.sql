create table "hazard_by_day" ("grain" varchar(5) not null, "day" varchar(10) not null, "division" varchar(12) not null, "station" varchar(40) not null, "found" int not null, "closed" int not null, "due" int not null, "open" int not null, "on_time" int not null, primary key ("grain", "day", "division", "station"));
create table "hazard_by_stage" ("division" varchar(12) not null, "station" varchar(40) not null, "stage" varchar(40) not null, "severity" varchar(40) not null, "hazards" int not null, primary key ("division", "station", "stage", "severity"));
insert into hazard_by_stage (division, station, stage, severity, hazards)
  select division, coalesce(station, ''), stage, severity, count(*) from hazard group by 1, 2, 3, 4;
insert into hazard_by_day (grain, day, division, station, found, closed, due, open, on_time)
  with counted as (select division, coalesce(station, '') as station, stage, found_on, due_on, case when stage = 'CLOSED' and closed_at is not null then to_char(closed_at::timestamptz at time zone 'Asia/Shanghai', 'YYYY-MM-DD') end as closed_on from hazard where stage not in ('DRAFT', 'VOID', 'TRANSFERRED'))
  select grain, day, division, station, sum(found), sum(closed), sum(due), sum(open), sum(on_time) from (
  select 'DAY' as grain, found_on as day, division, station, 1 as found, 0 as closed, 0 as due, 0 as open, 0 as on_time from counted
  union all select 'DAY', closed_on, division, station, 0, 1, 0, 0, 0 from counted where closed_on is not null
  union all select 'DAY', due_on, division, station, 0, 0, 1, case when stage <> 'CLOSED' then 1 else 0 end, case when closed_on <= due_on then 1 else 0 end from counted where due_on is not null
  union all select 'MONTH' as grain, substr(found_on, 1, 7) as day, division, station, 1 as found, 0 as closed, 0 as due, 0 as open, 0 as on_time from counted
  union all select 'MONTH', substr(closed_on, 1, 7), division, station, 0, 1, 0, 0, 0 from counted where closed_on is not null
  union all select 'MONTH', substr(due_on, 1, 7), division, station, 0, 0, 1, case when stage <> 'CLOSED' then 1 else 0 end, case when closed_on <= due_on then 1 else 0 end from counted where due_on is not null) d group by grain, day, division, station;
