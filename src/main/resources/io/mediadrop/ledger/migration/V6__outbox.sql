-- Events of every type, also of those that concern no drop, for any number of subscribers.
CREATE TABLE deliveries (
  id           VARCHAR(40) NOT NULL,      -- the event's, the same for every endpoint and attempt
  endpoint     VARCHAR(80) NOT NULL,      -- archive, or notify.<subscriber>
  type         VARCHAR(32) NOT NULL,      -- the event's
  subject      VARCHAR(80) NOT NULL,      -- whose events an endpoint gets in their order
  number       INTEGER     NOT NULL,      -- the place in that order
  drop_id      VARCHAR(36) REFERENCES drops (id) ON DELETE CASCADE,
  happened_at  BIGINT      NOT NULL,
  data         TEXT,                      -- what is told, as JSON; null until it is due
  due_at       BIGINT,                    -- null until the file is where the event says
  attempts     INTEGER     NOT NULL DEFAULT 0,
  last_error   TEXT,
  delivered_at BIGINT,
  dead_at      BIGINT,                    -- when it was tried for the last time
  PRIMARY KEY (id, endpoint)
);

INSERT INTO deliveries
  (id, endpoint, type, subject, number, drop_id, happened_at, due_at, attempts, last_error, delivered_at)
  SELECT o.id, o.endpoint,
         CASE WHEN d.duplicate_of IS NULL THEN 'media.uploaded' ELSE 'file.duplicate' END,
         o.drop_id, 1, o.drop_id, d.uploaded_at, o.due_at, o.attempts, o.last_error, o.delivered_at
    FROM outbox o JOIN drops d ON d.id = o.drop_id;

DROP TABLE outbox;
ALTER TABLE deliveries RENAME TO outbox;

CREATE INDEX outbox_due ON outbox (endpoint, due_at)
  WHERE delivered_at IS NULL AND dead_at IS NULL;
CREATE INDEX outbox_order ON outbox (subject, endpoint, number)
  WHERE delivered_at IS NULL AND dead_at IS NULL;
CREATE INDEX outbox_of_drop ON outbox (drop_id);

ALTER TABLE drops ADD COLUMN failed_path TEXT;  -- below the folder of refused files
