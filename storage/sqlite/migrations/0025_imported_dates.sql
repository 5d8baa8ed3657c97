-- Holidays that came from a file of public holidays, which the next import may change. What somebody
-- entered or edited is theirs.
ALTER TABLE special_dates ADD COLUMN imported INTEGER NOT NULL DEFAULT 0
  CHECK (imported IN (0, 1));
