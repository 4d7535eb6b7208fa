-- What failed in the last day; few drops ever do.
CREATE INDEX drops_by_failure ON drops (failed_at) WHERE failed_at IS NOT NULL;
