-- What the elements of the models did, by day: rolled up from engine_element_event, and made anew from it by one command.
CREATE TABLE flow_element (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  process_key BIGINT NOT NULL,
  element_id VARCHAR(255) NOT NULL,
  UNIQUE KEY flow_element_name (process_key, element_id)
);

-- Whose steps are counted together; empty, or creditor 0, where it was not known yet.
CREATE TABLE flow_slice (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  creditor_id BIGINT NOT NULL,
  segment VARCHAR(60) NOT NULL,
  band VARCHAR(1) NOT NULL,
  agent VARCHAR(100) NOT NULL,
  UNIQUE KEY flow_slice_whose (creditor_id, segment, band, agent)
);

CREATE TABLE flow_day (
  element INT NOT NULL,
  day DATE NOT NULL,
  slice INT NOT NULL,
  entered INT NOT NULL,
  completed INT NOT NULL,
  -- by a boundary event, the end of the whole, or a cancellation
  ended_early INT NOT NULL,
  PRIMARY KEY (element, day, slice)
);

-- How long steps took that were completed that day; buckets are analytics.flow.Durations'.
CREATE TABLE flow_duration (
  element INT NOT NULL,
  day DATE NOT NULL,
  slice INT NOT NULL,
  bucket SMALLINT NOT NULL,
  steps INT NOT NULL,
  PRIMARY KEY (element, day, slice, bucket)
);

-- What payers paid within so many days after a step of that day.
CREATE TABLE flow_cash (
  element INT NOT NULL,
  day DATE NOT NULL,
  slice INT NOT NULL,
  currency CHAR(3) NOT NULL,
  within_7 DECIMAL(19,4) NOT NULL,
  within_30 DECIMAL(19,4) NOT NULL,
  PRIMARY KEY (element, day, slice, currency)
);

-- Where tokens are now.
CREATE TABLE flow_open (
  element_instance_key BIGINT NOT NULL PRIMARY KEY,
  process_instance_key BIGINT NOT NULL,
  element INT NOT NULL,
  entered_at DATETIME(6) NOT NULL,
  KEY flow_open_element (element, process_instance_key)
);

-- How far the roll-up has come: of the events of a partition, and of the allocations.
CREATE TABLE flow_progress (
  stream VARCHAR(20) NOT NULL PRIMARY KEY,
  position BIGINT NOT NULL,
  -- when what was read last had happened
  reached_at DATETIME(6) NULL
);

ALTER TABLE process_subject ADD KEY process_subject_invoice (invoice_id);
