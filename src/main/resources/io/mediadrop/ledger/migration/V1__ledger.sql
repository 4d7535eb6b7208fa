-- One row for every drop: one file, at one place, with one content.
CREATE TABLE drops (
  id              VARCHAR(36)  PRIMARY KEY,
  lane            VARCHAR(63)  NOT NULL,
  connection      VARCHAR(64)  NOT NULL,  -- salted fingerprint
  source          TEXT         NOT NULL,  -- absolute path of the file
  path            TEXT         NOT NULL,  -- the same below the lane's folder
  size            BIGINT       NOT NULL,
  modified        BIGINT       NOT NULL,  -- nanoseconds since the epoch
  file_key        TEXT         NOT NULL,  -- a hint only: inodes are reused
  state           VARCHAR(16)  NOT NULL,
  owner           VARCHAR(80),
  lease_until     BIGINT,
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
  checksum        VARCHAR(80),            -- md5, or the md5 of the parts' md5s with their number
  adopted         INTEGER      NOT NULL DEFAULT 0,
  tainted         INTEGER      NOT NULL DEFAULT 0,  -- the file changed while it was sent
  has_error       INTEGER      NOT NULL DEFAULT 0,  -- the API could not process it
  media_id        VARCHAR(64),
  answer          TEXT,
  archive_path    TEXT         UNIQUE,    -- below the archive, reserved with UPLOADED
  duplicate_of    VARCHAR(36),            -- the drop that brought the same content
  reason          TEXT,
  request_id      VARCHAR(255),
  claimed_at      BIGINT       NOT NULL,
  uploaded_at     BIGINT,
  filed_at        BIGINT
);

-- A path has at most one drop that is still under way.
CREATE UNIQUE INDEX drops_under_way ON drops (lane, path)
  WHERE state NOT IN ('FILED', 'DUPLICATE', 'FAILED_MOVED', 'GONE');

CREATE INDEX drops_by_content ON drops (connection, size);

-- The parts that the API has acknowledged.
CREATE TABLE parts (
  drop_id  VARCHAR(36) NOT NULL REFERENCES drops (id) ON DELETE CASCADE,
  number   INTEGER     NOT NULL,
  md5      VARCHAR(32),
  etag     VARCHAR(255),
  PRIMARY KEY (drop_id, number)
);

-- What is still to be told, written in one transaction with UPLOADED.
CREATE TABLE outbox (
  id           VARCHAR(40) PRIMARY KEY,   -- the event id, the same on every attempt
  drop_id      VARCHAR(36) NOT NULL REFERENCES drops (id) ON DELETE CASCADE,
  endpoint     VARCHAR(63) NOT NULL,
  due_at       BIGINT,                    -- null until the original is filed
  attempts     INTEGER     NOT NULL DEFAULT 0,
  last_error   TEXT,
  delivered_at BIGINT
);

CREATE INDEX outbox_due ON outbox (endpoint, due_at) WHERE delivered_at IS NULL;

-- Single values, such as the salt of the fingerprints.
CREATE TABLE facts (
  name  VARCHAR(63) PRIMARY KEY,
  value TEXT        NOT NULL
);
