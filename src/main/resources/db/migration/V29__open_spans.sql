-- What was open of an invoice or credit note from one day on, and until the day before another. Nothing open: no row.
CREATE TABLE open_span (
  invoice_id BIGINT NOT NULL,
  from_day DATE NOT NULL,
  -- the first day on which it is otherwise; 9999-12-31 while it lasts
  to_day DATE NOT NULL,
  creditor_id BIGINT NOT NULL,
  currency CHAR(3) NOT NULL,
  open_amount DECIMAL(19,4) NOT NULL,
  -- as they were on these days: terms change
  issue_date DATE NOT NULL,
  due_date DATE NOT NULL,
  outcome VARCHAR(16) NULL,
  PRIMARY KEY (invoice_id, from_day),
  KEY open_span_day (creditor_id, to_day, from_day, currency, outcome, due_date, issue_date, open_amount)
);

-- The day of the first ledger file. What it tells was open since its issue; what later files bring counts from their day, so that a day
-- that was shown stays as it was.
ALTER TABLE creditor ADD COLUMN ledger_since DATE NULL;
UPDATE creditor c SET ledger_since = (SELECT DATE(MIN(i.created_at)) FROM invoice i WHERE i.creditor_id = c.id);

-- What is known of the days before: each row of allocation on the day of its entry, and what an invoice had less than its amount
-- when it was first told, on the day of its settlement or of the telling. Terms and outcomes are those of today.
INSERT INTO open_span (invoice_id, from_day, to_day, creditor_id, currency, open_amount, issue_date, due_date, outcome)
WITH begun AS (
  SELECT i.id AS invoice_id,
    CASE WHEN DATE(i.created_at) > c.ledger_since THEN DATE(i.created_at) ELSE LEAST(i.issue_date, DATE(i.created_at)) END AS day
  FROM invoice i JOIN creditor c ON c.id = i.creditor_id
), entered AS (
  SELECT b.invoice_id, b.day, 0 AS taken FROM begun b
  UNION ALL
  SELECT a.invoice_id, GREATEST(DATE(a.created_at), b.day), a.amount FROM allocation a JOIN begun b ON b.invoice_id = a.invoice_id
  UNION ALL
  SELECT i.id, GREATEST(b.day,
      CASE WHEN COUNT(a.id) = 0 AND i.settled_on IS NOT NULL THEN LEAST(i.settled_on, DATE(i.updated_at)) ELSE DATE(i.created_at) END),
    i.amount - i.open_amount - COALESCE(SUM(a.amount), 0)
  FROM invoice i JOIN begun b ON b.invoice_id = i.id LEFT JOIN allocation a ON a.invoice_id = i.id
  GROUP BY i.id, b.day, i.created_at, i.updated_at, i.settled_on, i.amount, i.open_amount
  HAVING COALESCE(SUM(CASE WHEN a.reference LIKE 'corrected to %' THEN 1 ELSE 0 END), 0) = 0
), days AS (
  SELECT invoice_id, day, SUM(taken) AS taken FROM entered GROUP BY invoice_id, day
), spans AS (
  SELECT invoice_id, day AS from_day, LEAD(day) OVER (PARTITION BY invoice_id ORDER BY day) AS to_day,
    COALESCE(SUM(taken) OVER (PARTITION BY invoice_id ORDER BY day ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING), 0) AS taken_later
  FROM days
)
SELECT i.id, s.from_day, COALESCE(s.to_day, '9999-12-31'), i.creditor_id, i.currency, i.open_amount + s.taken_later,
  i.issue_date, i.due_date, i.outcome
FROM spans s JOIN invoice i ON i.id = s.invoice_id
WHERE i.open_amount + s.taken_later <> 0;

-- What was billed, by day.
ALTER TABLE invoice ADD KEY invoice_billed (creditor_id, issue_date, currency, amount);
-- What was promised, called, answered and disputed in a while.
ALTER TABLE payment_promise ADD KEY payment_promise_decided (decided_on, state), ADD KEY payment_promise_made (created_at, actor);
ALTER TABLE inbound_message ADD KEY inbound_message_kind (kind, received_at);
ALTER TABLE dispute ADD KEY dispute_opened (opened_at);
