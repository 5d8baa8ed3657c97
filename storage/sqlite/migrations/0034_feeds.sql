-- Calendar feeds: the address at which an account's calendar program reads its appointments.
CREATE TABLE feeds (
  account_id   INTEGER NOT NULL REFERENCES accounts (id),
  role         TEXT NOT NULL CHECK (role IN ('CUSTOMER', 'PROVIDER')),
  token_hash   BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  sealed_token TEXT NOT NULL CHECK (sealed_token <> ''),        -- Shown to the account again.
  created_s    INTEGER NOT NULL,
  PRIMARY KEY (account_id, role)
) STRICT, WITHOUT ROWID;
