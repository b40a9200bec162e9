-- Whom and what a process instance is about: tasks and figures find their payer here.
CREATE TABLE process_subject (
  process_instance_key BIGINT NOT NULL PRIMARY KEY,
  payer_id BIGINT NOT NULL,
  invoice_id BIGINT NULL,
  KEY process_subject_payer (payer_id)
);

INSERT INTO process_subject (process_instance_key, payer_id, invoice_id)
  SELECT process_instance_key, payer_id, invoice_id FROM collection_case WHERE process_instance_key IS NOT NULL;

-- A person, or what a payer said, keeps collection still until a day: for one invoice, or for all of a payer's.
CREATE TABLE collection_hold (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  payer_id BIGINT NOT NULL,
  -- NULL: all of the payer's invoices
  invoice_id BIGINT NULL,
  kind VARCHAR(16) NOT NULL,
  reason VARCHAR(200) NOT NULL,
  -- the last day of it
  until_date DATE NOT NULL,
  actor VARCHAR(100) NOT NULL,
  -- of the work that asked for it: asked again, it is the same hold
  source VARCHAR(80) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  ended_on DATE NULL,
  ended_by VARCHAR(100) NULL,
  UNIQUE KEY collection_hold_source (source),
  KEY collection_hold_payer (payer_id, ended_on, until_date)
);

-- Why payers say that they have not paid; the list is the user's.
CREATE TABLE nonpayment_reason (
  code VARCHAR(40) NOT NULL PRIMARY KEY,
  label_en VARCHAR(100) NOT NULL,
  label_fr VARCHAR(100) NOT NULL,
  place INT NOT NULL,
  active BOOLEAN NOT NULL DEFAULT TRUE
);

INSERT INTO nonpayment_reason (code, label_en, label_fr, place) VALUES
  ('not-received', 'Invoice not received', 'Facture non reçue', 10),
  ('approval', 'Waits for approval', 'En attente de validation', 20),
  ('payment-run', 'Next payment run', 'Prochain règlement groupé', 30),
  ('already-paid', 'Says it is paid', 'Déclare avoir payé', 40),
  ('disputed', 'Disagrees with the invoice', 'Conteste la facture', 50),
  ('cash-shortage', 'Short of cash', 'Manque de trésorerie', 60),
  ('insolvency', 'Insolvency proceedings', 'Procédure collective', 70),
  ('forgotten', 'Forgotten', 'Oubli', 80),
  ('other', 'Other', 'Autre', 90);

-- What the invoices' processes ask for: a call about an invoice. One payer's requests become one call.
CREATE TABLE call_request (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  payer_id BIGINT NOT NULL,
  invoice_id BIGINT NOT NULL,
  element_instance_key BIGINT NOT NULL,
  state VARCHAR(16) NOT NULL,
  reason VARCHAR(200) NULL,
  requested_at DATETIME(6) NOT NULL,
  closed_at DATETIME(6) NULL,
  UNIQUE KEY call_request_once (element_instance_key),
  KEY call_request_payer (payer_id, state),
  KEY call_request_invoice (invoice_id, state),
  KEY call_request_waiting (state, requested_at)
);

-- Calls that were made, and what came of them.
CREATE TABLE payer_call (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  payer_id BIGINT NOT NULL,
  element_instance_key BIGINT NOT NULL,
  outcome VARCHAR(24) NOT NULL,
  nonpayment_reason VARCHAR(40) NULL,
  note VARCHAR(800) NULL,
  actor VARCHAR(100) NOT NULL,
  called_at DATETIME(6) NOT NULL,
  call_back_on DATE NULL,
  -- whether it counts as an attempt of the requests that wait now
  open_attempt BOOLEAN NOT NULL,
  UNIQUE KEY payer_call_once (element_instance_key),
  KEY payer_call_payer (payer_id, called_at),
  KEY payer_call_attempts (payer_id, open_attempt)
);

-- A payer's word: a day, and what is to have come by then. Its invoices are the rows of promise.
CREATE TABLE payment_promise (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  payer_id BIGINT NOT NULL,
  promised_for DATE NOT NULL,
  -- NULL: all that is open of its invoices
  amount DECIMAL(19,4) NULL,
  currency CHAR(3) NULL,
  state VARCHAR(16) NOT NULL,
  actor VARCHAR(100) NOT NULL,
  source VARCHAR(80) NOT NULL,
  process_instance_key BIGINT NULL,
  announced_at DATETIME(6) NULL,
  created_at DATETIME(6) NOT NULL,
  decided_on DATE NULL,
  UNIQUE KEY payment_promise_source (source),
  KEY payment_promise_payer (payer_id, state),
  KEY payment_promise_state (state, process_instance_key, announced_at)
);

