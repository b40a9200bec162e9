-- What a person did and took back: the line stays, struck out, and says by whom.
ALTER TABLE timeline_entry ADD COLUMN undone_at DATETIME(6) NULL, ADD COLUMN undone_by VARCHAR(100) NULL;

-- Money that a person took: cash or card; NULL for what a bank told. What was taken by mistake is reversed.
ALTER TABLE payment ADD COLUMN means VARCHAR(16) NULL, ADD COLUMN taken_by VARCHAR(100) NULL,
  ADD COLUMN reversed_at DATETIME(6) NULL, ADD COLUMN reversed_by VARCHAR(100) NULL;

-- Who answers for a payer. Rows are never overwritten: a change is a new row that replaces one, so that it can be undone.
CREATE TABLE payer_contact (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  payer_id BIGINT NOT NULL,
  name VARCHAR(100) NOT NULL,
  role VARCHAR(60) NULL,
  phone VARCHAR(40) NULL,
  mobile VARCHAR(40) NULL,
  email VARCHAR(254) NULL,
  language CHAR(2) NULL,
  note VARCHAR(300) NULL,
  replaces BIGINT NULL,
  actor VARCHAR(100) NOT NULL,
  -- of the form that was sent: sent again, it is the same contact
  source VARCHAR(80) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  removed_at DATETIME(6) NULL,
  UNIQUE KEY payer_contact_source (source),
  KEY payer_contact_payer (payer_id, removed_at)
);

-- What somebody wants to know of a colleague, or of a team, about a payer.
CREATE TABLE payer_question (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  payer_id BIGINT NOT NULL,
  asked_by VARCHAR(100) NOT NULL,
  -- one of the two
  asked_of VARCHAR(100) NULL,
  team VARCHAR(100) NULL,
  question VARCHAR(900) NOT NULL,
  source VARCHAR(80) NOT NULL,
  asked_at DATETIME(6) NOT NULL,
  -- open, answered, withdrawn, or seen: the one who asked has read the answer
  state VARCHAR(16) NOT NULL,
  answer VARCHAR(900) NULL,
  answered_by VARCHAR(100) NULL,
  answered_at DATETIME(6) NULL,
  UNIQUE KEY payer_question_source (source),
  KEY payer_question_payer (payer_id, asked_at),
  KEY payer_question_of (state, asked_of, asked_at),
  KEY payer_question_team (state, team, asked_at),
  KEY payer_question_by (state, asked_by, asked_at)
);

-- Files that somebody kept with a payer.
CREATE TABLE payer_file (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  payer_id BIGINT NOT NULL,
  name VARCHAR(120) NOT NULL,
  content MEDIUMBLOB NOT NULL,
  size INT NOT NULL,
  actor VARCHAR(100) NOT NULL,
  source VARCHAR(80) NOT NULL,
  stored_at DATETIME(6) NOT NULL,
  removed_at DATETIME(6) NULL,
  UNIQUE KEY payer_file_source (source),
  KEY payer_file_payer (payer_id, removed_at, stored_at)
);
