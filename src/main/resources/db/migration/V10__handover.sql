-- The way of an invoice from the last reminder to an agency, an insurer or a court. At most one is live an invoice.
CREATE TABLE handover (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  invoice_id BIGINT NOT NULL,
  payer_id BIGINT NOT NULL,
  live TINYINT NULL,
  -- open; then handed-over, refused, too-early, no-address, interrupted or settled
  state VARCHAR(16) NOT NULL,
  -- the formal notice, a notice by letter
  notice_id BIGINT NULL,
  posted_on DATE NULL,
  tracking VARCHAR(60) NULL,
  decide_on DATE NULL,
  -- agency, insurer or court
  route VARCHAR(16) NULL,
  proposed_by VARCHAR(100) NOT NULL,
  source VARCHAR(80) NOT NULL,
  opened_at DATETIME(6) NOT NULL,
  decided_by VARCHAR(100) NULL,
  decided_on DATE NULL,
  note VARCHAR(800) NULL,
  process_instance_key BIGINT NULL,
  announced_at DATETIME(6) NULL,
  UNIQUE KEY handover_live (invoice_id, live),
  UNIQUE KEY handover_source (source),
  KEY handover_payer (payer_id, live),
  KEY handover_process (process_instance_key),
  KEY handover_unclaimed (live, process_instance_key, announced_at)
);

-- What is given to whoever takes the claim over, as it was on that day.
CREATE TABLE evidence_file (
  handover_id BIGINT NOT NULL PRIMARY KEY,
  made_at DATETIME(6) NOT NULL,
  sha256 CHAR(64) NOT NULL,
  content LONGBLOB NOT NULL
);

-- Where letters go; the lines of the address, one below the other.
ALTER TABLE payer ADD COLUMN postal_address VARCHAR(300) NULL AFTER phone;
