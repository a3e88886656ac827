alter table "person" add "external_subject" varchar(255) null;
alter table "person" add constraint "person_external_subject_unique" unique ("external_subject");
alter table "session" add "way" varchar(40) null;
create index "session_way_index" on "session" ("way");
