-- What the exporter writes (engine.exporter) and the application reads. Keys are the engine's own.
CREATE TABLE engine_position (
  partition_id INT NOT NULL PRIMARY KEY,
  position BIGINT NOT NULL,
  open_tasks BIGINT NOT NULL DEFAULT 0,
  updated_at DATETIME(6) NOT NULL
);

CREATE TABLE engine_process (
  process_key BIGINT NOT NULL PRIMARY KEY,
  bpmn_process_id VARCHAR(255) NOT NULL,
  version INT NOT NULL,
  version_tag VARCHAR(255) NULL,
  resource_name VARCHAR(255) NOT NULL,
  xml MEDIUMTEXT NOT NULL,
  deployed_at DATETIME(6) NOT NULL,
  KEY engine_process_id (bpmn_process_id, version)
);

CREATE TABLE engine_form (
  form_key BIGINT NOT NULL PRIMARY KEY,
  form_id VARCHAR(255) NOT NULL,
  version INT NOT NULL,
  resource MEDIUMTEXT NOT NULL,
  deployed_at DATETIME(6) NOT NULL,
  KEY engine_form_id (form_id, version)
);

CREATE TABLE engine_instance (
  process_instance_key BIGINT NOT NULL PRIMARY KEY,
  process_key BIGINT NOT NULL,
  bpmn_process_id VARCHAR(255) NOT NULL,
  version INT NOT NULL,
  parent_key BIGINT NULL,
  partition_id INT NOT NULL,
  state VARCHAR(16) NOT NULL,
  started_at DATETIME(6) NOT NULL,
  ended_at DATETIME(6) NULL,
  KEY engine_instance_state (bpmn_process_id, state, version)
);

CREATE TABLE engine_element_event (
  partition_id INT NOT NULL,
  position BIGINT NOT NULL,
  process_instance_key BIGINT NOT NULL,
  element_instance_key BIGINT NOT NULL,
  process_key BIGINT NOT NULL,
  element_id VARCHAR(255) NOT NULL,
  element_type VARCHAR(40) NOT NULL,
  intent VARCHAR(16) NOT NULL,
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (partition_id, position),
  KEY engine_element_event_instance (process_instance_key, position),
  KEY engine_element_event_element (process_key, element_id, intent)
);

CREATE TABLE engine_incident (
  incident_key BIGINT NOT NULL PRIMARY KEY,
  process_instance_key BIGINT NOT NULL,
  element_instance_key BIGINT NOT NULL,
  job_key BIGINT NULL,
  bpmn_process_id VARCHAR(255) NOT NULL,
  element_id VARCHAR(255) NOT NULL,
  error_type VARCHAR(64) NOT NULL,
  message VARCHAR(2000) NOT NULL,
  state VARCHAR(16) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  resolved_at DATETIME(6) NULL,
  KEY engine_incident_state (state, created_at),
  KEY engine_incident_instance (process_instance_key)
);

-- Only what is open now: rows go when the timer fired or the job is done.
CREATE TABLE engine_timer (
  timer_key BIGINT NOT NULL PRIMARY KEY,
  process_instance_key BIGINT NOT NULL,
  element_instance_key BIGINT NOT NULL,
  element_id VARCHAR(255) NOT NULL,
  due_at DATETIME(6) NOT NULL,
  KEY engine_timer_due (due_at),
  KEY engine_timer_instance (process_instance_key)
);

CREATE TABLE engine_job (
  job_key BIGINT NOT NULL PRIMARY KEY,
  type VARCHAR(255) NOT NULL,
  process_instance_key BIGINT NOT NULL,
  element_instance_key BIGINT NOT NULL,
  element_id VARCHAR(255) NOT NULL,
  state VARCHAR(24) NOT NULL,
  retries INT NOT NULL,
  error_message VARCHAR(2000) NULL,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  KEY engine_job_state (state, updated_at),
  KEY engine_job_instance (process_instance_key)
);

CREATE TABLE engine_user_task (
  user_task_key BIGINT NOT NULL PRIMARY KEY,
  element_instance_key BIGINT NOT NULL,
  process_instance_key BIGINT NOT NULL,
  process_key BIGINT NOT NULL,
  bpmn_process_id VARCHAR(255) NOT NULL,
  element_id VARCHAR(255) NOT NULL,
  form_key BIGINT NULL,
  state VARCHAR(16) NOT NULL,
  assignee VARCHAR(255) NULL,
  candidate_groups VARCHAR(1000) NULL,
  priority INT NOT NULL,
  due_at DATETIME(6) NULL,
  follow_up_at DATETIME(6) NULL,
  created_at DATETIME(6) NOT NULL,
  ended_at DATETIME(6) NULL,
  -- highest priority first by an ascending index, which both servers read the same way
  urgency INT NOT NULL,
  KEY engine_user_task_list (state, urgency, user_task_key),
  KEY engine_user_task_assignee (state, assignee, urgency, user_task_key),
  KEY engine_user_task_type (state, element_id, urgency, user_task_key),
  KEY engine_user_task_instance (process_instance_key)
);

-- Messages for the engine, written in the transaction that causes them and published afterwards.
CREATE TABLE engine_outbox (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  message_name VARCHAR(100) NOT NULL,
  correlation_key VARCHAR(100) NOT NULL,
  message_id VARCHAR(200) NOT NULL,
  ttl_millis BIGINT NOT NULL,
  variables VARCHAR(4000) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  leased_until DATETIME(6) NULL,
  UNIQUE KEY engine_outbox_message (message_id),
  KEY engine_outbox_lease (leased_until, id),
  KEY engine_outbox_key (correlation_key)
);
