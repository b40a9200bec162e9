-- What is said to a payer before an invoice is due. One row an invoice, for ever.
CREATE TABLE prevention (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  invoice_id BIGINT NOT NULL,
  payer_id BIGINT NOT NULL,
  -- 1 while its process runs
  live TINYINT NULL,
  -- open; then done, settled, interrupted or overdue
  state VARCHAR(16) NOT NULL,
  opened_at DATETIME(6) NOT NULL,
  process_instance_key BIGINT NULL,
  announced_at DATETIME(6) NULL,
  UNIQUE KEY prevention_invoice (invoice_id),
  KEY prevention_payer (payer_id, live),
  KEY prevention_process (process_instance_key),
  KEY prevention_unclaimed (live, process_instance_key, announced_at)
);

CREATE TABLE prevention_step (
  prevention_id BIGINT NOT NULL,
  step VARCHAR(60) NOT NULL,
  recorded_at DATETIME(6) NOT NULL,
  PRIMARY KEY (prevention_id, step)
);

-- due dates have invoice_overdue
ALTER TABLE invoice ADD KEY invoice_issued (creditor_id, settled_on, issue_date);

-- Who looks after a key account: a login.
ALTER TABLE payer ADD COLUMN account_owner VARCHAR(100) NULL AFTER segment;

-- Terms of early payment: so many percent for who pays within so many days of issue; NULL: none.
ALTER TABLE creditor ADD COLUMN discount_percent DECIMAL(5,2) NULL, ADD COLUMN discount_days INT NULL;
