CREATE TABLE notice (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  creditor_id BIGINT NOT NULL,
  payer_id BIGINT NOT NULL,
  channel VARCHAR(16) NOT NULL,
  tone VARCHAR(16) NOT NULL,
  language CHAR(2) NOT NULL,
  state VARCHAR(16) NOT NULL,
  business_date DATE NOT NULL,
  -- the payer's day: one notice a channel a day; NULL once it surely did not reach them
  day_taken DATE NULL,
  recipient VARCHAR(254) NOT NULL,
  subject VARCHAR(300) NOT NULL,
  body_text MEDIUMTEXT NOT NULL,
  body_html MEDIUMTEXT NOT NULL,
  message_id VARCHAR(200) NOT NULL,
  facts_hash VARCHAR(64) NOT NULL,
  planned_at DATETIME(6) NOT NULL,
  sent_at DATETIME(6) NULL,
  error VARCHAR(1000) NULL,
  UNIQUE KEY notice_day (payer_id, channel, day_taken),
  UNIQUE KEY notice_message (message_id),
  KEY notice_state (state, planned_at),
  KEY notice_list (planned_at, id)
);

CREATE TABLE notice_item (
  notice_id BIGINT NOT NULL,
  invoice_id BIGINT NOT NULL,
  open_amount DECIMAL(19,4) NOT NULL,
  currency CHAR(3) NOT NULL,
  due_date DATE NOT NULL,
  PRIMARY KEY (notice_id, invoice_id),
  KEY notice_item_invoice (invoice_id)
);

CREATE TABLE notice_request (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  payer_id BIGINT NOT NULL,
  invoice_id BIGINT NOT NULL,
  channel VARCHAR(16) NOT NULL,
  tone VARCHAR(16) NOT NULL,
  element_instance_key BIGINT NOT NULL,
  state VARCHAR(16) NOT NULL,
  requested_at DATETIME(6) NOT NULL,
  planned_for DATETIME(6) NULL,
  notice_id BIGINT NULL,
  reason VARCHAR(200) NULL,
  UNIQUE KEY notice_request_once (element_instance_key),
  KEY notice_request_payer (payer_id, state),
  KEY notice_request_state (state, planned_for),
  KEY notice_request_invoice (invoice_id)
);
