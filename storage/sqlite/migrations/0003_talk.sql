-- Payments, chat, support, links that end, and accounts that are erased.

-- A link stays when it ends, for the provider's books, and comes back by an invitation.
ALTER TABLE links ADD COLUMN removed_s INTEGER;                 -- The customer took it off their list.
ALTER TABLE links ADD COLUMN blocked_s INTEGER;                 -- The provider blocked the customer.

-- An erased account keeps its row, without anything about the person: the books refer to it.
ALTER TABLE accounts ADD COLUMN erased_s INTEGER;
ALTER TABLE providers ADD COLUMN erased_s INTEGER;

CREATE TABLE payments (
  provider_id    INTEGER NOT NULL REFERENCES providers (id),
  appointment_id INTEGER NOT NULL REFERENCES appointments (id),
  id             INTEGER NOT NULL,
  kind           TEXT NOT NULL CHECK (kind IN ('PAYMENT', 'REFUND')),
  amount_minor   INTEGER NOT NULL CHECK (amount_minor BETWEEN 1 AND 1000000000000),
  currency       TEXT NOT NULL CHECK (length(currency) = 3),
  note           TEXT NOT NULL,
  received_s     INTEGER NOT NULL,
  created_s      INTEGER NOT NULL,
  account_id     INTEGER REFERENCES accounts (id),              -- Who recorded it; NULL: a tool.
  PRIMARY KEY (provider_id, appointment_id, id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER payments_fit BEFORE INSERT ON payments
BEGIN
  SELECT RAISE(ABORT, 'the payment is there already') WHERE EXISTS (
    SELECT 1 FROM payments WHERE provider_id = NEW.provider_id
      AND appointment_id = NEW.appointment_id AND id = NEW.id);
  SELECT RAISE(ABORT, 'no such appointment in this currency') WHERE NOT EXISTS (
    SELECT 1 FROM appointments WHERE id = NEW.appointment_id AND provider_id = NEW.provider_id
      AND price_currency IN ('', NEW.currency));
  SELECT RAISE(ABORT, 'an appointment is paid in one currency') WHERE EXISTS (
    SELECT 1 FROM payments WHERE provider_id = NEW.provider_id
      AND appointment_id = NEW.appointment_id AND currency <> NEW.currency);
  SELECT RAISE(ABORT, 'more is refunded than was paid')
  WHERE NEW.kind = 'REFUND' AND NEW.amount_minor > (
    SELECT coalesce(sum(CASE kind WHEN 'PAYMENT' THEN amount_minor ELSE -amount_minor END), 0)
    FROM payments WHERE provider_id = NEW.provider_id AND appointment_id = NEW.appointment_id);
END;

-- The books are append-only. Erasing an account takes out who recorded a line, and its note.
CREATE TRIGGER payments_append_only BEFORE UPDATE ON payments
WHEN OLD.provider_id <> NEW.provider_id OR OLD.appointment_id <> NEW.appointment_id
  OR OLD.id <> NEW.id OR OLD.kind <> NEW.kind OR OLD.amount_minor <> NEW.amount_minor
  OR OLD.currency <> NEW.currency OR OLD.received_s <> NEW.received_s
  OR OLD.created_s <> NEW.created_s OR NEW.note NOT IN (OLD.note, '')
  OR (NEW.account_id IS NOT NULL AND NEW.account_id IS NOT OLD.account_id)
BEGIN
  SELECT RAISE(ABORT, 'payments are never changed');
END;
CREATE TRIGGER payments_kept BEFORE DELETE ON payments
BEGIN
  SELECT RAISE(ABORT, 'payments are never changed');
END;

-- One thread per link, made by its first message. Messages are numbered 1, 2, 3 within it.
CREATE TABLE threads (
  provider_id      INTEGER NOT NULL,
  customer_id      INTEGER NOT NULL,
  last_number      INTEGER NOT NULL CHECK (last_number > 0),
  last_message_s   INTEGER NOT NULL,
  customer_read    INTEGER NOT NULL DEFAULT 0 CHECK (customer_read BETWEEN 0 AND last_number),
  provider_read    INTEGER NOT NULL DEFAULT 0 CHECK (provider_read BETWEEN 0 AND last_number),
  PRIMARY KEY (provider_id, customer_id),
  FOREIGN KEY (provider_id, customer_id) REFERENCES links (provider_id, customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX threads_by_provider ON threads (provider_id, last_message_s, customer_id);
CREATE INDEX threads_by_customer ON threads (customer_id, last_message_s, provider_id);

CREATE TABLE messages (
  provider_id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  number      INTEGER NOT NULL CHECK (number > 0),
  sender      TEXT NOT NULL CHECK (sender IN ('CUSTOMER', 'PROVIDER')),
  sender_id   INTEGER NOT NULL REFERENCES accounts (id),
  content     BLOB NOT NULL,                                    -- Sealed: text and attachments.
  created_s   INTEGER NOT NULL,
  PRIMARY KEY (provider_id, customer_id, number),
  FOREIGN KEY (provider_id, customer_id) REFERENCES threads (provider_id, customer_id)
) STRICT, WITHOUT ROWID;
-- How much a sender sent of late: the rate limits.
CREATE INDEX messages_by_sender ON messages (sender_id, created_s);

-- What was said stays as it was said; sealing it under another key is no change.
CREATE TRIGGER messages_append_only
BEFORE UPDATE OF provider_id, customer_id, number, sender, sender_id, created_s ON messages
BEGIN
  SELECT RAISE(ABORT, 'messages are never changed');
END;

-- Accounts (of Telegram groups, say) that are told of everything customers write to support.
CREATE TABLE support_desks (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id),
  created_s  INTEGER NOT NULL
) STRICT;

CREATE TABLE tickets (
  id          INTEGER PRIMARY KEY,
  account_id  INTEGER NOT NULL REFERENCES accounts (id),
  state       TEXT NOT NULL CHECK (state IN ('OPEN', 'CLOSED')),
  last_number INTEGER NOT NULL CHECK (last_number >= 0),
  created_s   INTEGER NOT NULL,
  updated_s   INTEGER NOT NULL,
  version     INTEGER NOT NULL DEFAULT 1 CHECK (version > 0)
) STRICT;
CREATE INDEX tickets_by_account ON tickets (account_id);
CREATE INDEX tickets_by_state ON tickets (state);
CREATE INDEX tickets_open ON tickets (account_id) WHERE state = 'OPEN';

CREATE TABLE ticket_messages (
  ticket_id INTEGER NOT NULL REFERENCES tickets (id),
  number    INTEGER NOT NULL CHECK (number > 0),
  author    TEXT NOT NULL CHECK (author IN ('CUSTOMER', 'TEAM')),
  sender_id INTEGER REFERENCES accounts (id),                   -- Of a customer.
  content   BLOB NOT NULL,                                      -- Sealed: text and attachments.
  created_s INTEGER NOT NULL,
  PRIMARY KEY (ticket_id, number),
  CHECK ((author = 'CUSTOMER') = (sender_id IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX ticket_messages_by_sender ON ticket_messages (sender_id, created_s)
  WHERE sender_id IS NOT NULL;
CREATE TRIGGER ticket_messages_append_only
BEFORE UPDATE OF ticket_id, number, author, sender_id, created_s ON ticket_messages
BEGIN
  SELECT RAISE(ABORT, 'messages are never changed');
END;

-- Which message of a support group is about which ticket; the key is the adapter's, opaque to us.
CREATE TABLE ticket_bridges (
  bridge_key TEXT PRIMARY KEY CHECK (bridge_key <> ''),
  ticket_id  INTEGER NOT NULL REFERENCES tickets (id),
  created_s  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX ticket_bridges_by_ticket ON ticket_bridges (ticket_id);

ALTER TABLE notifications ADD COLUMN ticket_id INTEGER REFERENCES tickets (id);
ALTER TABLE notifications ADD COLUMN message_number INTEGER;    -- Of a thread or of the ticket.
CREATE INDEX notifications_by_recipient ON notifications (recipient_id);
CREATE INDEX notifications_by_customer ON notifications (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX notifications_by_provider ON notifications (provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX notifications_by_ticket ON notifications (ticket_id) WHERE ticket_id IS NOT NULL;
