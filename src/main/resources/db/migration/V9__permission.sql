-- Where the payer's clock is; NULL: by their telephone number or their country.
ALTER TABLE payer ADD COLUMN time_zone VARCHAR(60) NULL AFTER country;

-- A channel by which a payer does not want to hear of us.
CREATE TABLE contact_opt_out (
  payer_id BIGINT NOT NULL,
  channel VARCHAR(16) NOT NULL,
  reason VARCHAR(200) NULL,
  actor VARCHAR(100) NOT NULL,
  since DATETIME(6) NOT NULL,
  PRIMARY KEY (payer_id, channel)
);
