-- What one unit of a base currency was worth in another one at the end of a day.
CREATE TABLE exchange_rate (
  base CHAR(3) NOT NULL,
  currency CHAR(3) NOT NULL,
  day DATE NOT NULL,
  -- units of the currency for one of the base, as published
  units DECIMAL(24,10) NOT NULL,
  source VARCHAR(300) NOT NULL,
  actor VARCHAR(100) NOT NULL,
  noted_at DATETIME(6) NOT NULL,
  PRIMARY KEY (base, currency, day),
  KEY exchange_rate_day (day, base, currency)
);

-- What was expected of a week, as it was said on a day. The first of a week stays; of the others there is the newest one.
CREATE TABLE cash_forecast (
  creditor_id BIGINT NOT NULL,
  currency CHAR(3) NOT NULL,
  -- its Monday
  week DATE NOT NULL,
  made_on DATE NOT NULL,
  -- whether it is the first one that was made in a week
  weekly BOOLEAN NOT NULL,
  due DECIMAL(19,4) NOT NULL,
  promised DECIMAL(19,4) NOT NULL,
  plans DECIMAL(19,4) NOT NULL,
  -- NULL: too little history
  predicted DECIMAL(19,4) NULL,
  PRIMARY KEY (creditor_id, week, currency, made_on)
);

-- What came in in a week that is over.
CREATE TABLE cash_week (
  creditor_id BIGINT NOT NULL,
  currency CHAR(3) NOT NULL,
  week DATE NOT NULL,
  came DECIMAL(19,4) NOT NULL,
  counted_on DATE NOT NULL,
  PRIMARY KEY (creditor_id, week, currency)
);

-- The day of the newest forecast.
CREATE TABLE cash_forecast_run (
  creditor_id BIGINT NOT NULL PRIMARY KEY,
  made_on DATE NOT NULL
);
ALTER TABLE allocation ADD KEY allocation_booked (booked_on, kind, invoice_id, currency, amount);

-- Who wants the figures by mail each Monday.
CREATE TABLE weekly_mail_wish (
  login VARCHAR(100) NOT NULL PRIMARY KEY,
  language CHAR(2) NOT NULL,
  -- the hour of Monday from which on it may come, by the clock of the zone
  from_hour INT NOT NULL,
  zone VARCHAR(60) NOT NULL,
  -- weeks that began earlier bring none
  wished_at DATETIME(6) NOT NULL
);

-- Each such mail: its row is there before it is sent, so that it goes once.
CREATE TABLE weekly_mail (
  login VARCHAR(100) NOT NULL,
  week DATE NOT NULL,
  -- sending, sent, waiting (surely not sent, tried again), refused, unknown
  state VARCHAR(16) NOT NULL,
  recipient VARCHAR(254) NOT NULL,
  message_id VARCHAR(200) NOT NULL,
  began_at DATETIME(6) NOT NULL,
  detail VARCHAR(500) NULL,
  PRIMARY KEY (login, week),
  KEY weekly_mail_state (state, began_at)
);
