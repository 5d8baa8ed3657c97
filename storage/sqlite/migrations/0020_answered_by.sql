-- Who of the team answered, as the team's channel shows them; NULL: nobody said, or a customer wrote.
ALTER TABLE ticket_messages ADD COLUMN answered_by BLOB         -- Sealed.
  CHECK (answered_by IS NULL OR author = 'TEAM');
DROP TRIGGER ticket_messages_append_only;
CREATE TRIGGER ticket_messages_append_only
BEFORE UPDATE OF ticket_id, number, author, sender_id, created_s, answered_by ON ticket_messages
BEGIN
  SELECT RAISE(ABORT, 'messages are never changed');
END;
