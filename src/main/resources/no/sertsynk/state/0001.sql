-- Times are milliseconds since 1970-01-01T00:00:00Z.
CREATE TABLE run (
  run_id TEXT PRIMARY KEY, started_at BIGINT NOT NULL, finished_at BIGINT NOT NULL,
  recorded INTEGER NOT NULL, stopped_code TEXT, stopped_message TEXT, failing INTEGER NOT NULL);
CREATE TABLE party (
  her_id INTEGER PRIMARY KEY, name TEXT NOT NULL, organization_number TEXT, outcome TEXT,
  own_checked_at BIGINT, last_run TEXT);
CREATE TABLE ldap_string (her_id INTEGER NOT NULL, place INTEGER NOT NULL, string TEXT NOT NULL, PRIMARY KEY (her_id, place));
CREATE TABLE organization (her_id INTEGER NOT NULL, number TEXT NOT NULL, PRIMARY KEY (her_id, number));
CREATE TABLE own_certificate (her_id INTEGER NOT NULL, purpose TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (her_id, purpose));
CREATE TABLE dropped (her_id INTEGER NOT NULL, sha256 TEXT NOT NULL, since BIGINT NOT NULL, PRIMARY KEY (her_id, sha256));
CREATE TABLE certificate (
  sha256 TEXT PRIMARY KEY, der BLOB NOT NULL, serial TEXT NOT NULL, subject TEXT NOT NULL, issuer TEXT NOT NULL,
  not_before BIGINT NOT NULL, not_after BIGINT NOT NULL, first_seen BIGINT NOT NULL,
  verdict TEXT NOT NULL, verdict_at BIGINT NOT NULL, reasons TEXT NOT NULL, evidence TEXT NOT NULL);
CREATE TABLE decision (
  her_id INTEGER NOT NULL, purpose TEXT NOT NULL, sha256 TEXT NOT NULL, role TEXT NOT NULL, action TEXT NOT NULL,
  until BIGINT, reasons TEXT NOT NULL, PRIMARY KEY (her_id, purpose, sha256));
CREATE TABLE problem (
  her_id INTEGER NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL, warning INTEGER NOT NULL, since BIGINT NOT NULL);
CREATE INDEX problem_party ON problem (her_id);
CREATE TABLE keystore (
  name TEXT PRIMARY KEY, path TEXT NOT NULL, generation INTEGER NOT NULL, problem_code TEXT, problem_message TEXT);
CREATE TABLE entry (
  keystore TEXT NOT NULL, alias TEXT NOT NULL, sha256 TEXT NOT NULL, her_id INTEGER NOT NULL, purpose TEXT NOT NULL,
  role TEXT NOT NULL, installed_at BIGINT NOT NULL, PRIMARY KEY (keystore, alias));
CREATE TABLE change (
  id INTEGER PRIMARY KEY, at BIGINT NOT NULL, run_id TEXT NOT NULL, keystore TEXT NOT NULL, action TEXT NOT NULL,
  alias TEXT NOT NULL, her_id INTEGER NOT NULL, purpose TEXT NOT NULL, sha256 TEXT NOT NULL, subject TEXT NOT NULL,
  reason TEXT NOT NULL);
CREATE INDEX change_party ON change (her_id, id);
