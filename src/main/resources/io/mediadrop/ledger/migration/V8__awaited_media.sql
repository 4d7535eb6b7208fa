-- Uploads whose media was not ready in the API's answer, until it is, has failed or is given up.
CREATE TABLE awaited_media (
  drop_id    VARCHAR(36) PRIMARY KEY REFERENCES drops (id) ON DELETE CASCADE,
  lane       VARCHAR(63) NOT NULL,
  connection VARCHAR(64) NOT NULL,            -- salted fingerprint
  due_at     BIGINT      NOT NULL,            -- when the API is asked next
  asked      INTEGER     NOT NULL DEFAULT 0,  -- how often it was
  waited     BIGINT      NOT NULL DEFAULT 0   -- milliseconds that count towards giving up
);

CREATE INDEX awaited_media_due ON awaited_media (due_at);
CREATE INDEX awaited_media_of_lane ON awaited_media (lane, connection, due_at);

-- When the API was asked for the media of an upload for the last time and had none that was ready.
ALTER TABLE drops ADD COLUMN given_up_at BIGINT;
