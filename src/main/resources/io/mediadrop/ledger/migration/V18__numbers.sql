-- What is under way, what the API has and what has ended otherwise stand in tables of their own: the first
-- one stays a few pages long, and the second one is written once, at its end. Drops have numbers for ids, in
-- the order in which they were claimed, above those that this home has given already.
CREATE TABLE numbers (
  n   INTEGER     PRIMARY KEY,
  old VARCHAR(36) NOT NULL UNIQUE
);
INSERT INTO numbers (n, old) SELECT ${given} + ROW_NUMBER() OVER (ORDER BY claimed_at, id), id FROM drops;

-- Drops that are under way, until their files are put away.
CREATE TABLE work (
  id              INTEGER      PRIMARY KEY,
  lane            VARCHAR(63)  NOT NULL,
  connection      VARCHAR(64)  NOT NULL,  -- salted fingerprint
  source          TEXT         NOT NULL,  -- absolute path of the file
  path            TEXT         NOT NULL,  -- the same below the lane's folder
  size            BIGINT       NOT NULL,
  modified        BIGINT       NOT NULL,  -- nanoseconds since the epoch
  file_key        TEXT         NOT NULL,  -- a hint only: inodes are reused
  origin          TEXT,                   -- on a server: the server, the path there, size and time
  state           VARCHAR(16)  NOT NULL,
  attempts        INTEGER      NOT NULL DEFAULT 0,
  due_at          BIGINT,                 -- milliseconds since the epoch, as all times here
  waited          BIGINT       NOT NULL DEFAULT 0,  -- milliseconds that count towards giving up
  content_type    VARCHAR(127),
  media_upload_id TEXT,
  plan            TEXT,
  expires_at      BIGINT,
  doubt_since     BIGINT,                 -- not before the last byte of a finalizing call
  asked           INTEGER      NOT NULL DEFAULT 0,  -- how often the API did not know it since
  resent          INTEGER      NOT NULL DEFAULT 0,  -- how often it was sent anew in spite of a doubt
  md5             VARCHAR(32),            -- of the whole file, where it is known
  reason          TEXT,
  request_id      VARCHAR(255),
  failed_at       BIGINT,
  failed_path     TEXT,                   -- below the refused files, promised before it is moved there
  announced_at    BIGINT,                 -- when subscribers were told, though the file could not be put away
  sidecar         TEXT,                   -- what stood beside the file when it was claimed, as JSON
  claimed_at      BIGINT       NOT NULL
);
INSERT INTO work
  SELECT n.n, lane, connection, source, path, size, modified, file_key, origin, state, attempts, due_at, waited,
         content_type, media_upload_id, plan, expires_at, doubt_since, asked, resent, md5, reason, request_id,
         failed_at, failed_path, announced_at, sidecar, claimed_at
    FROM drops d JOIN numbers n ON n.old = d.id
   WHERE state NOT IN ('FILED', 'DUPLICATE', 'FAILED_MOVED', 'GONE');

CREATE UNIQUE INDEX work_by_path ON work (lane, path);
CREATE INDEX work_by_size ON work (size, file_key);

