-- A keystore may be held after a rollback; stamp and settings tell an unchanged one without reading it.
ALTER TABLE keystore ADD COLUMN hold_since BIGINT;
ALTER TABLE keystore ADD COLUMN hold_by TEXT;
ALTER TABLE keystore ADD COLUMN hold_generation INTEGER;
ALTER TABLE keystore ADD COLUMN stamp TEXT;
ALTER TABLE keystore ADD COLUMN settings TEXT;
ALTER TABLE keystore ADD COLUMN problem_since BIGINT;
-- An entry is ours since a generation; one that was is kept with the last generation that had it.
ALTER TABLE entry ADD COLUMN since_generation INTEGER NOT NULL DEFAULT 0;
CREATE TABLE past_entry (
  keystore TEXT NOT NULL, alias TEXT NOT NULL, sha256 TEXT NOT NULL, her_id INTEGER NOT NULL, purpose TEXT NOT NULL,
  role TEXT NOT NULL, installed_at BIGINT NOT NULL, since_generation INTEGER NOT NULL, last_generation INTEGER NOT NULL);
CREATE INDEX past_entry_generation ON past_entry (keystore, last_generation);
-- What a run is about to do to a keystore; gone once its file is on disk.
CREATE TABLE claim (
  keystore TEXT PRIMARY KEY, run_id TEXT NOT NULL, at BIGINT NOT NULL, generation INTEGER NOT NULL,
  hold_since BIGINT, hold_by TEXT, hold_generation INTEGER);
CREATE TABLE claim_entry (
  keystore TEXT NOT NULL, alias TEXT NOT NULL, sha256 TEXT NOT NULL, her_id INTEGER NOT NULL, purpose TEXT NOT NULL,
  role TEXT NOT NULL, installed_at BIGINT NOT NULL, leaves INTEGER NOT NULL);
CREATE INDEX claim_entry_keystore ON claim_entry (keystore);
-- What happened, by whom and why; lines of a claim are not settled.
CREATE TABLE history (
  id INTEGER PRIMARY KEY, at BIGINT NOT NULL, run_id TEXT NOT NULL, actor TEXT NOT NULL, keystore TEXT NOT NULL,
  generation INTEGER NOT NULL, action TEXT NOT NULL, alias TEXT, her_id INTEGER, purpose TEXT, sha256 TEXT, subject TEXT,
  reason TEXT NOT NULL, output TEXT NOT NULL DEFAULT '', settled INTEGER NOT NULL DEFAULT 1);
INSERT INTO history (id, at, run_id, actor, keystore, generation, action, alias, her_id, purpose, sha256, subject, reason)
  SELECT id, at, run_id, '', keystore, 0, action, alias, her_id, purpose, sha256, subject, reason FROM change;
DROP TABLE change;
CREATE INDEX history_party ON history (her_id, id);
CREATE INDEX history_keystore ON history (keystore, generation);
-- The certificate that a problem is about.
ALTER TABLE problem ADD COLUMN purpose TEXT;
ALTER TABLE problem ADD COLUMN sha256 TEXT;
-- Each verdict on a certificate that differs from the one before.
ALTER TABLE certificate ADD COLUMN codes TEXT NOT NULL DEFAULT '';
CREATE TABLE verdict (
  id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, at BIGINT NOT NULL, run_id TEXT NOT NULL, verdict TEXT NOT NULL,
  codes TEXT NOT NULL, reasons TEXT NOT NULL, evidence TEXT NOT NULL);
CREATE INDEX verdict_certificate ON verdict (sha256, id);
-- Certificates that an administrator handed over.
CREATE TABLE by_hand (her_id INTEGER NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (her_id, sha256));
-- The generation that each hook was last told of, and how telling it of the present one fares.
CREATE TABLE hook (
  keystore TEXT NOT NULL, hook TEXT NOT NULL, label TEXT NOT NULL, announced INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0, next_at BIGINT, since BIGINT, failure TEXT, PRIMARY KEY (keystore, hook));
