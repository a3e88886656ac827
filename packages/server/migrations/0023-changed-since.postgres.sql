create index "change_thing_at_record_index" on "change" ("thing", "at", "record");
drop index "change_thing_at_index";
alter table "frequency_table" add column "edited_at" varchar(24) null;
update "frequency_table" t set "created_at" = f."began" from (select distinct on ("record") "record", "diff"::jsonb -> 'createdAt' ->> 1 as "began" from "change" where "thing" = 'FrequencyTable' order by "record", "seq") f where f."record" = t."id" and f."began" is not null;