-- Uploads that the API has, also those whose files are still to be put away.
CREATE TABLE uploads (
  id              INTEGER      PRIMARY KEY,
  lane            VARCHAR(63)  NOT NULL,
  connection      VARCHAR(64)  NOT NULL,
  source          TEXT         NOT NULL,
  path            TEXT         NOT NULL,
  size            BIGINT       NOT NULL,
  modified        BIGINT       NOT NULL,
  content_type    VARCHAR(127),
  media_upload_id TEXT,
  plan            TEXT,
  md5             VARCHAR(32),            -- null where it was sent in parts
  checksum        VARCHAR(80),            -- md5, or the md5 of the parts' md5s with their number
  adopted         INTEGER      NOT NULL,  -- found at the API after a doubt
  tainted         INTEGER      NOT NULL,  -- 1: the file changed while it was sent; 2: after it was filed
  has_error       INTEGER      NOT NULL,  -- the API could not process it
  media_id        VARCHAR(64),
  answer          TEXT,
  archive_path    TEXT         UNIQUE,    -- below the archive, promised before anything goes there
  duplicate_of    INTEGER,                -- the drop that brought the same content
  resent          INTEGER      NOT NULL,
  attempts        INTEGER      NOT NULL,
  claimed_at      BIGINT       NOT NULL,
  uploaded_at     BIGINT       NOT NULL,
  sidecar         TEXT,
  given_up_at     BIGINT,                 -- when it was asked for its media for the last time, in vain
  failed_at       BIGINT,                 -- when it was heard that the API could not process it
  failed_path     TEXT,
  removed_at      BIGINT                  -- when its files were removed because of their age
);
INSERT INTO uploads
  SELECT n.n, lane, connection, source, path, size, modified, content_type, media_upload_id, plan, md5, checksum,
         adopted, tainted, has_error, media_id, answer, archive_path, f.n, resent, attempts, claimed_at,
         uploaded_at, sidecar, given_up_at,
         CASE WHEN has_error = 1 THEN COALESCE(failed_at, uploaded_at) END, failed_path, removed_at
    FROM drops d JOIN numbers n ON n.old = d.id LEFT JOIN numbers f ON f.old = d.duplicate_of
   WHERE state IN ('UPLOADED', 'FILED', 'DUPLICATE')
   ORDER BY n.n;

CREATE INDEX uploads_by_content ON uploads (size, md5);
CREATE INDEX uploads_by_time ON uploads (uploaded_at) WHERE removed_at IS NULL;
CREATE INDEX uploads_by_failure ON uploads (failed_at) WHERE failed_at IS NOT NULL;
CREATE INDEX uploads_by_failed_path ON uploads (failed_path) WHERE failed_path IS NOT NULL;
CREATE INDEX uploads_in_given_session ON uploads (media_upload_id) WHERE sidecar IS NOT NULL;

-- Drops of which nothing was uploaded: refused ones whose files are put away, and such as have vanished.
CREATE TABLE ended (
  id              INTEGER      PRIMARY KEY,
  lane            VARCHAR(63)  NOT NULL,
  connection      VARCHAR(64)  NOT NULL,
  source          TEXT         NOT NULL,
  path            TEXT         NOT NULL,
  size            BIGINT       NOT NULL,
  modified        BIGINT       NOT NULL,
  state           VARCHAR(16)  NOT NULL,  -- FAILED_MOVED or GONE
  attempts        INTEGER      NOT NULL,
  content_type    VARCHAR(127),
  media_upload_id TEXT,
  doubt_since     BIGINT,
  reason          TEXT,
  request_id      VARCHAR(255),
  failed_at       BIGINT,
  failed_path     TEXT,
  sidecar         TEXT,
  claimed_at      BIGINT       NOT NULL
);
INSERT INTO ended
  SELECT n.n, lane, connection, source, path, size, modified, state, attempts, content_type, media_upload_id,
         doubt_since, reason, request_id, failed_at, failed_path, sidecar, claimed_at
    FROM drops d JOIN numbers n ON n.old = d.id
   WHERE state IN ('FAILED_MOVED', 'GONE');

CREATE INDEX ended_by_time ON ended (claimed_at);
CREATE INDEX ended_by_failure ON ended (failed_at) WHERE failed_at IS NOT NULL;
CREATE INDEX ended_by_failed_path ON ended (failed_path) WHERE failed_path IS NOT NULL;
CREATE INDEX ended_in_given_session ON ended (media_upload_id) WHERE sidecar IS NOT NULL;

-- What the API has, or has refused, and still lies on its server: it is not fetched a second time.
CREATE TABLE remote (
  id     INTEGER     PRIMARY KEY,
  lane   VARCHAR(63) NOT NULL,
  origin TEXT        NOT NULL,
  path   TEXT        NOT NULL
);
INSERT INTO remote
  SELECT n.n, lane, origin, path
    FROM drops d JOIN numbers n ON n.old = d.id
   WHERE origin IS NOT NULL AND put_away_at IS NULL
     AND state IN ('UPLOADED', 'FILED', 'DUPLICATE', 'FAILED', 'FAILED_MOVED');

CREATE INDEX remote_by_origin ON remote (lane, origin);

