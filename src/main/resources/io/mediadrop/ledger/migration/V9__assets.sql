-- What became of the files behind the items of an answer.
CREATE TABLE assets (
  drop_id     VARCHAR(36) NOT NULL REFERENCES drops (id) ON DELETE CASCADE,
  item        VARCHAR(63) NOT NULL,
  place       TEXT        UNIQUE,  -- below the archive, promised before the file is sent there
  size        BIGINT,              -- in bytes, of what was fetched whole
  archived_at BIGINT,              -- null while the archive endpoint does not have it
  refused     TEXT,                -- why it is not fetched; null if it is
  refused_url VARCHAR(64),         -- sha-256 of the address for which that holds
  PRIMARY KEY (drop_id, item)
);
