-- Drops have numbers for ids, in the order in which they were claimed.
CREATE TABLE numbers (
  n   INTEGER     PRIMARY KEY,
  old VARCHAR(36) NOT NULL UNIQUE
);
INSERT INTO numbers (n, old)
  SELECT ROW_NUMBER() OVER (ORDER BY claimed_at, id), id FROM drops;

CREATE TABLE numbered_drops (
  id              INTEGER      PRIMARY KEY,
  lane            VARCHAR(63)  NOT NULL,
  connection      VARCHAR(64)  NOT NULL,
  source          TEXT         NOT NULL,
  path            TEXT         NOT NULL,
  size            BIGINT       NOT NULL,
  modified        BIGINT       NOT NULL,
  file_key        TEXT         NOT NULL,
  state           VARCHAR(16)  NOT NULL,
  owner           VARCHAR(80),
  lease_until     BIGINT,
  attempts        INTEGER      NOT NULL DEFAULT 0,
  due_at          BIGINT,
  waited          BIGINT       NOT NULL DEFAULT 0,
  content_type    VARCHAR(127),
  media_upload_id TEXT,
  plan            TEXT,
  expires_at      BIGINT,
  doubt_since     BIGINT,
  asked           INTEGER      NOT NULL DEFAULT 0,
  resent          INTEGER      NOT NULL DEFAULT 0,
  md5             VARCHAR(32),
  checksum        VARCHAR(80),
  adopted         INTEGER      NOT NULL DEFAULT 0,
  tainted         INTEGER      NOT NULL DEFAULT 0,
  has_error       INTEGER      NOT NULL DEFAULT 0,
  media_id        VARCHAR(64),
  answer          TEXT,
  archive_path    TEXT         UNIQUE,
  duplicate_of    INTEGER,
  reason          TEXT,
  request_id      VARCHAR(255),
  claimed_at      BIGINT       NOT NULL,
  uploaded_at     BIGINT,
  filed_at        BIGINT,
  failed_at       BIGINT,
  origin          TEXT,
  put_away_at     BIGINT,
  failed_path     TEXT,
  given_up_at     BIGINT,
  removed_at      BIGINT,
  sidecar         TEXT,
  announced_at    BIGINT
);
INSERT INTO numbered_drops
  SELECT n.n, lane, connection, source, path, size, modified, file_key, state, owner, lease_until, attempts, due_at,
         waited, content_type, media_upload_id, plan, expires_at, doubt_since, asked, resent, md5, checksum, adopted,
         tainted, has_error, media_id, answer, archive_path, f.n, reason, request_id, claimed_at, uploaded_at,
         filed_at, failed_at, origin, put_away_at, failed_path, given_up_at, removed_at, sidecar, announced_at
    FROM drops d JOIN numbers n ON n.old = d.id LEFT JOIN numbers f ON f.old = d.duplicate_of;

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
  due_at     BIGINT      NOT NULL,
  asked      INTEGER     NOT NULL DEFAULT 0,
  waited     BIGINT      NOT NULL DEFAULT 0
);
INSERT INTO numbered_awaited_media
  SELECT n.n, lane, connection, due_at, asked, waited FROM awaited_media a JOIN numbers n ON n.old = a.drop_id;

CREATE TABLE numbered_assets (
  drop_id     INTEGER     NOT NULL,
  item        VARCHAR(63) NOT NULL,
  place       TEXT        UNIQUE,
  size        BIGINT,
  archived_at BIGINT,
  refused     TEXT,
  refused_url VARCHAR(64),
  PRIMARY KEY (drop_id, item)
);
INSERT INTO numbered_assets
  SELECT n.n, item, place, size, archived_at, refused, refused_url FROM assets a JOIN numbers n ON n.old = a.drop_id;

CREATE TABLE numbered_companions (
  drop_id  INTEGER NOT NULL,
  name     TEXT    NOT NULL,
  size     BIGINT  NOT NULL,
  modified BIGINT  NOT NULL,
  failed   INTEGER NOT NULL,
  place    TEXT    NOT NULL,
  PRIMARY KEY (failed, place)
);
INSERT INTO numbered_companions
  SELECT n.n, name, size, modified, failed, place FROM companions c JOIN numbers n ON n.old = c.drop_id;

DROP TABLE parts;
DROP TABLE outbox;
DROP TABLE awaited_media;
DROP TABLE assets;
DROP TABLE companions;
DROP TABLE drops;
DROP TABLE numbers;

ALTER TABLE numbered_drops RENAME TO drops;
ALTER TABLE numbered_parts RENAME TO parts;
ALTER TABLE numbered_outbox RENAME TO outbox;
ALTER TABLE numbered_awaited_media RENAME TO awaited_media;
ALTER TABLE numbered_assets RENAME TO assets;
ALTER TABLE numbered_companions RENAME TO companions;

CREATE UNIQUE INDEX drops_under_way ON drops (lane, path)
  WHERE state NOT IN ('FILED', 'DUPLICATE', 'FAILED_MOVED', 'GONE');
CREATE INDEX drops_by_content ON drops (connection, size, md5);
CREATE INDEX drops_left_on_server ON drops (lane, origin) WHERE origin IS NOT NULL AND put_away_at IS NULL;
CREATE INDEX drops_in_archive ON drops (uploaded_at) WHERE state IN ('FILED', 'DUPLICATE') AND removed_at IS NULL;
CREATE INDEX drops_in_failed ON drops (COALESCE(failed_at, uploaded_at))
  WHERE failed_path IS NOT NULL AND state IN ('FAILED_MOVED', 'FILED');
CREATE INDEX drops_by_failed_path ON drops (failed_path) WHERE failed_path IS NOT NULL;
CREATE INDEX drops_without_file ON drops (claimed_at) WHERE state IN ('GONE', 'FAILED_MOVED');
CREATE INDEX drops_in_given_session ON drops (media_upload_id) WHERE sidecar IS NOT NULL;
CREATE INDEX drops_in_doubt ON drops (lane, file_key) WHERE state IN ('SENDING', 'COMPLETING');
CREATE INDEX drops_by_failure ON drops (failed_at) WHERE failed_at IS NOT NULL;
CREATE INDEX outbox_due ON outbox (endpoint, due_at) WHERE delivered_at IS NULL AND dead_at IS NULL;
CREATE INDEX outbox_order ON outbox (subject, endpoint, number) WHERE delivered_at IS NULL AND dead_at IS NULL;
CREATE INDEX outbox_of_drop ON outbox (drop_id);
CREATE INDEX awaited_media_due ON awaited_media (due_at);
CREATE INDEX awaited_media_of_lane ON awaited_media (lane, connection, due_at);
CREATE INDEX companions_of_drop ON companions (drop_id);
