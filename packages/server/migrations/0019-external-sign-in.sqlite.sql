alter table `person` add column `external_subject` text null;
create unique index `person_external_subject_unique` on `person` (`external_subject`);
alter table `session` add column `way` text null;
create index `session_way_index` on `session` (`way`);
