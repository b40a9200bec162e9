-- Who works on which queues. Whoever is in no team sees all of them.
CREATE TABLE team (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(100) NOT NULL,
  UNIQUE KEY team_name (name)
);

CREATE TABLE team_queue (
  team_id BIGINT NOT NULL,
  queue VARCHAR(40) NOT NULL,
  PRIMARY KEY (team_id, queue)
);

CREATE TABLE team_member (
  team_id BIGINT NOT NULL,
  login VARCHAR(100) NOT NULL,
  -- whether tasks that need experience are shown to them
  senior BOOLEAN NOT NULL,
  PRIMARY KEY (team_id, login),
  KEY team_member_login (login)
);

-- Filters of the work list that a user named.
CREATE TABLE saved_view (
  login VARCHAR(100) NOT NULL,
  name VARCHAR(60) NOT NULL,
  query VARCHAR(500) NOT NULL,
  PRIMARY KEY (login, name)
);
