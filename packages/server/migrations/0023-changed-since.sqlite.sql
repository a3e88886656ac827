create index `change_thing_at_record_index` on `change` (`thing`, `at`, `record`);
drop index `change_thing_at_index`;
alter table `frequency_table` add column `edited_at` text null;
update `frequency_table` set `created_at` = coalesce((select json_extract(`diff`, '$.createdAt[1]') from `change` where `thing` = 'FrequencyTable' and `record` = `frequency_table`.`id` order by `seq` limit 1), `created_at`);