CREATE TABLE numbered_parts (
  drop_id  INTEGER      NOT NULL,
  number   INTEGER      NOT NULL,
  md5      VARCHAR(32),
  etag     VARCHAR(255),
  PRIMARY KEY (drop_id, number)
);
INSERT INTO numbered_parts SELECT n.n, p.number, p.md5, p.etag FROM parts p JOIN numbers n ON n.old = p.drop_id;

CREATE TABLE numbered_outbox (
  id           VARCHAR(40) NOT NULL,
  endpoint     VARCHAR(80) NOT NULL,
  type         VARCHAR(32) NOT NULL,
  subject      VARCHAR(80) NOT NULL,
  number       INTEGER     NOT NULL,
  drop_id      INTEGER,
  happened_at  BIGINT      NOT NULL,
  data         TEXT,
  due_at       BIGINT,
  attempts     INTEGER     NOT NULL DEFAULT 0,
  last_error   TEXT,
  delivered_at BIGINT,
  dead_at      BIGINT,
  PRIMARY KEY (id, endpoint)
);
INSERT INTO numbered_outbox
  SELECT o.id, endpoint, type, COALESCE(CAST(n.n AS TEXT), subject), number, n.n, happened_at, data, due_at, attempts,
         last_error, delivered_at, dead_at
    FROM outbox o LEFT JOIN numbers n ON n.old = o.drop_id;

CREATE TABLE numbered_awaited_media (
  drop_id    INTEGER     PRIMARY KEY,
  lane       VARCHAR(63) NOT NULL,
  connection VARCHAR(64) NOT NULL,
  due_at     BIGINT      NOT NULL,            -- when the API is asked next
  asked      INTEGER     NOT NULL DEFAULT 0,  -- how often it was
  waited     BIGINT      NOT NULL DEFAULT 0   -- milliseconds that count towards giving up
);
INSERT INTO numbered_awaited_media
  SELECT n.n, lane, connection, due_at, asked, waited FROM awaited_media a JOIN numbers n ON n.old = a.drop_id;

CREATE TABLE numbered_assets (
  drop_id     INTEGER     NOT NULL,
  item        VARCHAR(63) NOT NULL,
  place       TEXT        UNIQUE,  -- below the archive, promised before the file is sent there
  size        BIGINT,              -- in bytes, of what was fetched whole
  archived_at BIGINT,              -- null while the archive endpoint does not have it
  refused     TEXT,                -- why it is not fetched; null if it is
  refused_url VARCHAR(64),         -- sha-256 of the address for which that holds
  PRIMARY KEY (drop_id, item)
);
INSERT INTO numbered_assets
  SELECT n.n, item, place, size, archived_at, refused, refused_url FROM assets a JOIN numbers n ON n.old = a.drop_id;

CREATE TABLE numbered_companions (
  drop_id  INTEGER NOT NULL,
  name     TEXT    NOT NULL,  -- what it was called beside its media file
  size     BIGINT  NOT NULL,  -- in bytes
  modified BIGINT  NOT NULL,  -- nanoseconds since the epoch
  failed   INTEGER NOT NULL,  -- whether its place is among the refused files
  place    TEXT    NOT NULL,  -- below the archive, or below them; promised before it is moved
  PRIMARY KEY (failed, place)
);
INSERT INTO numbered_companions
  SELECT n.n, name, size, modified, failed, place FROM companions c JOIN numbers n ON n.old = c.drop_id;

-- Nothing may be missing: a count that differs is refused here, and everything is as it was. Rows of drops that
-- are not there, such as a hand has removed, tell nothing.
CREATE TABLE carried_over (
  complete INTEGER NOT NULL
);
INSERT INTO carried_over
  SELECT CASE WHEN (SELECT COUNT(*) FROM drops)
                 = (SELECT COUNT(*) FROM work WHERE state <> 'UPLOADED')
                 + (SELECT COUNT(*) FROM uploads) + (SELECT COUNT(*) FROM ended)
               AND (SELECT COUNT(*) FROM drops WHERE state = 'UPLOADED')
                 = (SELECT COUNT(*) FROM work w JOIN uploads u ON u.id = w.id)
               AND (SELECT COUNT(*) FROM drops
                     WHERE origin IS NOT NULL AND put_away_at IS NULL
                       AND state IN ('UPLOADED', 'FILED', 'DUPLICATE', 'FAILED', 'FAILED_MOVED'))
                 = (SELECT COUNT(*) FROM remote)
               AND (SELECT COUNT(*) FROM parts WHERE drop_id IN (SELECT id FROM drops))
                 = (SELECT COUNT(*) FROM numbered_parts)
               AND (SELECT COUNT(*) FROM outbox) = (SELECT COUNT(*) FROM numbered_outbox)
               AND (SELECT COUNT(*) FROM awaited_media WHERE drop_id IN (SELECT id FROM drops))
                 = (SELECT COUNT(*) FROM numbered_awaited_media)
               AND (SELECT COUNT(*) FROM assets WHERE drop_id IN (SELECT id FROM drops))
                 = (SELECT COUNT(*) FROM numbered_assets)
               AND (SELECT COUNT(*) FROM companions WHERE drop_id IN (SELECT id FROM drops))
                 = (SELECT COUNT(*) FROM numbered_companions)
              THEN 1 END;

