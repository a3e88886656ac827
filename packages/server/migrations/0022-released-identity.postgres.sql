create table "released_identity" ("hash" varchar(64) not null, primary key ("hash"));
