-- What a provider calls the message (Twilio's SID), when it said that the payer has it, and how the message was made.
ALTER TABLE notice ADD COLUMN provider_id VARCHAR(64) NULL AFTER message_id, ADD COLUMN delivered_at DATETIME(6) NULL AFTER sent_at,
  ADD COLUMN template_version INT NULL, ADD COLUMN payment_code VARCHAR(400) NULL, ADD COLUMN segments SMALLINT NULL,
  ADD UNIQUE KEY notice_provider (provider_id);

-- Documents that go with a message, as they went: a statement, an invoice.
CREATE TABLE notice_document (
  notice_id BIGINT NOT NULL,
  position SMALLINT NOT NULL,
  name VARCHAR(120) NOT NULL,
  content_type VARCHAR(60) NOT NULL,
  content MEDIUMBLOB NOT NULL,
  PRIMARY KEY (notice_id, position)
);

-- The invoice as its payer first received it.
CREATE TABLE invoice_document (
  invoice_id BIGINT NOT NULL PRIMARY KEY,
  name VARCHAR(120) NOT NULL,
  content MEDIUMBLOB NOT NULL,
  size INT NOT NULL,
  actor VARCHAR(100) NOT NULL,
  stored_at DATETIME(6) NOT NULL
);

-- A creditor's letterhead, and where its payers pay: a page whose address may hold {reference}, {amount} and {currency}.
ALTER TABLE creditor ADD COLUMN payment_link VARCHAR(500) NULL AFTER iban, ADD COLUMN postal_address VARCHAR(300) NULL AFTER phone;
CREATE TABLE creditor_logo (
  creditor_id BIGINT NOT NULL PRIMARY KEY,
  content_type VARCHAR(20) NOT NULL,
  width INT NOT NULL,
  height INT NOT NULL,
  content MEDIUMBLOB NOT NULL,
  actor VARCHAR(100) NOT NULL,
  stored_at DATETIME(6) NOT NULL
);

-- Words of messages that a designer changed; version 0 is the one that Relance ships. The newest version is used.
CREATE TABLE message_template (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  language CHAR(2) NOT NULL,
  tone VARCHAR(16) NOT NULL,
  channel VARCHAR(16) NOT NULL,
  version INT NOT NULL,
  -- without a text: back to what is shipped
  source TEXT NULL,
  note VARCHAR(200) NULL,
  actor VARCHAR(100) NOT NULL,
  saved_at DATETIME(6) NOT NULL,
  UNIQUE KEY message_template_version (language, tone, channel, version)
);

-- What came from payers, or of messages to them: kind is reply, auto-reply, bounce, opt-out or note.
CREATE TABLE inbound_message (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  -- what identifies it where it came from: the same one is never filed twice
  source VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  kind VARCHAR(16) NOT NULL,
  channel VARCHAR(16) NOT NULL,
  sender VARCHAR(254) NOT NULL,
  creditor_id BIGINT NULL,
  payer_id BIGINT NULL,
  -- the message of ours that it answers, or that did not arrive
  notice_id BIGINT NULL,
  subject VARCHAR(300) NULL,
  body MEDIUMTEXT NOT NULL,
  attachments VARCHAR(1000) NULL,
  received_at DATETIME(6) NOT NULL,
  read_at DATETIME(6) NULL,
  read_by VARCHAR(100) NULL,
  UNIQUE KEY inbound_message_source (source),
  KEY inbound_message_unread (read_at, received_at, id),
  KEY inbound_message_payer (payer_id, read_at, received_at)
);

-- Where a user's own trials of messages go.
ALTER TABLE app_user ADD COLUMN email VARCHAR(254) NULL AFTER name;

-- Whose payment it is, as far as it is known: what is left of it counts for them.
ALTER TABLE payment ADD COLUMN payer_id BIGINT NULL AFTER creditor_id, ADD KEY payment_payer (payer_id, unallocated);
UPDATE payment p JOIN (
    SELECT a.reference, i.creditor_id, MAX(i.payer_id) AS payer_id FROM allocation a JOIN invoice i ON i.id = a.invoice_id
    WHERE a.kind = 'payment' GROUP BY a.reference, i.creditor_id HAVING COUNT(DISTINCT i.payer_id) = 1
  ) m ON m.creditor_id = p.creditor_id AND m.reference = CONCAT('payment ', p.reference, ' #', SUBSTRING(p.entry_key, 1, 8))
  SET p.payer_id = m.payer_id WHERE p.unallocated > 0;
