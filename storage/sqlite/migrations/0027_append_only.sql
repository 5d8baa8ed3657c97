-- Whose words a first answer may hold, beside those of who asked: it is erased with each of them, and
-- the mark stays that what was asked is done. Answers of before go by themselves within a week.
CREATE TABLE request_people (
  number     INTEGER NOT NULL REFERENCES requests (number) ON DELETE CASCADE,
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  PRIMARY KEY (number, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX request_people_by_account ON request_people (account_id);
