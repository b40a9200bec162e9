-- Who has seen that events are missing, so that the pages need not warn of it any more.
ALTER TABLE flow_gap ADD COLUMN seen_by VARCHAR(100) NULL;
ALTER TABLE flow_gap ADD COLUMN seen_at DATETIME(6) NULL;
