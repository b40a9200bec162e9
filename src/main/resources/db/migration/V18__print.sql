-- A letter as it is printed, made once: what is posted is what is kept.
CREATE TABLE letter_pdf (
  notice_id BIGINT NOT NULL PRIMARY KEY,
  pages INT NOT NULL,
  sha256 CHAR(64) NOT NULL,
  content MEDIUMBLOB NOT NULL,
  made_at DATETIME(6) NOT NULL
);

-- Letters that are printed together. Whether it is done follows from its letters.
CREATE TABLE print_batch (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  creditor_id BIGINT NOT NULL,
  -- all of its letters go by registered post, or none
  registered TINYINT NOT NULL,
  letters INT NOT NULL,
  pages INT NOT NULL,
  made_at DATETIME(6) NOT NULL,
  made_by VARCHAR(100) NOT NULL
);

CREATE TABLE print_batch_item (
  batch_id BIGINT NOT NULL,
  position INT NOT NULL,
  notice_id BIGINT NOT NULL,
  -- NULL once a person left it out: it may go in another batch then
  live TINYINT NULL,
  -- posted or left-out, by a person; NULL: what the letter's own state says
  outcome VARCHAR(16) NULL,
  -- why it could not be completed as posted
  note VARCHAR(300) NULL,
  pages INT NOT NULL,
  first_page INT NOT NULL,
  acted_at DATETIME(6) NULL,
  acted_by VARCHAR(100) NULL,
  PRIMARY KEY (batch_id, position),
  UNIQUE KEY print_batch_item_once (notice_id, live)
);

-- A letter that a postal provider prints and posts: at most one hand-over each.
CREATE TABLE postal_submission (
  notice_id BIGINT NOT NULL PRIMARY KEY,
  batch_id BIGINT NOT NULL,
  provider VARCHAR(30) NOT NULL,
  -- planned, submitting, submitted, refused; unknown: only a person says what became of it
  state VARCHAR(16) NOT NULL,
  provider_id VARCHAR(64) NULL,
  note VARCHAR(300) NULL,
  released_by VARCHAR(100) NOT NULL,
  planned_at DATETIME(6) NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  KEY postal_submission_state (state, changed_at)
);

ALTER TABLE handover ADD KEY handover_notice (notice_id);
