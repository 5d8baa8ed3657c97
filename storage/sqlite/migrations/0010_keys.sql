-- What an API key may, until when, and when it was last used; and that an admin key always stays.

ALTER TABLE api_keys ADD COLUMN expires_s INTEGER CHECK (expires_s > created_s);
ALTER TABLE api_keys ADD COLUMN last_used_s INTEGER;
-- 0: the default.
ALTER TABLE api_keys ADD COLUMN calls_per_second_max INTEGER NOT NULL DEFAULT 0
  CHECK (calls_per_second_max >= 0);
ALTER TABLE api_keys ADD COLUMN streams_max INTEGER NOT NULL DEFAULT 0 CHECK (streams_max >= 0);
CREATE INDEX api_keys_by_revocation ON api_keys (revoked_s, id);

-- One that expires does not count: one day it would be the last.
CREATE TRIGGER api_keys_last_admin BEFORE UPDATE OF scopes, revoked_s, expires_s ON api_keys
WHEN OLD.revoked_s IS NULL AND OLD.expires_s IS NULL AND ' ' || OLD.scopes || ' ' LIKE '% admin %'
  AND (NEW.revoked_s IS NOT NULL OR NEW.expires_s IS NOT NULL
       OR ' ' || NEW.scopes || ' ' NOT LIKE '% admin %')
BEGIN
  SELECT RAISE(ABORT, 'the last admin key stays') WHERE NOT EXISTS (
    SELECT 1 FROM api_keys AS other
    WHERE other.id <> OLD.id AND other.revoked_s IS NULL AND other.expires_s IS NULL
      AND ' ' || other.scopes || ' ' LIKE '% admin %');
END;
