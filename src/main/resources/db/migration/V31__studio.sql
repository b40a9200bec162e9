-- The designer's studio. Contents are kept once each, whichever draft, revision or release they belong to.
CREATE TABLE model_content (
  hash CHAR(64) NOT NULL PRIMARY KEY,
  content MEDIUMBLOB NOT NULL
);

-- One draft a file, which all designers share; the revision counts up with each change.
CREATE TABLE model_draft (
  file_name VARCHAR(120) NOT NULL PRIMARY KEY,
  revision INT NOT NULL,
  content_hash CHAR(64) NOT NULL,
  -- what was live when the draft was begun; NULL for a file that was new
  base_hash CHAR(64) NULL,
  changed_by VARCHAR(255) NOT NULL,
  changed_at DATETIME(6) NOT NULL
);

-- What became of drafts, kept when they are deployed or discarded.
CREATE TABLE model_revision (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  file_name VARCHAR(120) NOT NULL,
  revision INT NOT NULL,
  content_hash CHAR(64) NOT NULL,
  -- autosave, saved, imported, restored, discarded, deployed
  kind VARCHAR(16) NOT NULL,
  author VARCHAR(255) NOT NULL,
  at DATETIME(6) NOT NULL,
  comment VARCHAR(500) NULL,
  KEY model_revision_file (file_name, id)
);

CREATE TABLE model_presence (
  file_name VARCHAR(120) NOT NULL,
  login VARCHAR(255) NOT NULL,
  seen_at DATETIME(6) NOT NULL,
  PRIMARY KEY (file_name, login)
);

CREATE TABLE model_release (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  -- the release before it, 0 for the first; NULL for one that failed: of two at once, one is told
  follows BIGINT NULL,
  version_tag VARCHAR(60) NOT NULL,
  -- the tag again while it counts: a release that failed leaves it to the next
  live_tag VARCHAR(60) NULL,
  comment VARCHAR(500) NULL,
  author VARCHAR(255) NOT NULL,
  at DATETIME(6) NOT NULL,
  -- deploying, deployed, failed
  state VARCHAR(16) NOT NULL,
  failure VARCHAR(2000) NULL,
  deployed_at DATETIME(6) NULL,
  UNIQUE KEY model_release_follows (follows),
  UNIQUE KEY model_release_tag (live_tag),
  KEY model_release_state (state, id)
);

CREATE TABLE model_release_file (
  release_id BIGINT NOT NULL,
  file_name VARCHAR(120) NOT NULL,
  content_hash CHAR(64) NOT NULL,
  -- what was live before; NULL for a file that was new
  before_hash CHAR(64) NULL,
  -- what the product shipped then; NULL for a file of the designer's own
  shipped_hash CHAR(64) NULL,
  -- of the draft that it was; NULL for a file that came along, or was brought back
  revision INT NULL,
  -- such as invoice-collection 7
  deployed_as VARCHAR(500) NULL,
  PRIMARY KEY (release_id, file_name),
  KEY model_release_file_name (file_name, release_id)
);

-- Which cases a decision was asked about lately, to try another one on them.
ALTER TABLE engine_decision_event ADD KEY engine_decision_event_decision (decision_id, position);
