-- What is done to many running cases, one after the other: moved to another version, a timer begun anew, an incident tried again.
CREATE TABLE case_job (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  -- migrate, retime or retry
  kind VARCHAR(10) NOT NULL,
  bpmn_process_id VARCHAR(255) NOT NULL,
  from_key BIGINT NOT NULL,
  from_version INT NOT NULL,
  to_key BIGINT NOT NULL,
  to_version INT NOT NULL,
  trial TINYINT NOT NULL,
  -- of elements: a JSON object
  mapping MEDIUMTEXT NOT NULL,
  -- tries that a failed job gets
  retries INT NOT NULL,
  -- cases a second
  rate INT NOT NULL,
  -- running, paused, done or stopped
  state VARCHAR(10) NOT NULL,
  -- while it is not over: only one moves a process's cases at a time, and one tries its incidents again
  live VARCHAR(10) NULL,
  -- why it does not get on
  hindered VARCHAR(400) NULL,
  begun_by VARCHAR(100) NOT NULL,
  begun_at DATETIME(6) NOT NULL,
  ended_at DATETIME(6) NULL,
  leased_until DATETIME(6) NULL,
  UNIQUE KEY case_job_live (bpmn_process_id, live),
  KEY case_job_state (state, id)
);

CREATE TABLE case_job_row (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  job_id BIGINT NOT NULL,
  process_instance_key BIGINT NOT NULL,
  -- of the case, the timer or the incident
  subject_key BIGINT NOT NULL,
  element_id VARCHAR(255) NULL,
  -- of the element, or of the job that failed
  beside_key BIGINT NULL,
  -- planned, doing, done, refused or gone
  state VARCHAR(8) NOT NULL,
  tries INT NOT NULL DEFAULT 0,
  -- our word for the engine's reason, and its own words
  advice VARCHAR(20) NULL,
  said VARCHAR(1000) NULL,
  at DATETIME(6) NULL,
  UNIQUE KEY case_job_row_subject (job_id, subject_key),
  KEY case_job_row_state (job_id, state, id),
  KEY case_job_row_instance (process_instance_key, job_id)
);