ALTER TABLE promise ADD COLUMN payment_promise_id BIGINT NULL, ADD KEY promise_payment_promise (payment_promise_id, state);
ALTER TABLE promise DROP KEY promise_task;
ALTER TABLE promise ADD KEY promise_task (element_instance_key);

INSERT INTO payment_promise (payer_id, promised_for, state, actor, source, created_at)
  SELECT payer_id, promised_for, 'open', actor, CONCAT('promise-', id), created_at FROM promise WHERE state = 'open';

UPDATE promise p JOIN payment_promise a ON a.source = CONCAT('promise-', p.id) SET p.payment_promise_id = a.id;

-- A part of what is open that the payer disagrees with; the rest goes on. disputed: all of it.
ALTER TABLE invoice ADD COLUMN disputed_amount DECIMAL(19,4) NULL AFTER told_disputed;
-- What scores and predictions learn from outlasts the dispute.
ALTER TABLE invoice ADD COLUMN was_disputed BOOLEAN NOT NULL DEFAULT FALSE AFTER disputed_amount,
  ADD KEY invoice_disputed (disputed, settled_on);
UPDATE invoice SET was_disputed = TRUE WHERE disputed = TRUE OR told_disputed = TRUE;

-- A disagreement about an invoice, with somebody who settles it by a day. At most one is live an invoice.
CREATE TABLE dispute (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  invoice_id BIGINT NOT NULL,
  payer_id BIGINT NOT NULL,
  live TINYINT NULL,
  reason VARCHAR(40) NOT NULL,
  -- NULL: the whole invoice
  amount DECIMAL(19,4) NULL,
  note VARCHAR(800) NULL,
  state VARCHAR(16) NOT NULL,
  owner_group VARCHAR(60) NULL,
  deadline DATE NULL,
  escalated_at DATETIME(6) NULL,
  credited DECIMAL(19,4) NULL,
  opened_by VARCHAR(100) NOT NULL,
  source VARCHAR(80) NOT NULL,
  opened_at DATETIME(6) NOT NULL,
  decided_by VARCHAR(100) NULL,
  decided_on DATE NULL,
  process_instance_key BIGINT NULL,
  announced_at DATETIME(6) NULL,
  UNIQUE KEY dispute_live (invoice_id, live),
  UNIQUE KEY dispute_source (source),
  KEY dispute_payer (payer_id, state),
  KEY dispute_unclaimed (live, process_instance_key, announced_at)
);

-- What payers disagree with; the list is the user's, the time each may take is bpmn/dispute-policy.dmn.
CREATE TABLE dispute_reason (
  code VARCHAR(40) NOT NULL PRIMARY KEY,
  label_en VARCHAR(100) NOT NULL,
  label_fr VARCHAR(100) NOT NULL,
  place INT NOT NULL,
  active BOOLEAN NOT NULL DEFAULT TRUE
);

INSERT INTO dispute_reason (code, label_en, label_fr, place) VALUES
  ('price', 'Wrong price', 'Prix erroné', 10),
  ('quantity', 'Wrong quantity', 'Quantité erronée', 20),
  ('not-delivered', 'Not delivered', 'Non livré', 30),
  ('quality', 'Quality of goods or services', 'Qualité des biens ou services', 40),
  ('not-ordered', 'Not ordered', 'Non commandé', 50),
  ('duplicate', 'Billed twice', 'Facturé deux fois', 60),
  ('details', 'Wrong address or reference', 'Adresse ou référence erronée', 70),
  ('other', 'Other', 'Autre', 80);

-- A payer said that they are in difficulty: collection stands still until a person decides. At most one is live a payer.
CREATE TABLE payer_difficulty (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  payer_id BIGINT NOT NULL,
  live TINYINT NULL,
  state VARCHAR(16) NOT NULL,
  note VARCHAR(800) NULL,
  opened_by VARCHAR(100) NOT NULL,
  source VARCHAR(80) NOT NULL,
  opened_at DATETIME(6) NOT NULL,
  decided_by VARCHAR(100) NULL,
  decided_on DATE NULL,
  process_instance_key BIGINT NULL,
  announced_at DATETIME(6) NULL,
  UNIQUE KEY payer_difficulty_live (payer_id, live),
  UNIQUE KEY payer_difficulty_source (source),
  KEY payer_difficulty_unclaimed (live, process_instance_key, announced_at)
);

-- How often each sequence flow of a deployed version was taken; written by the exporter.
CREATE TABLE engine_flow (
  process_key BIGINT NOT NULL,
  flow_id VARCHAR(255) NOT NULL,
  taken BIGINT NOT NULL,
  PRIMARY KEY (process_key, flow_id)
);