DROP TABLE carried_over;
DROP TABLE parts;
DROP TABLE outbox;
DROP TABLE awaited_media;
DROP TABLE assets;
DROP TABLE companions;
DROP TABLE drops;
DROP TABLE numbers;

ALTER TABLE numbered_parts RENAME TO parts;
ALTER TABLE numbered_outbox RENAME TO outbox;
ALTER TABLE numbered_awaited_media RENAME TO awaited_media;
ALTER TABLE numbered_assets RENAME TO assets;
ALTER TABLE numbered_companions RENAME TO companions;

CREATE INDEX outbox_due ON outbox (endpoint, due_at) WHERE delivered_at IS NULL AND dead_at IS NULL;
CREATE INDEX outbox_order ON outbox (subject, endpoint, number) WHERE delivered_at IS NULL AND dead_at IS NULL;
CREATE INDEX outbox_of_drop ON outbox (drop_id);
CREATE INDEX awaited_media_due ON awaited_media (due_at);
CREATE INDEX awaited_media_of_lane ON awaited_media (lane, connection, due_at);
CREATE INDEX companions_of_drop ON companions (drop_id);

-- All drops in one, for those who only read and are in no hurry.
CREATE VIEW drops AS
  SELECT w.id, w.lane, w.connection, w.source, w.path, w.size, w.modified, w.state, w.attempts, w.due_at,
         w.content_type, w.media_upload_id, w.plan, w.doubt_since, w.asked, w.resent,
         COALESCE(u.md5, w.md5) AS md5, u.checksum, COALESCE(u.adopted, 0) AS adopted,
         COALESCE(u.tainted, 0) AS tainted, COALESCE(u.has_error, 0) AS has_error, u.media_id, u.answer,
         u.archive_path, u.duplicate_of, w.reason, w.request_id, w.claimed_at, u.uploaded_at,
         COALESCE(u.failed_at, w.failed_at) AS failed_at, COALESCE(u.failed_path, w.failed_path) AS failed_path,
         u.given_up_at, u.removed_at, w.sidecar
    FROM work w LEFT JOIN uploads u ON u.id = w.id
  UNION ALL
  SELECT u.id, u.lane, u.connection, u.source, u.path, u.size, u.modified,
         CASE WHEN u.duplicate_of IS NULL THEN 'FILED' ELSE 'DUPLICATE' END, u.attempts, NULL,
         u.content_type, u.media_upload_id, u.plan, NULL, 0, u.resent,
         u.md5, u.checksum, u.adopted,
         u.tainted, u.has_error, u.media_id, u.answer,
         u.archive_path, u.duplicate_of, NULL, NULL, u.claimed_at, u.uploaded_at,
         u.failed_at, u.failed_path,
         u.given_up_at, u.removed_at, u.sidecar
    FROM uploads u WHERE NOT EXISTS (SELECT 1 FROM work w WHERE w.id = u.id)
  UNION ALL
  SELECT e.id, e.lane, e.connection, e.source, e.path, e.size, e.modified, e.state, e.attempts, NULL,
         e.content_type, e.media_upload_id, NULL, e.doubt_since, 0, 0,
         NULL, NULL, 0,
         0, 0, NULL, NULL,
         NULL, NULL, e.reason, e.request_id, e.claimed_at, NULL,
         e.failed_at, e.failed_path,
         NULL, NULL, e.sidecar
    FROM ended e;
