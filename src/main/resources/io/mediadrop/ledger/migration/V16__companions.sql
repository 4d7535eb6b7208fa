-- The companions of media files, and where they were put with these.
CREATE TABLE companions (
  drop_id  VARCHAR(36) NOT NULL REFERENCES drops (id) ON DELETE CASCADE,
  name     TEXT        NOT NULL,  -- what it was called beside its media file
  size     BIGINT      NOT NULL,  -- in bytes
  modified BIGINT      NOT NULL,  -- nanoseconds since the epoch
  failed   INTEGER     NOT NULL,  -- whether its place is among the refused files
  place    TEXT        NOT NULL,  -- below the archive, or below them; promised before it is moved
  PRIMARY KEY (failed, place)
);

CREATE INDEX companions_of_drop ON companions (drop_id);
