-- What the work list knows of a task beside what the engine says. The exporter's upsert leaves these columns alone.
ALTER TABLE engine_user_task
  -- lower is first; NULL until the task is ranked, and then the engine's priority counts
  ADD COLUMN standing INT NULL,
  ADD COLUMN place INT GENERATED ALWAYS AS (COALESCE(standing, urgency * 10000)) STORED,
  ADD COLUMN queue VARCHAR(40) NOT NULL DEFAULT '',
  -- any or senior
  ADD COLUMN skill VARCHAR(8) NOT NULL DEFAULT 'any',
  ADD COLUMN band CHAR(1) NULL,
  -- the money that it is about; several currencies are added by their bare numbers, and worth_currency is NULL then
  ADD COLUMN worth DECIMAL(19,4) NULL,
  ADD COLUMN worth_currency CHAR(3) NULL,
  -- the reasons of its rank in words, a line each
  ADD COLUMN why VARCHAR(400) NULL,
  -- bits of the hours of the UTC day in which its payer may be called, and is best called; NULL unless it is a call
  ADD COLUMN call_hours INT NULL,
  ADD COLUMN best_hours INT NULL,
  -- the first hour of the best two, by the payer's clock
  ADD COLUMN best_hour INT NULL,
  -- postponed: out of the list before that moment
  ADD COLUMN asleep_until DATETIME(6) NULL,
  ADD COLUMN asleep_reason VARCHAR(200) NULL,
  -- when it is to be ranked (again)
  ADD COLUMN rank_at DATETIME(6) NOT NULL DEFAULT '1970-01-02 00:00:00';

ALTER TABLE engine_user_task
  DROP KEY engine_user_task_list,
  DROP KEY engine_user_task_assignee,
  DROP KEY engine_user_task_type,
  -- what is filtered by comes last, so that a filter reads the index only
  ADD KEY engine_user_task_list (state, place, user_task_key, asleep_until, band, worth),
  ADD KEY engine_user_task_assignee (state, assignee, place, user_task_key),
  ADD KEY engine_user_task_type (state, element_id, place, user_task_key),
  ADD KEY engine_user_task_queue (state, queue, skill, place, user_task_key),
  ADD KEY engine_user_task_asleep (state, asleep_until, user_task_key),
  ADD KEY engine_user_task_rank (state, rank_at, user_task_key);

-- Payers whose facts changed: their open tasks are ranked anew. Rows are only added, so that nobody waits for another.
CREATE TABLE task_rank_request (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  payer_id BIGINT NOT NULL
);

-- At which hours payers answer is learned from the newest calls.
ALTER TABLE payer_call ADD KEY payer_call_at (called_at);
