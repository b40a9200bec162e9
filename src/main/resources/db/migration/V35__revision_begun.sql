-- An entry of a draft's history is of ten minutes from its first change on, however often it is saved within them.
ALTER TABLE model_revision ADD COLUMN begun_at DATETIME(6) NULL;
UPDATE model_revision SET begun_at = at;
-- Contents that an autosave replaced belong to nothing any more.
ALTER TABLE model_content ADD COLUMN kept_at DATETIME(6) NULL;
UPDATE model_content SET kept_at = (SELECT COALESCE(MAX(r.at), '2026-01-01') FROM model_revision r);
ALTER TABLE model_content ADD KEY model_content_kept (kept_at);
ALTER TABLE model_revision ADD KEY model_revision_content (content_hash);
ALTER TABLE model_draft ADD KEY model_draft_content (content_hash), ADD KEY model_draft_base (base_hash);
ALTER TABLE model_release_file ADD KEY model_release_file_content (content_hash), ADD KEY model_release_file_before (before_hash),
  ADD KEY model_release_file_shipped (shipped_hash);

-- What the beginning of a token was counted as: it counts for who had the task when that is known.
ALTER TABLE flow_open ADD COLUMN counted_element INT NULL, ADD COLUMN counted_day DATE NULL, ADD COLUMN counted_slice INT NULL;
