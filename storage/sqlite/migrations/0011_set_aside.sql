-- Notifications that could not be told in any form. They have left the outbox, so that what comes
-- after them goes on; that there was one is kept for a while, without a word of what it said.
CREATE TABLE set_aside (
  id           INTEGER PRIMARY KEY,  -- Of the notification.
  recipient_id INTEGER NOT NULL REFERENCES accounts (id),
  kind         TEXT NOT NULL,
  set_aside_s  INTEGER NOT NULL
) STRICT;
CREATE INDEX set_aside_by_recipient ON set_aside (recipient_id);
CREATE INDEX set_aside_by_time ON set_aside (set_aside_s);

-- How many there ever were, those that are not kept any more among them.
CREATE TABLE set_aside_count (
  one   INTEGER PRIMARY KEY CHECK (one = 1),
  count INTEGER NOT NULL
) STRICT;
INSERT INTO set_aside_count (one, count) VALUES (1, 0);
