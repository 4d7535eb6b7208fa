-- How many calls each connection had left, so that a restart does not forget what was spent.
CREATE TABLE rate_levels (
  connection VARCHAR(64)      PRIMARY KEY,  -- salted fingerprint
  level      DOUBLE PRECISION NOT NULL,     -- below zero where calls were reckoned with in advance
  noted_at   BIGINT           NOT NULL
);
