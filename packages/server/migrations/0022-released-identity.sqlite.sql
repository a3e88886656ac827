create table `released_identity` (`hash` text not null primary key);
