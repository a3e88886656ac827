create index "hazard_latest_closed_index" on "hazard" ("stage", "closed_at", "number", "division", "station");
create index "hazard_enterprise_id_stage_index" on "hazard" ("enterprise_id", "stage");
