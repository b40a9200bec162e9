-- Payers who said that they may be written to by a channel that asks for their consent, such as WhatsApp.
CREATE TABLE contact_opt_in (
  payer_id BIGINT NOT NULL,
  channel VARCHAR(16) NOT NULL,
  actor VARCHAR(100) NOT NULL,
  since DATETIME(6) NOT NULL,
  PRIMARY KEY (payer_id, channel)
);

-- Who carried a message: smtp, catch (kept here, nothing left), post.
ALTER TABLE notice ADD COLUMN carrier VARCHAR(16) NULL AFTER channel,
  ADD KEY notice_payer (payer_id, channel, sent_at);

-- A call, or a visit: a person speaks with the payer.
ALTER TABLE call_request ADD COLUMN visit BOOLEAN NOT NULL DEFAULT FALSE AFTER invoice_id;
ALTER TABLE payer_call ADD COLUMN visit BOOLEAN NOT NULL DEFAULT FALSE AFTER element_instance_key;

-- What asked for it, once: an activity of a process, and the invoice where one activity asks for several.
ALTER TABLE notice_request ADD COLUMN source VARCHAR(80) NULL AFTER element_instance_key;
UPDATE notice_request SET source = element_instance_key;
ALTER TABLE notice_request MODIFY COLUMN source VARCHAR(80) NOT NULL, DROP KEY notice_request_once, DROP COLUMN element_instance_key,
  ADD UNIQUE KEY notice_request_once (source);
ALTER TABLE call_request ADD COLUMN source VARCHAR(80) NULL AFTER element_instance_key;
UPDATE call_request SET source = element_instance_key;
ALTER TABLE call_request MODIFY COLUMN source VARCHAR(80) NOT NULL, DROP KEY call_request_once, DROP COLUMN element_instance_key,
  ADD UNIQUE KEY call_request_once (source);

-- The invoices that a call or a visit was about.
CREATE TABLE payer_call_item (
  payer_call_id BIGINT NOT NULL,
  invoice_id BIGINT NOT NULL,
  PRIMARY KEY (payer_call_id, invoice_id),
  KEY payer_call_item_invoice (invoice_id)
);
INSERT INTO payer_call_item (payer_call_id, invoice_id)
  SELECT c.id, t.invoice_id FROM payer_call c JOIN timeline_entry t ON t.payer_id = c.payer_id AND t.kind = 'call'
  WHERE t.event_id = CONCAT('call-', c.element_instance_key, '-', t.invoice_id);

-- Prevention that waits for the end of a hold is looked for each minute.
ALTER TABLE prevention ADD KEY prevention_state (state, id);
