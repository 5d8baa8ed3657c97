-- Calendars kept elsewhere, and the times at which they say that somebody is busy. No titles.
CREATE TABLE busy_calendars (
  provider_id    INTEGER NOT NULL REFERENCES providers (id),
  id             INTEGER NOT NULL,
  kind           TEXT NOT NULL CHECK (kind IN ('FILE', 'CALDAV')),
  address        TEXT NOT NULL,                                 -- Sealed, as are the next two.
  user_name      TEXT NOT NULL,
  password       TEXT NOT NULL,
  all_day_free   INTEGER NOT NULL CHECK (all_day_free IN (0, 1)),
  created_s      INTEGER NOT NULL,
  version        INTEGER NOT NULL CHECK (version > 0),
  next_fetch_s   INTEGER NOT NULL,                              -- While it is leased: when that ends.
  lease          INTEGER NOT NULL CHECK (lease >= 0),
  leased_until_s INTEGER,                                       -- NULL: nobody fetches it.
  tried_s        INTEGER,
  entity_tag     TEXT NOT NULL,
  last_modified  TEXT NOT NULL,
  read_s         INTEGER,
  success_s      INTEGER,
  failed_s       INTEGER,
  failure        TEXT CHECK (failure IN ('UNREACHABLE', 'CERTIFICATE', 'REFUSED', 'MISSING', 'BUSY',
                                         'ANSWER', 'NOT_CALENDAR', 'TOO_LARGE', 'NOT_ALLOWED')),
  http_status    INTEGER NOT NULL CHECK (http_status BETWEEN 0 AND 999),
  failures       INTEGER NOT NULL CHECK (failures >= 0),
  skipped        INTEGER NOT NULL CHECK (skipped >= 0),
  PRIMARY KEY (provider_id, id),
  CHECK ((failed_s IS NULL) = (failure IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX busy_calendars_due ON busy_calendars (next_fetch_s);

-- Those of one calendar lie apart.
CREATE TABLE busy_times (
  provider_id INTEGER NOT NULL,
  calendar_id INTEGER NOT NULL,
  start_s     INTEGER NOT NULL,
  end_s       INTEGER NOT NULL CHECK (end_s > start_s),
  PRIMARY KEY (provider_id, calendar_id, start_s),
  FOREIGN KEY (provider_id, calendar_id) REFERENCES busy_calendars (provider_id, id)
) STRICT, WITHOUT ROWID;

-- A lease only rises: who comes late finds another one. Nor does REPLACE take it back.
CREATE TRIGGER busy_calendars_once BEFORE INSERT ON busy_calendars
BEGIN
  SELECT RAISE(ABORT, 'the calendar is there already') WHERE EXISTS (
    SELECT 1 FROM busy_calendars WHERE provider_id = NEW.provider_id AND id = NEW.id);
END;
CREATE TRIGGER busy_calendars_leases BEFORE UPDATE OF lease ON busy_calendars
WHEN NEW.lease < OLD.lease
BEGIN
  SELECT RAISE(ABORT, 'a lease only rises');
END;
