-- Messages of chats and tickets that are changed after they were sent. What they said before stays,
-- and which messages of a channel show them is known, so that these are changed, too.

ALTER TABLE messages ADD COLUMN edited_s INTEGER;               -- NULL: never.
ALTER TABLE ticket_messages ADD COLUMN edited_s INTEGER;

-- Texts before an edit, numbered 1, 2, 3 within the message.
CREATE TABLE message_versions (
  provider_id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  number      INTEGER NOT NULL,
  version     INTEGER NOT NULL CHECK (version > 0),
  text        BLOB NOT NULL,                                    -- Sealed.
  replaced_s  INTEGER NOT NULL,
  PRIMARY KEY (provider_id, customer_id, number, version),
  FOREIGN KEY (provider_id, customer_id, number)
    REFERENCES messages (provider_id, customer_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE ticket_message_versions (
  ticket_id  INTEGER NOT NULL,
  number     INTEGER NOT NULL,
  version    INTEGER NOT NULL CHECK (version > 0),
  text       BLOB NOT NULL,                                     -- Sealed.
  replaced_s INTEGER NOT NULL,
  PRIMARY KEY (ticket_id, number, version),
  FOREIGN KEY (ticket_id, number) REFERENCES ticket_messages (ticket_id, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER message_versions_append_only
BEFORE UPDATE OF provider_id, customer_id, number, version, replaced_s ON message_versions
BEGIN
  SELECT RAISE(ABORT, 'what a message said is never changed');
END;
CREATE TRIGGER ticket_message_versions_append_only
BEFORE UPDATE OF ticket_id, number, version, replaced_s ON ticket_message_versions
BEGIN
  SELECT RAISE(ABORT, 'what a message said is never changed');
END;

-- Messages of a channel: the one that was sent, and those that show it to who was told. The key is
-- the adapter's, opaque to us.
CREATE TABLE message_copies (
  provider_id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  number      INTEGER NOT NULL,
  account_id  INTEGER NOT NULL REFERENCES accounts (id),        -- In whose channel it stands.
  copy_key    TEXT NOT NULL UNIQUE CHECK (copy_key <> ''),
  PRIMARY KEY (provider_id, customer_id, number, account_id),
  FOREIGN KEY (provider_id, customer_id, number)
    REFERENCES messages (provider_id, customer_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_copies_by_account ON message_copies (account_id);
CREATE TABLE ticket_message_copies (
  ticket_id  INTEGER NOT NULL,
  number     INTEGER NOT NULL,
  account_id INTEGER NOT NULL,                                  -- 0: of the team itself.
  copy_key   TEXT NOT NULL UNIQUE CHECK (copy_key <> ''),
  PRIMARY KEY (ticket_id, number, account_id),
  FOREIGN KEY (ticket_id, number) REFERENCES ticket_messages (ticket_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX ticket_message_copies_by_account ON ticket_message_copies (account_id);
