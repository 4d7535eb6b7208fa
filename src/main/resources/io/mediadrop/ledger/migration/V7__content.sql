-- Many photos may have one size, so that a content is found by its md5 as well.
DROP INDEX drops_by_content;
CREATE INDEX drops_by_content ON drops (connection, size, md5);
