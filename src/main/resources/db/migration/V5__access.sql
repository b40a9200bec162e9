CREATE TABLE app_user (
  login VARCHAR(100) NOT NULL PRIMARY KEY,
  name VARCHAR(200) NOT NULL,
  password_hash VARCHAR(200) NOT NULL,
  role VARCHAR(16) NOT NULL,
  enabled BOOLEAN NOT NULL DEFAULT TRUE,
  demo BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE TABLE api_token (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  login VARCHAR(100) NOT NULL,
  name VARCHAR(100) NOT NULL,
  token_hash CHAR(64) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  revoked_at DATETIME(6) NULL,
  UNIQUE KEY api_token_hash (token_hash)
);

CREATE TABLE audit_event (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  at DATETIME(6) NOT NULL,
  actor VARCHAR(100) NOT NULL,
  action VARCHAR(60) NOT NULL,
  subject VARCHAR(200) NOT NULL,
  detail VARCHAR(1000) NULL,
  KEY audit_event_at (at),
  KEY audit_event_subject (subject, at)
);

-- Where the demo's clock stands, so that a restart goes on from there.
CREATE TABLE app_setting (
  name VARCHAR(60) NOT NULL PRIMARY KEY,
  value VARCHAR(1000) NOT NULL
);
