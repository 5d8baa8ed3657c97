-- The token by which a provider looks at its page as others will, also before it is published. One for
-- each: a new one ends the former. Only its hash is kept.
CREATE TABLE page_previews (
  provider_id BIGINT PRIMARY KEY REFERENCES profiles (provider_id),
  token_hash BYTEA NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  expires_s BIGINT NOT NULL
);
