-- When the files of an uploaded drop were removed because of their age; null while they are kept.
ALTER TABLE drops ADD COLUMN removed_at BIGINT;

CREATE INDEX drops_in_archive ON drops (uploaded_at)
  WHERE state IN ('FILED', 'DUPLICATE') AND removed_at IS NULL;
CREATE INDEX drops_in_failed ON drops (COALESCE(failed_at, uploaded_at))
  WHERE failed_path IS NOT NULL AND state IN ('FAILED_MOVED', 'FILED');
CREATE INDEX drops_by_failed_path ON drops (failed_path) WHERE failed_path IS NOT NULL;
CREATE INDEX drops_without_file ON drops (claimed_at) WHERE state IN ('GONE', 'FAILED_MOVED');
