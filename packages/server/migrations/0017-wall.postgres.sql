create table "board_map" ("id" varchar(36) not null, "version" int not null default 1, "created_at" varchar(24) not null, "division" varchar(12) not null, "source" varchar(120) null, "places" int not null, "spots" int not null, "changed_at" varchar(24) null, "changed_by" varchar(36) null, "shapes" text null, primary key ("id"));
create index "board_map_created_at_index" on "board_map" ("created_at");
create index "board_map_division_index" on "board_map" ("division");
create index "board_map_source_index" on "board_map" ("source");
create index "board_map_changed_at_index" on "board_map" ("changed_at");
create index "board_map_changed_by_index" on "board_map" ("changed_by");
alter table "board_link" add "scenes" varchar(120) null, add "look" varchar(40) null, add "last_seen_at" varchar(24) null, add "pointed" varchar(40) null, add "pointed_place" varchar(12) null, add "pointed_firm" varchar(36) null, add "pointed_at" varchar(24) null, add "then_at" varchar(24) null, add "replay_at" varchar(24) null, add "meeting_at" varchar(24) null;
create index "board_link_last_seen_at_index" on "board_link" ("last_seen_at");
