-- What the exporter keeps of decisions: the files, the decisions in them, and each evaluation with its inputs and rows.
CREATE TABLE engine_decision_file (
  file_key BIGINT NOT NULL PRIMARY KEY,
  resource_name VARCHAR(255) NOT NULL,
  version INT NOT NULL,
  xml MEDIUMTEXT NOT NULL,
  deployed_at DATETIME(6) NOT NULL
);

CREATE TABLE engine_decision (
  decision_key BIGINT NOT NULL PRIMARY KEY,
  decision_id VARCHAR(235) NOT NULL,
  version INT NOT NULL,
  file_key BIGINT NOT NULL,
  KEY engine_decision_id (decision_id, version)
);

CREATE TABLE engine_decision_event (
  partition_id INT NOT NULL,
  position BIGINT NOT NULL,
  process_instance_key BIGINT NULL,
  element_instance_key BIGINT NULL,
  element_id VARCHAR(255) NULL,
  decision_id VARCHAR(235) NOT NULL,
  decision_key BIGINT NOT NULL,
  failed BOOLEAN NOT NULL,
  -- the engine's own record: for each decision its inputs, the rows that fired, and the output
  detail MEDIUMTEXT NOT NULL,
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (partition_id, position),
  KEY engine_decision_event_instance (process_instance_key, position),
  KEY engine_decision_event_element (element_instance_key)
);

-- The day from which the payer's invoices are sent electronically.
ALTER TABLE payer ADD COLUMN einvoice_since DATE NULL;

-- The day on which a promise was kept, broken or replaced; NULL while it runs.
ALTER TABLE promise ADD COLUMN decided_on DATE NULL;
UPDATE promise SET decided_on = promised_for WHERE state <> 'open';
ALTER TABLE promise ADD KEY promise_payer (payer_id, state);

-- A row for each day on which a payer's score, band or reasons changed; the latest one holds.
CREATE TABLE payer_score (
  payer_id BIGINT NOT NULL,
  as_of DATE NOT NULL,
  score INT NOT NULL,
  band CHAR(1) NOT NULL,
  -- [{"text": …, "points": …}]
  reasons VARCHAR(4000) NOT NULL,
  -- what the decision was given
  facts VARCHAR(2000) NOT NULL,
  -- of the decision that gave the points
  decision_version INT NOT NULL,
  computed_at DATETIME(6) NOT NULL,
  PRIMARY KEY (payer_id, as_of)
);

-- The models that predict pay dates, as they were trained; the latest one of a creditor is used.
CREATE TABLE pay_date_model (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  creditor_id BIGINT NOT NULL,
  -- nothing settled after that day was looked at
  as_of DATE NOT NULL,
  history INT NOT NULL,
  -- NULL where there was too little history to learn from
  parameters VARCHAR(2000) NULL,
  trained_at DATETIME(6) NOT NULL,
  UNIQUE KEY pay_date_model_day (creditor_id, as_of)
);

-- A sign that something changed with a payer, with what shows it.
CREATE TABLE payer_signal (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  payer_id BIGINT NOT NULL,
  kind VARCHAR(40) NOT NULL,
  raised_on DATE NOT NULL,
  evidence VARCHAR(1000) NOT NULL,
  seen_by VARCHAR(100) NULL,
  seen_at DATETIME(6) NULL,
  UNIQUE KEY payer_signal_once (payer_id, kind, raised_on),
  KEY payer_signal_open (seen_at, raised_on)
);

-- How far the daily scoring of a creditor's payers has come.
CREATE TABLE scoring_run (
  creditor_id BIGINT NOT NULL PRIMARY KEY,
  day DATE NOT NULL,
  after_payer_id BIGINT NOT NULL,
  done BOOLEAN NOT NULL
);
