-- What the register answered of a party whose run ended well, and what its strings found: of use as long as it is unchanged.
CREATE TABLE answer (
  her_id INTEGER PRIMARY KEY, source TEXT NOT NULL, last_updated BIGINT NOT NULL, parent INTEGER, parent_updated BIGINT,
  valid_to BIGINT, organization_number TEXT, parent_number TEXT);
CREATE TABLE answer_certificate (
  her_id INTEGER NOT NULL, place INTEGER NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (her_id, place));
