-- Each signal is followed by a process, which decides whether a person looks into it.
ALTER TABLE payer_signal
  ADD COLUMN note VARCHAR(800) NULL,
  ADD COLUMN process_instance_key BIGINT NULL,
  ADD COLUMN announced_at DATETIME(6) NULL,
  ADD KEY payer_signal_process (process_instance_key),
  ADD KEY payer_signal_unclaimed (seen_at, process_instance_key, announced_at);

-- those that were raised before are on the payers' pages already
UPDATE payer_signal SET process_instance_key = 0;
