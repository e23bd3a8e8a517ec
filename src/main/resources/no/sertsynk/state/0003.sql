-- Accepted verdicts that later runs may rely on, and what they depend on. Lists have U+001F between their parts.
CREATE TABLE kept_basis (
  id TEXT PRIMARY KEY, rules TEXT NOT NULL, trust TEXT NOT NULL, issuers TEXT NOT NULL, addresses TEXT NOT NULL,
  lists TEXT NOT NULL);
CREATE TABLE kept_verdict (
  sha256 TEXT PRIMARY KEY, basis TEXT NOT NULL, checked_at BIGINT NOT NULL, purposes TEXT NOT NULL, organization TEXT,
  common_name TEXT NOT NULL, units TEXT NOT NULL, warnings TEXT NOT NULL);
