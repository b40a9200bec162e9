-- The collection of one invoice. At most one is live per invoice: live is 1, or NULL once closed.
CREATE TABLE collection_case (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  invoice_id BIGINT NOT NULL,
  payer_id BIGINT NOT NULL,
  live TINYINT NULL,
  state VARCHAR(16) NOT NULL,
  process_instance_key BIGINT NULL,
  opened_at DATETIME(6) NOT NULL,
  announced_at DATETIME(6) NULL,
  announcements INT NOT NULL DEFAULT 0,
  started_at DATETIME(6) NULL,
  closed_at DATETIME(6) NULL,
  close_reason VARCHAR(32) NULL,
  next_step_at DATETIME(6) NULL,
  UNIQUE KEY collection_case_live (invoice_id, live),
  UNIQUE KEY collection_case_process (process_instance_key),
  KEY collection_case_state (live, state, announced_at),
  KEY collection_case_payer (payer_id, live)
);

CREATE TABLE case_step (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  case_id BIGINT NOT NULL,
  step VARCHAR(60) NOT NULL,
  state VARCHAR(16) NOT NULL,
  days_overdue INT NOT NULL,
  recorded_at DATETIME(6) NOT NULL,
  -- taken, skipped, or again: a person asked for it once more
  tries INT NOT NULL DEFAULT 1,
  asked_by BIGINT NULL,
  UNIQUE KEY case_step_once (case_id, step)
);

CREATE TABLE promise (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  invoice_id BIGINT NOT NULL,
  payer_id BIGINT NOT NULL,
  promised_for DATE NOT NULL,
  state VARCHAR(16) NOT NULL,
  actor VARCHAR(100) NOT NULL,
  element_instance_key BIGINT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  UNIQUE KEY promise_task (element_instance_key),
  KEY promise_invoice (invoice_id, state)
);

-- Why an overdue invoice has no process, told by a person.
CREATE TABLE collection_exclusion (
  invoice_id BIGINT NOT NULL PRIMARY KEY,
  reason VARCHAR(200) NOT NULL,
  until_date DATE NULL,
  actor VARCHAR(100) NOT NULL,
  created_at DATETIME(6) NOT NULL
);

CREATE TABLE timeline_entry (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  payer_id BIGINT NOT NULL,
  invoice_id BIGINT NULL,
  at DATETIME(6) NOT NULL,
  kind VARCHAR(40) NOT NULL,
  actor VARCHAR(100) NOT NULL,
  text VARCHAR(1000) NOT NULL,
  link VARCHAR(200) NULL,
  -- of the event that it tells: the same event is told once
  event_id VARCHAR(120) NOT NULL,
  UNIQUE KEY timeline_entry_event (event_id),
  KEY timeline_entry_invoice (invoice_id, at),
  KEY timeline_entry_payer (payer_id, at)
);
