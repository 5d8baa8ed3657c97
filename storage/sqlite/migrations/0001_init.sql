-- Instants are Unix seconds in UTC (`_s`), lengths are minutes (`_min`), dates are days since
-- 1970-01-01 (`_d`). Ids are 63-bit numbers that grow with time; `version` counts changes and is the
-- etag. An index of a table with an INTEGER PRIMARY KEY ends in that id without naming it.

CREATE TABLE accounts (
  id           INTEGER PRIMARY KEY,
  display_name TEXT NOT NULL CHECK (display_name <> ''),
  language     TEXT NOT NULL CHECK (language IN ('de', 'en', 'fr', 'ru', 'uk', 'es')),
  time_zone    TEXT NOT NULL,                                   -- Empty: not set.
  created_s    INTEGER NOT NULL,
  version      INTEGER NOT NULL DEFAULT 1 CHECK (version > 0)
) STRICT;

CREATE TABLE identities (
  channel    TEXT NOT NULL,
  address    TEXT NOT NULL,
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  reachable  INTEGER NOT NULL DEFAULT 1 CHECK (reachable IN (0, 1)),
  PRIMARY KEY (channel, address),
  CHECK (channel <> '' AND address <> '')
) STRICT, WITHOUT ROWID;
CREATE INDEX identities_by_account ON identities (account_id);

CREATE TABLE providers (
  id                   INTEGER PRIMARY KEY,
  account_id           INTEGER NOT NULL UNIQUE REFERENCES accounts (id),  -- One kind per account.
  kind                 TEXT NOT NULL CHECK (kind IN ('SPECIALIST', 'ORGANIZATION')),
  display_name         TEXT NOT NULL CHECK (display_name <> ''),
  default_duration_min INTEGER NOT NULL CHECK (default_duration_min BETWEEN 5 AND 1440),
  reminders_min        TEXT NOT NULL,                           -- Minutes before, comma-separated.
  created_s            INTEGER NOT NULL,
  version              INTEGER NOT NULL DEFAULT 1 CHECK (version > 0)
) STRICT;

