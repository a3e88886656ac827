create index "hazard_of_enterprise_index" on "hazard" ("enterprise_id", "found_on", "id", "division", "station", "workshop");
