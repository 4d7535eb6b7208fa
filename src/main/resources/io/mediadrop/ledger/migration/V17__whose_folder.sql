-- The connection that what lies in a lane's folder is meant for: a salted fingerprint; null in rows
-- from before it was kept.
ALTER TABLE lane_folders ADD COLUMN connection VARCHAR(64);

-- What lay in a lane's folder when the lane got another connection.
CREATE TABLE held_files (
  folder     TEXT        NOT NULL,  -- the lane's
  path       TEXT        NOT NULL,  -- below it; also of a folder that could not be looked through
  stamp      TEXT        NOT NULL,  -- by which a file is known that is renamed; empty for folders
  connection VARCHAR(64) NOT NULL,  -- the one that it was put there for
  PRIMARY KEY (folder, path)
);
