CREATE TABLE creditor (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code VARCHAR(40) NOT NULL,
  name VARCHAR(200) NOT NULL,
  country CHAR(2) NOT NULL,
  zone VARCHAR(60) NOT NULL,
  currency CHAR(3) NOT NULL,
  sender_name VARCHAR(200) NOT NULL,
  sender_email VARCHAR(254) NOT NULL,
  phone VARCHAR(40) NULL,
  iban VARCHAR(34) NULL,
  small_amount DECIMAL(19,4) NOT NULL,
  large_amount DECIMAL(19,4) NOT NULL,
  version BIGINT NOT NULL DEFAULT 0,
  UNIQUE KEY creditor_code (code)
);

CREATE TABLE payer (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  creditor_id BIGINT NOT NULL,
  -- exactly as written: 'INV-a' is not 'INV-A'
  number VARCHAR(60) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  name VARCHAR(200) NOT NULL,
  country CHAR(2) NULL,
  language CHAR(2) NULL,
  segment VARCHAR(40) NULL,
  customer_since DATE NULL,
  email VARCHAR(254) NULL,
  phone VARCHAR(40) NULL,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  UNIQUE KEY payer_number (creditor_id, number),
  KEY payer_name (name)
);

CREATE TABLE invoice (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  creditor_id BIGINT NOT NULL,
  payer_id BIGINT NOT NULL,
  number VARCHAR(60) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  issue_date DATE NOT NULL,
  due_date DATE NOT NULL,
  -- negative for a credit note
  amount DECIMAL(19,4) NOT NULL,
  open_amount DECIMAL(19,4) NOT NULL,
  -- what the ledger file last said was open: only a new word of it changes anything
  told_open_amount DECIMAL(19,4) NOT NULL,
  currency CHAR(3) NOT NULL,
  disputed BOOLEAN NOT NULL DEFAULT FALSE,
  -- what the ledger file last said of it
  told_disputed BOOLEAN NOT NULL DEFAULT FALSE,
  -- the day from which nothing is open any more
  settled_on DATE NULL,
  outcome VARCHAR(16) NULL,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  UNIQUE KEY invoice_number (creditor_id, number),
  KEY invoice_overdue (creditor_id, settled_on, due_date),
  KEY invoice_payer (payer_id, settled_on, due_date)
);

-- Every change of an open amount: money received, a credit note set against it, or what the ledger file told.
CREATE TABLE allocation (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  invoice_id BIGINT NOT NULL,
  kind VARCHAR(16) NOT NULL,
  amount DECIMAL(19,4) NOT NULL,
  currency CHAR(3) NOT NULL,
  booked_on DATE NOT NULL,
  reference VARCHAR(200) NOT NULL,
  actor VARCHAR(100) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  UNIQUE KEY allocation_reference (invoice_id, reference)
);

CREATE TABLE payment (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  creditor_id BIGINT NOT NULL,
  booked_on DATE NOT NULL,
  amount DECIMAL(19,4) NOT NULL,
  currency CHAR(3) NOT NULL,
  reference VARCHAR(200) NOT NULL,
  remittance VARCHAR(1000) NULL,
  debtor_name VARCHAR(200) NULL,
  unallocated DECIMAL(19,4) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  -- what identifies the bank's entry: the same one is never booked twice
  entry_key CHAR(64) NOT NULL,
  UNIQUE KEY payment_entry (creditor_id, entry_key)
);

CREATE TABLE ledger_import (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  file_name VARCHAR(255) NOT NULL,
  actor VARCHAR(100) NOT NULL,
  as_of DATE NULL,
  started_at DATETIME(6) NOT NULL,
  ended_at DATETIME(6) NULL,
  report MEDIUMTEXT NULL
);

-- Replay (demo and tests): what the file says of later days arrives when the clock passes them.
CREATE TABLE ledger_replay (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  creditor_id BIGINT NOT NULL,
  arrives_on DATE NOT NULL,
  kind VARCHAR(16) NOT NULL,
  invoice_number VARCHAR(60) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  row_json VARCHAR(4000) NOT NULL,
  done BOOLEAN NOT NULL DEFAULT FALSE,
  UNIQUE KEY ledger_replay_row (creditor_id, invoice_number, kind),
  KEY ledger_replay_due (done, arrives_on, id)
);
