create index "hazard_enterprise_id_stage_severity_index" on "hazard" ("enterprise_id", "stage", "severity");
create index "hazard_latest_closed_index" on "hazard" ("stage", "closed_at", "number", "division", "station");
create index "hazard_severity_stage_due_on_index" on "hazard" ("severity", "stage", "due_on");
