-- What prices are in, ISO 4217. Empty: the provider has not said.
ALTER TABLE providers ADD COLUMN currency TEXT NOT NULL DEFAULT ''
  CHECK (currency = '' OR (length(currency) = 3 AND currency NOT GLOB '*[^A-Z]*'));

-- Tools that act for nobody are themselves in the history, by their key, and not the provider. What
-- they did before stays as it was told then.
CREATE TABLE status_changes_with_tools (
  appointment_id INTEGER NOT NULL REFERENCES appointments (id),
  position       INTEGER NOT NULL,
  -- NULL: the request itself.
  from_status    TEXT CHECK (from_status = 'PENDING' OR from_status = 'ACCEPTED'
    OR from_status = 'REJECTED' OR from_status = 'COMPLETED' OR from_status = 'CANCELLED'
    OR from_status = 'MISSED'),
  to_status      TEXT NOT NULL CHECK (to_status = 'PENDING' OR to_status = 'ACCEPTED'
    OR to_status = 'REJECTED' OR to_status = 'COMPLETED' OR to_status = 'CANCELLED'
    OR to_status = 'MISSED'),
  when_s         INTEGER NOT NULL,
  actor          TEXT NOT NULL CHECK (actor = 'CUSTOMER' OR actor = 'PROVIDER' OR actor = 'SYSTEM'
    OR actor = 'TOOL'),
  account_id     INTEGER REFERENCES accounts (id),              -- NULL: the system or a tool.
  key_id         INTEGER REFERENCES api_keys (id),              -- Of the tool.
  reason         TEXT NOT NULL,
  PRIMARY KEY (appointment_id, position),
  CHECK ((actor = 'TOOL') = (key_id IS NOT NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO status_changes_with_tools
  SELECT appointment_id, position, from_status, to_status, when_s, actor, account_id, NULL, reason
  FROM status_changes;
DROP TABLE status_changes;
ALTER TABLE status_changes_with_tools RENAME TO status_changes;

-- As before: the history is append-only. What erasing an account takes out of a line may go.
CREATE TRIGGER status_changes_append_only BEFORE UPDATE ON status_changes
WHEN OLD.appointment_id <> NEW.appointment_id OR OLD.position <> NEW.position
  OR OLD.from_status IS NOT NEW.from_status OR OLD.to_status <> NEW.to_status
  OR OLD.when_s <> NEW.when_s OR OLD.actor <> NEW.actor OR OLD.key_id IS NOT NEW.key_id
  OR NEW.reason NOT IN (OLD.reason, '')
  OR (NEW.account_id IS NOT NULL AND NEW.account_id IS NOT OLD.account_id)
BEGIN
  SELECT RAISE(ABORT, 'the status history is never changed');
END;
CREATE TRIGGER status_changes_kept BEFORE DELETE ON status_changes
BEGIN
  SELECT RAISE(ABORT, 'the status history is never changed');
END;
