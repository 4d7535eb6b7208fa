-- What a sidecar beside the file said when the file was claimed, as JSON; null where there was none.
ALTER TABLE drops ADD COLUMN sidecar TEXT;

-- Which upload sessions of others were used already.
CREATE INDEX drops_in_given_session ON drops (media_upload_id) WHERE sidecar IS NOT NULL;
