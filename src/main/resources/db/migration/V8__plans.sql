-- A payment plan: what is open of some invoices of a payer, in dated instalments.
CREATE TABLE payment_plan (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  payer_id BIGINT NOT NULL,
  -- what its instalments add up to
  total DECIMAL(19,4) NOT NULL,
  currency CHAR(3) NOT NULL,
  -- proposed, running; then kept, broken, refused or withdrawn
  state VARCHAR(16) NOT NULL,
  -- agent or payer
  proposed_by VARCHAR(16) NOT NULL,
  note VARCHAR(800) NULL,
  actor VARCHAR(100) NOT NULL,
  source VARCHAR(80) NOT NULL,
  tolerance_days INT NULL,
  tolerance_percent INT NULL,
  decided_by VARCHAR(100) NULL,
  decided_on DATE NULL,
  ended_on DATE NULL,
  process_instance_key BIGINT NULL,
  announced_at DATETIME(6) NULL,
  created_at DATETIME(6) NOT NULL,
  UNIQUE KEY payment_plan_source (source),
  KEY payment_plan_payer (payer_id, state),
  KEY payment_plan_process (process_instance_key),
  KEY payment_plan_unclaimed (state, process_instance_key, announced_at)
);

-- The invoices of a plan; an invoice is in one live plan at the most.
CREATE TABLE payment_plan_item (
  plan_id BIGINT NOT NULL,
  invoice_id BIGINT NOT NULL,
  live TINYINT NULL,
  -- what was open of it, so that what came in since is known
  open_amount DECIMAL(19,4) NOT NULL,
  PRIMARY KEY (plan_id, invoice_id),
  UNIQUE KEY payment_plan_item_live (invoice_id, live)
);

CREATE TABLE instalment (
  plan_id BIGINT NOT NULL,
  number INT NOT NULL,
  due_on DATE NOT NULL,
  amount DECIMAL(19,4) NOT NULL,
  reminded_on DATE NULL,
  PRIMARY KEY (plan_id, number)
);

-- What is asked for may be a word about a plan: that it is agreed, or that an instalment is late.
ALTER TABLE notice_request ADD COLUMN plan_id BIGINT NULL, ADD KEY notice_request_plan (plan_id, state);
ALTER TABLE notice ADD COLUMN plan_id BIGINT NULL;
