-- What people wrote is sealed where it is kept. SQL has no key, so the rows of before are sealed by
-- the core as it starts (storage/sealing.h): this says in which columns there are such rows, and up
-- to which key they are done. Empty from then on.
CREATE TABLE plain_texts (
  place  TEXT PRIMARY KEY,                                      -- "closures.label".
  cursor TEXT NOT NULL DEFAULT ''                               -- The last key; '': none yet.
) STRICT, WITHOUT ROWID;
INSERT INTO plain_texts (place)
  SELECT 'accounts.display_name' WHERE EXISTS (SELECT 1 FROM accounts)
  UNION ALL SELECT 'appointments.place' WHERE EXISTS (SELECT 1 FROM appointments)
  UNION ALL SELECT 'closures.label' WHERE EXISTS (SELECT 1 FROM closures)
  UNION ALL SELECT 'consent_versions.file_name' WHERE EXISTS (SELECT 1 FROM consent_versions)
  UNION ALL SELECT 'invitations.label' WHERE EXISTS (SELECT 1 FROM invitations)
  UNION ALL SELECT 'invitations.sealed_code' WHERE EXISTS (SELECT 1 FROM invitations)
  UNION ALL SELECT 'notifications.reason' WHERE EXISTS (SELECT 1 FROM notifications)
  UNION ALL SELECT 'payments.note' WHERE EXISTS (SELECT 1 FROM payments)
  UNION ALL SELECT 'services.payment_link' WHERE EXISTS (SELECT 1 FROM services)
  UNION ALL SELECT 'services.place' WHERE EXISTS (SELECT 1 FROM services)
  UNION ALL SELECT 'sessions.data' WHERE EXISTS (SELECT 1 FROM sessions)
  UNION ALL SELECT 'special_dates.label' WHERE EXISTS (SELECT 1 FROM special_dates)
  UNION ALL SELECT 'status_changes.reason' WHERE EXISTS (SELECT 1 FROM status_changes);
-- And the file is to be written anew, once they are.
INSERT INTO plain_texts (place) SELECT 'file' WHERE EXISTS (SELECT 1 FROM plain_texts);

-- A code is looked for by its hash, which is of the same length, and read from its seal.
ALTER TABLE invitations RENAME COLUMN code TO code_hash;
ALTER TABLE invitations ADD COLUMN sealed_code TEXT NOT NULL DEFAULT '';
UPDATE invitations SET sealed_code = code_hash;

-- As before, but what is still plain may be sealed.
DROP TRIGGER status_changes_append_only;
CREATE TRIGGER status_changes_append_only BEFORE UPDATE ON status_changes
WHEN OLD.appointment_id <> NEW.appointment_id OR OLD.position <> NEW.position
  OR OLD.from_status IS NOT NEW.from_status OR OLD.to_status <> NEW.to_status
  OR OLD.when_s <> NEW.when_s OR OLD.actor <> NEW.actor OR OLD.key_id IS NOT NEW.key_id
  OR OLD.other_id IS NOT NEW.other_id
  OR (NEW.reason NOT IN (OLD.reason, '')
      AND NOT EXISTS (SELECT 1 FROM plain_texts WHERE place = 'status_changes.reason'))
  OR (NEW.account_id IS NOT NULL AND NEW.account_id IS NOT OLD.account_id)
BEGIN
  SELECT RAISE(ABORT, 'the status history is never changed');
END;
DROP TRIGGER payments_append_only;
CREATE TRIGGER payments_append_only BEFORE UPDATE ON payments
WHEN OLD.provider_id <> NEW.provider_id OR OLD.appointment_id <> NEW.appointment_id
  OR OLD.id <> NEW.id OR OLD.kind <> NEW.kind OR OLD.amount_minor <> NEW.amount_minor
  OR OLD.currency <> NEW.currency OR OLD.received_s <> NEW.received_s
  OR OLD.created_s <> NEW.created_s
  OR (NEW.note NOT IN (OLD.note, '')
      AND NOT EXISTS (SELECT 1 FROM plain_texts WHERE place = 'payments.note'))
  OR (NEW.account_id IS NOT NULL AND NEW.account_id IS NOT OLD.account_id)
BEGIN
  SELECT RAISE(ABORT, 'payments are never changed');
END;
DROP TRIGGER consent_versions_fixed;
CREATE TRIGGER consent_versions_fixed BEFORE UPDATE ON consent_versions
WHEN (NEW.blob_id IS NOT NULL
      AND (NEW.blob_id IS NOT OLD.blob_id
           OR NOT EXISTS (SELECT 1 FROM plain_texts WHERE place = 'consent_versions.file_name')))
  OR OLD.provider_id <> NEW.provider_id OR OLD.document_id <> NEW.document_id
  OR OLD.number <> NEW.number OR OLD.sha256 <> NEW.sha256 OR OLD.content_type <> NEW.content_type
  OR OLD.size_bytes <> NEW.size_bytes OR OLD.created_s <> NEW.created_s
BEGIN
  SELECT RAISE(ABORT, 'a published version is never changed');
END;
