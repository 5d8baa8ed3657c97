-- Who of the team answered, as the team's channel shows them; NULL: nobody said, or a customer wrote.
ALTER TABLE ticket_messages ADD COLUMN answered_by BLOB         -- Sealed.
  CHECK (answered_by IS NULL OR author = 'TEAM');
DROP TRIGGER ticket_messages_append_only;
CREATE TRIGGER ticket_messages_append_only
BEFORE UPDATE OF ticket_id, number, author, sender_id, created_s, answered_by ON ticket_messages
BEGIN
  SELECT RAISE(ABORT, 'messages are never changed');
END;

-- Of a request that another one of its customer took the place of: which; and of that one's first
-- line, which was replaced.
ALTER TABLE status_changes ADD COLUMN other_id INTEGER;
DROP TRIGGER status_changes_append_only;
CREATE TRIGGER status_changes_append_only BEFORE UPDATE ON status_changes
WHEN OLD.appointment_id <> NEW.appointment_id OR OLD.position <> NEW.position
  OR OLD.from_status IS NOT NEW.from_status OR OLD.to_status <> NEW.to_status
  OR OLD.when_s <> NEW.when_s OR OLD.actor <> NEW.actor OR OLD.key_id IS NOT NEW.key_id
  OR OLD.other_id IS NOT NEW.other_id OR NEW.reason NOT IN (OLD.reason, '')
  OR (NEW.account_id IS NOT NULL AND NEW.account_id IS NOT OLD.account_id)
BEGIN
  SELECT RAISE(ABORT, 'the status history is never changed');
END;
