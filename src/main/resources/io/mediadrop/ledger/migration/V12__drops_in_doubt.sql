-- A file that is claimed may be one that was renamed while it was being sent. However many are under
-- way in its lane, few of them are in doubt.
CREATE INDEX drops_in_doubt ON drops (lane, file_key) WHERE state IN ('SENDING', 'COMPLETING');
