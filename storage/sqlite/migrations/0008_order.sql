-- Ids and orders that no clock and no restart can spoil.

-- One row. The ids above `ids_up_to` were never given to anything, not even to what is gone by now.
-- `written_s` is when a core last said so, by its clock.
CREATE TABLE watermarks (
  one       INTEGER PRIMARY KEY CHECK (one = 1),
  ids_up_to INTEGER NOT NULL CHECK (ids_up_to >= 0),
  written_s INTEGER NOT NULL
) STRICT;
CREATE TRIGGER watermarks_rise BEFORE UPDATE ON watermarks
WHEN NEW.ids_up_to < OLD.ids_up_to
BEGIN
  SELECT RAISE(ABORT, 'ids are never given again');
END;
CREATE TRIGGER watermarks_kept BEFORE DELETE ON watermarks
BEGIN
  SELECT RAISE(ABORT, 'ids are never given again');
END;
INSERT INTO watermarks (one, ids_up_to, written_s)
SELECT 1, coalesce(max(id), 0), coalesce(max(written_s), 0) FROM (
  SELECT max(id) AS id, max(created_s) AS written_s FROM accounts
  UNION ALL SELECT max(id), max(created_s) FROM providers
  UNION ALL SELECT max(id), max(created_s) FROM invitations
  UNION ALL SELECT max(id), NULL FROM services
  UNION ALL SELECT max(id), NULL FROM closures
  UNION ALL SELECT max(id), NULL FROM openings
  UNION ALL SELECT max(id), max(created_s) FROM appointments
  UNION ALL SELECT max(id), max(created_s) FROM payments
  UNION ALL SELECT max(id), max(updated_s) FROM tickets
  UNION ALL SELECT max(id), NULL FROM notifications
  UNION ALL SELECT max(id), max(created_s) FROM api_keys
  UNION ALL SELECT max(id), max(created_s) FROM documents
  UNION ALL SELECT max(id), max(created_s) FROM consent_documents
  UNION ALL SELECT max(id), max(when_s) FROM consent_records
  UNION ALL SELECT NULL, max(when_s) FROM status_changes
  UNION ALL SELECT max(last_message_s) * 1073741824, max(last_message_s) FROM threads
  UNION ALL SELECT NULL, max(created_s) FROM requests) AS marks;

-- REPLACE deletes without a word.
CREATE TRIGGER watermarks_once BEFORE INSERT ON watermarks
BEGIN
  SELECT RAISE(ABORT, 'ids are never given again');
END;

-- The lines of a recipient have numbers of their own, which rise, and are told in their order; a
-- reminder has its time instead. When a line was written decides nothing any more.
CREATE TABLE ordered_notifications (
  id             INTEGER PRIMARY KEY,
  recipient_id   INTEGER NOT NULL REFERENCES accounts (id),
  number         INTEGER CHECK (number > 0),                    -- NULL: a reminder.
  kind           TEXT NOT NULL,
  due_s          INTEGER NOT NULL,                              -- Of another kind: when it happened.
  appointment_id INTEGER REFERENCES appointments (id),
  provider_id    INTEGER REFERENCES providers (id),
  customer_id    INTEGER REFERENCES accounts (id),
  ticket_id      INTEGER REFERENCES tickets (id),
  message_number INTEGER,                                       -- Of a thread or of the ticket.
  status         TEXT NOT NULL,
  start_s        INTEGER NOT NULL,
  reason         TEXT NOT NULL,
  actor          TEXT NOT NULL,
  parked         INTEGER NOT NULL CHECK (parked IN (0, 1)),     -- 1: the recipient cannot be reached.
  CHECK ((kind = 'REMINDER') = (number IS NULL))
) STRICT;
INSERT INTO ordered_notifications
SELECT id, recipient_id,
  CASE WHEN kind = 'REMINDER' THEN NULL
       ELSE row_number() OVER (PARTITION BY recipient_id, kind = 'REMINDER' ORDER BY due_s, id) END,
  kind, due_s, appointment_id, provider_id, customer_id, ticket_id, message_number, status, start_s,
  reason, actor, parked
FROM notifications;
DROP TABLE notifications;
ALTER TABLE ordered_notifications RENAME TO notifications;

CREATE UNIQUE INDEX notifications_in_order ON notifications (recipient_id, number)
  WHERE number IS NOT NULL;
-- What may go out: the others by age, reminders by their time.
CREATE INDEX notifications_waiting ON notifications (id) WHERE parked = 0 AND number IS NOT NULL;
CREATE INDEX notifications_by_due ON notifications (due_s) WHERE parked = 0 AND number IS NULL;
CREATE INDEX notifications_by_recipient ON notifications (recipient_id);
CREATE INDEX notifications_by_customer ON notifications (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX notifications_by_provider ON notifications (provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX notifications_by_ticket ON notifications (ticket_id) WHERE ticket_id IS NOT NULL;
CREATE INDEX notifications_reminders ON notifications (appointment_id) WHERE kind = 'REMINDER';
CREATE INDEX notifications_reminders_by_start ON notifications (start_s) WHERE kind = 'REMINDER';
-- Texts that go with the account of who wrote them, or of whom they are about.
CREATE INDEX notifications_reasons ON notifications (appointment_id) WHERE reason <> '';

-- Lists in the order of what happened, not of what a clock said: by ids, which rise with both.
ALTER TABLE threads ADD COLUMN activity_id INTEGER NOT NULL DEFAULT 0;  -- One more with each message.
UPDATE threads SET activity_id = last_message_s * 1073741824 + last_number;
DROP INDEX threads_by_provider;
DROP INDEX threads_by_customer;
CREATE INDEX threads_by_provider ON threads (provider_id, activity_id, customer_id);
CREATE INDEX threads_by_customer ON threads (customer_id, activity_id, provider_id);
DROP INDEX appointments_pending_by_provider;
DROP INDEX appointments_pending_by_customer;
DROP INDEX appointments_pending_by_specialist;
CREATE INDEX appointments_pending_by_provider ON appointments (provider_id, id)
  WHERE status = 'PENDING';
CREATE INDEX appointments_pending_by_customer ON appointments (customer_id, id)
  WHERE status = 'PENDING';
CREATE INDEX appointments_pending_by_specialist ON appointments (specialist_id, id)
  WHERE status = 'PENDING' AND specialist_id <> provider_id;