CREATE TABLE staff (
  organization_id INTEGER NOT NULL REFERENCES providers (id),
  specialist_id   INTEGER NOT NULL REFERENCES providers (id),
  created_s       INTEGER NOT NULL,
  PRIMARY KEY (organization_id, specialist_id),
  CHECK (organization_id <> specialist_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_by_specialist ON staff (specialist_id);

CREATE TABLE links (
  provider_id INTEGER NOT NULL REFERENCES providers (id),
  customer_id INTEGER NOT NULL REFERENCES accounts (id),
  created_s   INTEGER NOT NULL,
  PRIMARY KEY (provider_id, customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_by_customer ON links (customer_id);

CREATE TABLE invitations (
  provider_id INTEGER NOT NULL REFERENCES providers (id),
  id          INTEGER NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('CUSTOMER', 'STAFF')),
  code        TEXT NOT NULL UNIQUE CHECK (length(code) = 22),
  label       TEXT NOT NULL,
  expires_s   INTEGER,
  max_uses    INTEGER NOT NULL CHECK (max_uses >= 0),           -- 0: any number.
  uses        INTEGER NOT NULL DEFAULT 0 CHECK (uses >= 0 AND (max_uses = 0 OR uses <= max_uses)),
  revoked_s   INTEGER,
  created_s   INTEGER NOT NULL,
  PRIMARY KEY (provider_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE services (
  provider_id               INTEGER NOT NULL REFERENCES providers (id),
  id                        INTEGER NOT NULL,
  display_name              TEXT NOT NULL CHECK (display_name <> ''),
  description               TEXT NOT NULL,
  duration_min              INTEGER NOT NULL CHECK (duration_min BETWEEN 5 AND 1440),
  buffer_before_min         INTEGER NOT NULL CHECK (buffer_before_min BETWEEN 0 AND 720),
  buffer_after_min          INTEGER NOT NULL CHECK (buffer_after_min BETWEEN 0 AND 720),
  step_min                  INTEGER NOT NULL CHECK (step_min BETWEEN 5 AND 1440),
  minimum_notice_min        INTEGER NOT NULL CHECK (minimum_notice_min >= 0),
  horizon_min               INTEGER NOT NULL CHECK (horizon_min > 0),
  cancellation_deadline_min INTEGER NOT NULL CHECK (cancellation_deadline_min >= 0),
  capacity                  INTEGER NOT NULL CHECK (capacity BETWEEN 1 AND 500),
  price_minor               INTEGER NOT NULL CHECK (price_minor >= 0),
  price_currency            TEXT NOT NULL CHECK (price_currency = '' OR length(price_currency) = 3),
  payment_link              TEXT NOT NULL,
  place                     TEXT NOT NULL,
  auto_accept               INTEGER NOT NULL CHECK (auto_accept IN (0, 1)),
  position                  INTEGER NOT NULL,
  archived                  INTEGER NOT NULL CHECK (archived IN (0, 1)),
  version                   INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  PRIMARY KEY (provider_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX services_by_position ON services (provider_id, position, id);

CREATE TABLE service_translations (
  provider_id  INTEGER NOT NULL,
  service_id   INTEGER NOT NULL,
  language     TEXT NOT NULL CHECK (language IN ('de', 'en', 'fr', 'ru', 'uk', 'es')),
  display_name TEXT NOT NULL,
  description  TEXT NOT NULL,
  PRIMARY KEY (provider_id, service_id, language),
  FOREIGN KEY (provider_id, service_id) REFERENCES services (provider_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE service_specialists (
  provider_id   INTEGER NOT NULL,
  service_id    INTEGER NOT NULL,
  specialist_id INTEGER NOT NULL REFERENCES providers (id),
  PRIMARY KEY (provider_id, service_id, specialist_id),
  FOREIGN KEY (provider_id, service_id) REFERENCES services (provider_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE schedules (
  provider_id     INTEGER PRIMARY KEY REFERENCES providers (id),
  time_zone       TEXT NOT NULL CHECK (time_zone <> ''),
  week_a_monday_d INTEGER NOT NULL,
  daily_cap       INTEGER CHECK (daily_cap > 0),
  version         INTEGER NOT NULL DEFAULT 1 CHECK (version > 0)
) STRICT;

CREATE TABLE weekly_hours (
  provider_id INTEGER NOT NULL REFERENCES schedules (provider_id),
  position    INTEGER NOT NULL,
  weekday     INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7), -- ISO: 1 is Monday.
  start_min   INTEGER NOT NULL CHECK (start_min BETWEEN 0 AND 1439),
  end_min     INTEGER NOT NULL CHECK (end_min BETWEEN 0 AND 1440),
  parity      TEXT NOT NULL CHECK (parity IN ('EVERY', 'A', 'B')),
  PRIMARY KEY (provider_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE special_dates (
  provider_id    INTEGER NOT NULL REFERENCES schedules (provider_id),
  date_d         INTEGER NOT NULL,
  repeats_yearly INTEGER NOT NULL CHECK (repeats_yearly IN (0, 1)),
  label          TEXT NOT NULL,
  PRIMARY KEY (provider_id, date_d)
) STRICT, WITHOUT ROWID;

CREATE TABLE special_hours (
  provider_id INTEGER NOT NULL,
  date_d      INTEGER NOT NULL,
  position    INTEGER NOT NULL,
  start_min   INTEGER NOT NULL CHECK (start_min BETWEEN 0 AND 1439),
  end_min     INTEGER NOT NULL CHECK (end_min BETWEEN 0 AND 1440),
  PRIMARY KEY (provider_id, date_d, position),
  FOREIGN KEY (provider_id, date_d) REFERENCES special_dates (provider_id, date_d)
) STRICT, WITHOUT ROWID;

CREATE TABLE closures (
  provider_id INTEGER NOT NULL REFERENCES schedules (provider_id),
  id          INTEGER NOT NULL,
  start_s     INTEGER NOT NULL,
  end_s       INTEGER NOT NULL CHECK (end_s > start_s),
  label       TEXT NOT NULL,
  PRIMARY KEY (provider_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX closures_by_end ON closures (provider_id, end_s);

CREATE TABLE openings (
  provider_id INTEGER NOT NULL REFERENCES schedules (provider_id),
  id          INTEGER NOT NULL,
  start_s     INTEGER NOT NULL,
  end_s       INTEGER NOT NULL CHECK (end_s > start_s),
  PRIMARY KEY (provider_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX openings_by_end ON openings (provider_id, end_s);

-- One more per committed change of what decides a specialist's availability; lets a core that
-- keeps calendars in memory see that another one changed them.
CREATE TABLE calendars (
  specialist_id INTEGER PRIMARY KEY REFERENCES providers (id),
  version       INTEGER NOT NULL DEFAULT 1 CHECK (version > 0)
) STRICT;

CREATE TABLE appointments (
  id             INTEGER PRIMARY KEY,
  provider_id    INTEGER NOT NULL REFERENCES providers (id),
  specialist_id  INTEGER NOT NULL REFERENCES calendars (specialist_id),
  customer_id    INTEGER NOT NULL REFERENCES accounts (id),
  service_id     INTEGER,                                       -- NULL: not sure which service.
  service_name   TEXT NOT NULL,
  start_s        INTEGER NOT NULL,
  end_s          INTEGER NOT NULL CHECK (end_s > start_s),
  hold_start_s   INTEGER NOT NULL CHECK (hold_start_s <= start_s),
  hold_end_s     INTEGER NOT NULL CHECK (hold_end_s >= end_s),
  status         TEXT NOT NULL CHECK (status IN ('PENDING', 'ACCEPTED', 'REJECTED', 'COMPLETED',
                                                 'CANCELLED', 'MISSED')),
  capacity       INTEGER NOT NULL CHECK (capacity BETWEEN 1 AND 500),
  price_minor    INTEGER NOT NULL CHECK (price_minor >= 0),
  price_currency TEXT NOT NULL CHECK (price_currency = '' OR length(price_currency) = 3),
  place          TEXT NOT NULL,
  proposals_s    TEXT NOT NULL DEFAULT '',                      -- Offered starts, comma-separated.
  created_s      INTEGER NOT NULL,
  version        INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  CHECK (end_s - start_s <= 86400),                             -- Lists of what is to come look so far back;
  CHECK (hold_end_s - hold_start_s <= 172800),                  -- the overlap triggers so far.
  FOREIGN KEY (provider_id, service_id) REFERENCES services (provider_id, id)
) STRICT;
CREATE INDEX appointments_by_provider ON appointments (provider_id, start_s);
CREATE INDEX appointments_by_customer ON appointments (customer_id, start_s);
CREATE INDEX appointments_by_specialist ON appointments (specialist_id, start_s)
  WHERE specialist_id <> provider_id;
-- What is still open. These stay small whatever the history.
CREATE INDEX appointments_holding ON appointments (specialist_id, hold_start_s)
  WHERE status IN ('PENDING', 'ACCEPTED');
CREATE INDEX appointments_unanswered ON appointments (start_s) WHERE status = 'PENDING';
CREATE INDEX appointments_unmarked ON appointments (end_s) WHERE status = 'ACCEPTED';
CREATE INDEX appointments_pending_by_provider ON appointments (provider_id, created_s)
  WHERE status = 'PENDING';
CREATE INDEX appointments_pending_by_customer ON appointments (customer_id, created_s)
  WHERE status = 'PENDING';
CREATE INDEX appointments_pending_by_specialist ON appointments (specialist_id, created_s)
  WHERE status = 'PENDING' AND specialist_id <> provider_id;

-- No two holds of a specialist overlap, but for one group session: same service, same start, up to
-- its capacity. Said twice because SQLite has one trigger per event.
CREATE TRIGGER appointments_overlap_insert BEFORE INSERT ON appointments
WHEN NEW.status IN ('PENDING', 'ACCEPTED')
BEGIN
  SELECT RAISE(ABORT, 'appointments overlap') WHERE EXISTS (
    SELECT 1 FROM appointments AS other
    WHERE other.specialist_id = NEW.specialist_id AND other.status IN ('PENDING', 'ACCEPTED')
      AND other.hold_start_s > NEW.hold_start_s - 172800 AND other.hold_start_s < NEW.hold_end_s
      AND other.hold_end_s > NEW.hold_start_s
      AND (NEW.capacity = 1 OR NEW.service_id IS NULL OR other.service_id IS NOT NEW.service_id
           OR other.start_s <> NEW.start_s));
  SELECT RAISE(ABORT, 'group session is full') WHERE NEW.capacity > 1 AND NEW.capacity <= (
    SELECT count(*) FROM appointments AS other
    WHERE other.specialist_id = NEW.specialist_id AND other.status IN ('PENDING', 'ACCEPTED')
      AND other.hold_start_s > NEW.hold_start_s - 172800 AND other.hold_start_s < NEW.hold_end_s
      AND other.service_id IS NEW.service_id AND other.start_s = NEW.start_s);
END;

-- An update that takes no other time (accepting, say) cannot begin to overlap.
CREATE TRIGGER appointments_overlap_update
BEFORE UPDATE OF specialist_id, service_id, start_s, hold_start_s, hold_end_s, status, capacity
ON appointments
WHEN NEW.status IN ('PENDING', 'ACCEPTED') AND (
  OLD.status NOT IN ('PENDING', 'ACCEPTED') OR OLD.specialist_id <> NEW.specialist_id
  OR OLD.service_id IS NOT NEW.service_id OR OLD.start_s <> NEW.start_s
  OR OLD.hold_start_s <> NEW.hold_start_s OR OLD.hold_end_s <> NEW.hold_end_s
  OR OLD.capacity <> NEW.capacity)
BEGIN
  SELECT RAISE(ABORT, 'appointments overlap') WHERE EXISTS (
    SELECT 1 FROM appointments AS other
    WHERE other.specialist_id = NEW.specialist_id AND other.status IN ('PENDING', 'ACCEPTED')
      AND other.id <> OLD.id
      AND other.hold_start_s > NEW.hold_start_s - 172800 AND other.hold_start_s < NEW.hold_end_s
      AND other.hold_end_s > NEW.hold_start_s
      AND (NEW.capacity = 1 OR NEW.service_id IS NULL OR other.service_id IS NOT NEW.service_id
           OR other.start_s <> NEW.start_s));
  SELECT RAISE(ABORT, 'group session is full') WHERE NEW.capacity > 1 AND NEW.capacity <= (
    SELECT count(*) FROM appointments AS other
    WHERE other.specialist_id = NEW.specialist_id AND other.status IN ('PENDING', 'ACCEPTED')
      AND other.id <> OLD.id
      AND other.hold_start_s > NEW.hold_start_s - 172800 AND other.hold_start_s < NEW.hold_end_s
      AND other.service_id IS NEW.service_id AND other.start_s = NEW.start_s);
END;

-- The status machine (SPEC 4.1), once more.
CREATE TRIGGER appointments_status BEFORE UPDATE OF status ON appointments
WHEN OLD.status <> NEW.status AND NOT (
  (OLD.status = 'PENDING' AND NEW.status IN ('ACCEPTED', 'REJECTED', 'CANCELLED'))
  OR (OLD.status = 'ACCEPTED' AND NEW.status IN ('COMPLETED', 'MISSED', 'CANCELLED'))
  OR (OLD.status = 'COMPLETED' AND NEW.status = 'MISSED')
  OR (OLD.status = 'MISSED' AND NEW.status = 'COMPLETED'))
BEGIN
  SELECT RAISE(ABORT, 'status change not allowed');
END;

CREATE TABLE status_changes (
  appointment_id INTEGER NOT NULL REFERENCES appointments (id),
  position       INTEGER NOT NULL,
  from_status    TEXT CHECK (from_status IN ('PENDING', 'ACCEPTED', 'REJECTED', 'COMPLETED',
                                             'CANCELLED', 'MISSED')),  -- NULL: the request itself.
  to_status      TEXT NOT NULL CHECK (to_status IN ('PENDING', 'ACCEPTED', 'REJECTED', 'COMPLETED',
                                                    'CANCELLED', 'MISSED')),
  when_s         INTEGER NOT NULL,
  actor          TEXT NOT NULL CHECK (actor IN ('CUSTOMER', 'PROVIDER', 'SYSTEM')),
  account_id     INTEGER REFERENCES accounts (id),              -- NULL: the system or a tool.
  reason         TEXT NOT NULL,
  PRIMARY KEY (appointment_id, position)
) STRICT, WITHOUT ROWID;

-- The history is append-only. What erasing an account takes out of a line may go: the text that a
-- person wrote, and who it was.
CREATE TRIGGER status_changes_append_only BEFORE UPDATE ON status_changes
WHEN OLD.appointment_id <> NEW.appointment_id OR OLD.position <> NEW.position
  OR OLD.from_status IS NOT NEW.from_status OR OLD.to_status <> NEW.to_status
  OR OLD.when_s <> NEW.when_s OR OLD.actor <> NEW.actor
  OR NEW.reason NOT IN (OLD.reason, '')
  OR (NEW.account_id IS NOT NULL AND NEW.account_id IS NOT OLD.account_id)
BEGIN
  SELECT RAISE(ABORT, 'the status history is never changed');
END;
CREATE TRIGGER status_changes_kept BEFORE DELETE ON status_changes
BEGIN
  SELECT RAISE(ABORT, 'the status history is never changed');
END;

-- The outbox: written with the change that causes it, gone when it was acknowledged. New kinds come
-- with new versions, so the kind is not checked here.
CREATE TABLE notifications (
  id             INTEGER PRIMARY KEY,
  recipient_id   INTEGER NOT NULL REFERENCES accounts (id),
  kind           TEXT NOT NULL,
  due_s          INTEGER NOT NULL,
  appointment_id INTEGER REFERENCES appointments (id),
  provider_id    INTEGER REFERENCES providers (id),
  customer_id    INTEGER REFERENCES accounts (id),
  status         TEXT NOT NULL,
  start_s        INTEGER NOT NULL,
  reason         TEXT NOT NULL,
  actor          TEXT NOT NULL
) STRICT;
CREATE INDEX notifications_by_due ON notifications (due_s);
CREATE INDEX notifications_reminders ON notifications (appointment_id) WHERE kind = 'REMINDER';

-- First answers by request_id, for 7 days. In order of age, so that new ones are appended and old
-- ones leave from the other end.
CREATE TABLE requests (
  created_s  INTEGER NOT NULL,  -- The key's columns come first: SQLite 3.40's integrity_check
  scope      TEXT NOT NULL,     -- mistakes columns where they do not.
  request_id TEXT NOT NULL,
  digest     BLOB NOT NULL,
  response   BLOB NOT NULL,
  PRIMARY KEY (created_s, scope, request_id),
  UNIQUE (scope, request_id)
) STRICT, WITHOUT ROWID;

-- What adapters remember about a chat; opaque to us.
CREATE TABLE sessions (
  name      TEXT PRIMARY KEY,
  data      BLOB NOT NULL,
  version   INTEGER NOT NULL,
  written_s INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_age ON sessions (written_s);

CREATE TABLE api_keys (
  id        INTEGER PRIMARY KEY,
  hash      BLOB NOT NULL UNIQUE,
  label     TEXT NOT NULL,
  scopes    TEXT NOT NULL CHECK (scopes <> ''),
  created_s INTEGER NOT NULL,
  revoked_s INTEGER
) STRICT;
