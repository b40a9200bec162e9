-- A customer number that gave way to another one of the same creditor: the same payer, known twice. Always the last one of a chain.
ALTER TABLE payer
  ADD COLUMN merged_into BIGINT NULL,
  ADD COLUMN merged_at DATETIME(6) NULL,
  ADD COLUMN merged_by VARCHAR(100) NULL,
  ADD KEY payer_merged_into (merged_into),
  ADD KEY payer_merged_at (merged_at);
