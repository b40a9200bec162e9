-- When the other side was contacted, by the system's own clock, which a demo does not move: what it is asked for after a crash.
ALTER TABLE notice ADD COLUMN sending_at DATETIME(6) NULL AFTER planned_at,
  ADD KEY notice_recipient (recipient, channel, sent_at);

-- Words of a provider about messages of which it is not recorded yet what the provider calls them.
CREATE TABLE delivery_word (
  provider_id VARCHAR(64) NOT NULL PRIMARY KEY,
  arrived BOOLEAN NOT NULL,
  reason VARCHAR(1000) NULL,
  heard_at DATETIME(6) NOT NULL,
  KEY delivery_word_heard (heard_at)
);

-- Where an agent's own telephone rings when they call a payer from here.
CREATE TABLE agent_phone (
  login VARCHAR(100) NOT NULL PRIMARY KEY,
  number VARCHAR(20) NOT NULL,
  changed_at DATETIME(6) NOT NULL
);

-- Calls that were put through by a provider: what the line says of them. What was said is in payer_call.
CREATE TABLE phone_call (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  payer_id BIGINT NOT NULL,
  -- connect: an agent speaks; announce: a text is read out
  kind VARCHAR(16) NOT NULL,
  login VARCHAR(100) NOT NULL,
  agent_number VARCHAR(20) NULL,
  payer_number VARCHAR(20) NOT NULL,
  task_key BIGINT NULL,
  language CHAR(2) NULL,
  words VARCHAR(2000) NULL,
  provider_id VARCHAR(64) NULL,
  state VARCHAR(16) NOT NULL,
  seconds INT NULL,
  error VARCHAR(300) NULL,
  started_at DATETIME(6) NOT NULL,
  ended_at DATETIME(6) NULL,
  UNIQUE KEY phone_call_provider (provider_id),
  KEY phone_call_payer (payer_id, started_at),
  KEY phone_call_task (task_key)
);
