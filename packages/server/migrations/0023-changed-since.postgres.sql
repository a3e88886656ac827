create index "change_thing_at_record_index" on "change" ("thing", "at", "record");
drop index "change_thing_at_index";
