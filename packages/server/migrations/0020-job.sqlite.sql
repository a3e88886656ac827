create table `job` (`name` text not null primary key, `holder` text not null, `until` text not null, `done_for` text not null);
