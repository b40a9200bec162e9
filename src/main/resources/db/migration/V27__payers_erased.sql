-- Payers whose personal data was erased; NULL again once an import brings new invoices of them.
ALTER TABLE payer ADD COLUMN erased_at DATETIME(6) NULL, ADD COLUMN erased_by VARCHAR(100) NULL;

-- Numbers that want no messages, of payers who were erased: what is left of their wish is a fingerprint, and it holds.
CREATE TABLE erased_opt_out (
  channel VARCHAR(16) NOT NULL,
  address_hash CHAR(64) NOT NULL,
  since DATETIME(6) NOT NULL,
  PRIMARY KEY (channel, address_hash)
);
