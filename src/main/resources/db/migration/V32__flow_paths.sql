-- Which way each process instance went, what became of each case, and whether the stream that says so is whole.

-- The exporter numbers the element events of a partition without a gap; NULL before this version.
ALTER TABLE engine_element_event ADD COLUMN serial BIGINT NULL;
ALTER TABLE engine_position ADD COLUMN element_serial BIGINT NOT NULL DEFAULT 0;

-- The number of the last event that was counted.
ALTER TABLE flow_progress ADD COLUMN serial BIGINT NULL;

-- Where the stream of a partition is not what it should be. The instants are those of the events around it.
CREATE TABLE flow_gap (
  partition_id INT NOT NULL,
  after_serial BIGINT NOT NULL,
  -- events that are not there; 0 for events that came again, and were not counted again
  missing BIGINT NOT NULL,
  -- events that came again, or came so late that they were not counted
  repeated BIGINT NOT NULL,
  late BIGINT NOT NULL,
  from_at DATETIME(6) NULL,
  until_at DATETIME(6) NOT NULL,
  noticed_at DATETIME(6) NOT NULL,
  PRIMARY KEY (partition_id, after_serial)
);

-- The ways that process instances went: ids of activities and ends, with repetitions folded (analytics.flow.Trail).
CREATE TABLE flow_path (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  digest CHAR(64) NOT NULL,
  steps VARCHAR(4000) NOT NULL,
  UNIQUE KEY flow_path_digest (digest)
);

-- A row for each process instance, on the day of its beginning.
CREATE TABLE flow_instance (
  process_instance_key BIGINT NOT NULL PRIMARY KEY,
  process_key BIGINT NOT NULL,
  day DATE NOT NULL,
  slice INT NOT NULL,
  started_at DATETIME(6) NOT NULL,
  ended_at DATETIME(6) NULL,
  -- its duration's bucket, once it has ended
  took SMALLINT NULL,
  path INT NOT NULL,
  -- what is needed to go on, while it runs
  trail MEDIUMTEXT NULL,
  last_element INT NULL,
  last_at DATETIME(6) NULL,
  KEY flow_instance_path (process_key, day, path, took, slice, process_instance_key),
  KEY flow_instance_running (process_key, ended_at, started_at),
  KEY flow_instance_ended (ended_at, process_instance_key)
);

-- How often an instance did an activity; those that it did once have no row.
CREATE TABLE flow_visit (
  element INT NOT NULL,
  process_instance_key BIGINT NOT NULL,
  times INT NOT NULL,
  PRIMARY KEY (element, process_instance_key),
  KEY flow_visit_instance (process_instance_key)
);

-- How many instances that began on a day did an activity once, twice, three times, or four times and more.
CREATE TABLE flow_repeat (
  element INT NOT NULL,
  day DATE NOT NULL,
  slice INT NOT NULL,
  times TINYINT NOT NULL,
  instances INT NOT NULL,
  PRIMARY KEY (element, day, slice, times)
);

-- How long it took from the beginning of an activity to that of the next, by the day of the next.
CREATE TABLE flow_pair (
  element INT NOT NULL,
  next_element INT NOT NULL,
  day DATE NOT NULL,
  slice INT NOT NULL,
  bucket SMALLINT NOT NULL,
  steps INT NOT NULL,
  PRIMARY KEY (element, next_element, day, slice, bucket)
);

-- What became of each case, by the day of its beginning: made from the cases, messages, calls, promises, plans and payments.
CREATE TABLE flow_case (
  day DATE NOT NULL,
  case_id BIGINT NOT NULL,
  invoice_id BIGINT NOT NULL,
  process_instance_key BIGINT NOT NULL,
  process_key BIGINT NOT NULL,
  slice INT NOT NULL,
  currency CHAR(3) NOT NULL,
  -- what was open when it began
  amount DECIMAL(19,4) NOT NULL,
  -- what came in since then, and of that within thirty days
  cash DECIMAL(19,4) NOT NULL,
  cash_30 DECIMAL(19,4) NOT NULL,
  -- buckets of the time from its beginning (analytics.flow.Durations); NULL if it never happened
  reminded SMALLINT NULL,
  spoken SMALLINT NULL,
  agreed SMALLINT NULL,
  ended SMALLINT NULL,
  -- days until nothing was open any more
  paid_after INT NULL,
  -- paid, credited, written-off, handed-over, ended, open
  outcome VARCHAR(12) NOT NULL,
  PRIMARY KEY (day, case_id),
  UNIQUE KEY flow_case_case (case_id),
  KEY flow_case_instance (process_instance_key, outcome)
);

-- Ways were not kept until now: all is counted anew from the events.
DELETE FROM flow_day;
DELETE FROM flow_duration;
DELETE FROM flow_cash;
DELETE FROM flow_open;
UPDATE flow_progress SET position = 0, reached_at = NULL;
