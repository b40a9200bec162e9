-- What a message deducts, a currency each, such as "EUR 30.00": a letter that waits is compared with what is to be deducted now.
ALTER TABLE notice ADD COLUMN deducted VARCHAR(300) NOT NULL DEFAULT '' AFTER payment_code;

-- When a provider is to be asked again what became of a message of which it has told nothing, by the system's own clock.
ALTER TABLE notice ADD COLUMN ask_at DATETIME(6) NULL AFTER sending_at,
  ADD KEY notice_follow_up (carrier, state, sending_at);
ALTER TABLE phone_call ADD KEY phone_call_under_way (ended_at, started_at);
