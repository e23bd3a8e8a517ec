-- When an announced certificate becomes the current one.
ALTER TABLE decision ADD COLUMN takes_over BIGINT;
