-- Messages in channels that show an appointment, so that they are drawn anew when it changes.
CREATE TABLE cards (
  number         INTEGER PRIMARY KEY,                           -- Rises: the newest last.
  account_id     INTEGER NOT NULL REFERENCES accounts (id),     -- Who sees it.
  channel        TEXT NOT NULL,
  message        TEXT NOT NULL,                                 -- The channel's key, opaque here.
  appointment_id INTEGER NOT NULL REFERENCES appointments (id),
  revision       INTEGER NOT NULL CHECK (revision > 0),         -- Of the appointment as it is shown.
  forget_s       INTEGER NOT NULL,
  UNIQUE (account_id, channel, message)
) STRICT;
CREATE INDEX cards_by_appointment ON cards (appointment_id, account_id, number);
CREATE INDEX cards_by_age ON cards (forget_s);
