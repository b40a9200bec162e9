-- Why what is left of a payment counts for nobody: sent back, or dealt with elsewhere.
ALTER TABLE payment ADD COLUMN set_aside VARCHAR(200) NULL, ADD KEY payment_unmatched (unallocated, booked_on);
