-- Where a file came from that a lane fetched from a server: the server, the path there, size and time.
ALTER TABLE drops ADD COLUMN origin TEXT;

-- When the file on the server was moved or deleted, or was found gone; null while it is still there.
ALTER TABLE drops ADD COLUMN put_away_at BIGINT;

CREATE INDEX drops_left_on_server ON drops (lane, origin)
  WHERE origin IS NOT NULL AND put_away_at IS NULL;
