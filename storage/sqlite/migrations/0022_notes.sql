-- What a provider notes for itself on a customer, and on an appointment. Sealed; empty: it was taken
-- away. The row stays, so that its version rises.
CREATE TABLE link_notes (
  provider_id INTEGER NOT NULL REFERENCES providers (id),
  customer_id INTEGER NOT NULL REFERENCES accounts (id),
  text        BLOB NOT NULL,
  written_s   INTEGER NOT NULL,
  version     INTEGER NOT NULL CHECK (version > 0),
  PRIMARY KEY (provider_id, customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_notes_by_customer ON link_notes (customer_id);

CREATE TABLE appointment_notes (
  appointment_id INTEGER PRIMARY KEY REFERENCES appointments (id),
  text           BLOB NOT NULL,
  written_s      INTEGER NOT NULL,
  version        INTEGER NOT NULL CHECK (version > 0)
) STRICT;

-- What statistics count by: when a request was made, and when money was received.
CREATE INDEX appointments_by_provider_made ON appointments (provider_id, created_s);
CREATE INDEX payments_by_receipt ON payments (provider_id, received_s);
