-- A mail whose Message-IDs name no message of ours is its sender's, where one payer has that address.
ALTER TABLE payer ADD KEY payer_email (email);

-- What waits to be read: automatic answers and bounces are never read, and would be in the way.
ALTER TABLE inbound_message ADD KEY inbound_message_waiting (kind, read_at, received_at);

-- How far a mailbox was read, in the words of its server. The newest mail's day finds the place again if the server counts anew.
CREATE TABLE mailbox_position (
  mailbox VARCHAR(300) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL PRIMARY KEY,
  uid_validity BIGINT NOT NULL,
  next_uid BIGINT NOT NULL,
  newest_at DATETIME(6) NULL
);
