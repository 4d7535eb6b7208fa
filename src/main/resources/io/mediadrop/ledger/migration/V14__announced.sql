-- When subscribers were told of a drop whose file could not be put away; null where they are told once it is.
ALTER TABLE drops ADD COLUMN announced_at BIGINT;
