-- Calendar feeds: the address at which an account's calendar program reads its appointments.
CREATE TABLE feeds (
  account_id BIGINT NOT NULL REFERENCES accounts (id),
  role TEXT COLLATE "C" NOT NULL CHECK (role IN ('CUSTOMER', 'PROVIDER')),
  token_hash BYTEA NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  sealed_token TEXT COLLATE "C" NOT NULL CHECK (sealed_token <> ''),  -- Shown to the account again.
  created_s BIGINT NOT NULL,
  PRIMARY KEY (account_id, role)
);
