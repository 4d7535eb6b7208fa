-- Numbers that belong to their names for ever.
CREATE TABLE endpoints (
  n    INTEGER     PRIMARY KEY,
  name VARCHAR(80) NOT NULL UNIQUE    -- archive, assets, or notify.<subscriber>
);

CREATE TABLE lanes (
  n    INTEGER     PRIMARY KEY,
  name VARCHAR(63) NOT NULL UNIQUE
);

-- One row for each event and endpoint, which goes as soon as the endpoint has taken it.
CREATE TABLE untold (
  seq      INTEGER NOT NULL PRIMARY KEY,  -- which came first
  endpoint INTEGER NOT NULL,
  type     INTEGER NOT NULL,              -- 1 media.uploaded, 2 media.ready … as in EventType
  subject  INTEGER NOT NULL,              -- a drop, a lane's number below zero, or 0 for all
  at       BIGINT  NOT NULL,              -- when it happened
  uid      VARCHAR(40),                   -- its id, where that does not follow from the drop and the type
  attempts INTEGER NOT NULL DEFAULT 0,
  due_at   BIGINT,                        -- when it is to be tried again; null where it was not tried
  dead_at  BIGINT,                        -- when it was tried for the last time
  error    TEXT,
  data     TEXT                           -- what is told, as JSON; null for what is archived
);

INSERT INTO endpoints (n, name)
  SELECT ROW_NUMBER() OVER (ORDER BY endpoint), endpoint FROM (SELECT DISTINCT endpoint FROM outbox) each_one;

INSERT INTO lanes (n, name)
  SELECT ROW_NUMBER() OVER (ORDER BY subject), SUBSTR(subject, 6)
    FROM (SELECT DISTINCT subject FROM outbox WHERE drop_id IS NULL AND subject LIKE 'lane %') each_one;

-- What was not due yet is told by the transaction that puts its file away. The events of a subject stay
-- in their order, also where the clock was set back between them.
INSERT INTO untold (seq, endpoint, type, subject, at, uid, attempts, due_at, dead_at, error, data)
  SELECT ROW_NUMBER() OVER (ORDER BY o.reached, o.number, o.id, o.endpoint), e.n,
         CASE o.type WHEN 'media.uploaded' THEN 1 WHEN 'media.ready' THEN 2 WHEN 'media.failed' THEN 3
                     WHEN 'file.failed' THEN 4 WHEN 'file.duplicate' THEN 5 WHEN 'lane.paused' THEN 6
                     WHEN 'lane.resumed' THEN 7 WHEN 'run.summary' THEN 8 END,
         COALESCE(o.drop_id, -l.n, 0), o.happened_at, o.id, o.attempts,
         CASE WHEN o.attempts > 0 THEN o.due_at END, o.dead_at, o.last_error, o.data
    FROM (SELECT outbox.*, MAX(happened_at) OVER (PARTITION BY subject, endpoint ORDER BY number) AS reached
            FROM outbox WHERE delivered_at IS NULL AND due_at IS NOT NULL) o
    JOIN endpoints e ON e.name = o.endpoint
    LEFT JOIN lanes l ON o.drop_id IS NULL AND o.subject = 'lane ' || l.name;

DROP TABLE outbox;
ALTER TABLE untold RENAME TO outbox;

CREATE INDEX outbox_new ON outbox (endpoint, seq) WHERE attempts = 0 AND dead_at IS NULL;
CREATE INDEX outbox_tried ON outbox (endpoint, due_at) WHERE attempts > 0 AND dead_at IS NULL;
CREATE INDEX outbox_about ON outbox (subject, endpoint, seq);
