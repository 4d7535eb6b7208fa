-- The folders that lanes have watched, so that no lane around one takes over what was another's.
CREATE TABLE lane_folders (
  folder TEXT        PRIMARY KEY,  -- real path
  lane   VARCHAR(63) NOT NULL
);

-- When a drop was given up, milliseconds since the epoch.
ALTER TABLE drops ADD COLUMN failed_at BIGINT;
