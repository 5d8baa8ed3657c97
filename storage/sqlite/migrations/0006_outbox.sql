-- An outbox in which the lines of people who cannot be reached are out of the way, and lists by
-- person for exports, erasure and the limit of requests.

-- 1: the recipient has no identity that can be reached, so there is nothing to look at.
ALTER TABLE notifications ADD COLUMN parked INTEGER NOT NULL DEFAULT 0 CHECK (parked IN (0, 1));
UPDATE notifications SET parked = 1 WHERE NOT EXISTS (
  SELECT 1 FROM identities AS i WHERE i.account_id = notifications.recipient_id AND i.reachable = 1);
DROP INDEX notifications_by_due;
CREATE INDEX notifications_by_due ON notifications (due_s) WHERE parked = 0;
CREATE INDEX notifications_reminders_by_start ON notifications (start_s) WHERE kind = 'REMINDER';
-- What came last to a recipient: the next one goes behind it.
CREATE INDEX notifications_in_order ON notifications (recipient_id, due_s) WHERE kind <> 'REMINDER';
-- Texts that go with the account of who wrote them, or of whom they are about.
CREATE INDEX notifications_reasons ON notifications (appointment_id) WHERE reason <> '';

CREATE INDEX appointments_by_customer_made ON appointments (customer_id, created_s);
-- Anew, because of two that serve alike SQLite takes the latest: this one stays small.
DROP INDEX appointments_pending_by_customer;
CREATE INDEX appointments_pending_by_customer ON appointments (customer_id, created_s)
  WHERE status = 'PENDING';

-- By the customer first: a provider's records of one customer are found there, too.
DROP INDEX consent_records_of_customer;
CREATE INDEX consent_records_of_customer ON consent_records (customer_id, provider_id, id);

CREATE INDEX documents_deleted ON documents (provider_id, customer_id, id)
  WHERE deleted_s IS NOT NULL;
CREATE INDEX documents_deleted_by_customer ON documents (customer_id, provider_id, id)
  WHERE deleted_s IS NOT NULL;
