-- Who is away, from the first day to the last, by the house's calendar. Why is nobody's business.
CREATE TABLE agent_absence (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  login VARCHAR(100) NOT NULL,
  from_day DATE NOT NULL,
  to_day DATE NOT NULL,
  -- who stands in; NULL leaves the tasks to the queue
  deputy VARCHAR(100) NULL,
  said_by VARCHAR(100) NOT NULL,
  said_at DATETIME(6) NOT NULL,
  KEY agent_absence_login (login, to_day),
  KEY agent_absence_days (to_day, from_day)
);

-- An answer that was given outside of our pages and could not be recorded: the next task finds it filled in.
CREATE TABLE returned_answer (
  process_instance_key BIGINT NOT NULL PRIMARY KEY,
  payer_id BIGINT NOT NULL,
  -- of the activity that could not record it
  element_instance_key BIGINT NOT NULL,
  problem VARCHAR(500) NOT NULL,
  -- names and values as JSON
  fields TEXT NOT NULL,
  given_by VARCHAR(100) NOT NULL,
  given_at DATETIME(6) NOT NULL,
  KEY returned_answer_payer (payer_id)
);

ALTER TABLE engine_user_task
  -- who has what, and what nobody has in each queue, in the order of the groups and without a look at the rows
  ADD KEY engine_user_task_load (state, assignee, queue, worth_currency, worth, due_at, created_at, asleep_until),
  ADD KEY engine_user_task_done (state, ended_at, assignee);
