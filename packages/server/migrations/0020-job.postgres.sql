create table "job" ("name" varchar(40) not null, "holder" varchar(40) not null, "until" varchar(24) not null, "done_for" varchar(10) not null, primary key ("name"));
