-- Appointments that the provider's side moves, and customers that it reminds by hand.

-- The start before, of a line that tells of a move.
ALTER TABLE status_changes ADD COLUMN previous_start_s INTEGER;
DROP TRIGGER status_changes_append_only;
-- As before. What erasing an account takes out of a line may go.
CREATE TRIGGER status_changes_append_only BEFORE UPDATE ON status_changes
WHEN OLD.appointment_id <> NEW.appointment_id OR OLD.position <> NEW.position
  OR OLD.from_status IS NOT NEW.from_status OR OLD.to_status <> NEW.to_status
  OR OLD.when_s <> NEW.when_s OR OLD.actor <> NEW.actor OR OLD.key_id IS NOT NEW.key_id
  OR OLD.other_id IS NOT NEW.other_id OR OLD.previous_start_s IS NOT NEW.previous_start_s
  OR (NEW.reason NOT IN (OLD.reason, '')
      AND NOT EXISTS (SELECT 1 FROM plain_texts WHERE place = 'status_changes.reason'))
  OR (NEW.account_id IS NOT NULL AND NEW.account_id IS NOT OLD.account_id)
BEGIN
  SELECT RAISE(ABORT, 'the status history is never changed');
END;

ALTER TABLE appointments ADD COLUMN reminded_s INTEGER;         -- Last by hand. NULL: never.

-- Whether a move is only proposed to the customer.
ALTER TABLE providers ADD COLUMN asks_before_moving INTEGER NOT NULL DEFAULT 0
  CHECK (asks_before_moving IN (0, 1));
