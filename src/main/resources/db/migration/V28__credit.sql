-- What is known of a payer's credit: each row is all of it, as somebody entered it; the newest one holds.
CREATE TABLE payer_credit (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  payer_id BIGINT NOT NULL,
  -- of the amounts
  currency CHAR(3) NOT NULL,
  -- up to how much we let them owe us; NULL: nobody said
  credit_limit DECIMAL(19,4) NULL,
  -- what a credit insurer answers for, and until when
  cover DECIMAL(19,4) NULL,
  insurer VARCHAR(100) NULL,
  cover_until DATE NULL,
  -- in the words of the agency that gave it
  rating VARCHAR(40) NULL,
  rating_source VARCHAR(100) NULL,
  rated_on DATE NULL,
  note VARCHAR(800) NULL,
  actor VARCHAR(100) NOT NULL,
  noted_at DATETIME(6) NOT NULL,
  KEY payer_credit_payer (payer_id, id)
);
