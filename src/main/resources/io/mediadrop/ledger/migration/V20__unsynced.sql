-- Filed drops whose receipt and items were written, and may not be on the disk yet.
CREATE TABLE unsynced (
  id         INTEGER PRIMARY KEY,  -- the drop's
  mounting   BIGINT  NOT NULL,     -- through which mounting of which disk they were written
  written_at BIGINT  NOT NULL
);
