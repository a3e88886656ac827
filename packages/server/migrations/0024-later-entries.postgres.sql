create index "change_is_later" on "change" ("thing", "at", "record") where "diff" <> '{}' and strpos("diff", '"createdAt":[null,"' || "at" || '"') = 0;
create index "change_thing_at_index" on "change" ("thing", "at");
drop index "change_thing_at_record_index";
