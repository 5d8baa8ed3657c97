-- Calendars kept elsewhere, and the times at which they say that somebody is busy. No titles.
CREATE TABLE busy_calendars (
  provider_id BIGINT NOT NULL REFERENCES providers (id),
  id BIGINT NOT NULL,
  kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('FILE', 'CALDAV')),
  address TEXT COLLATE "C" NOT NULL,  -- Sealed, as are the next two.
  user_name TEXT COLLATE "C" NOT NULL,
  password TEXT COLLATE "C" NOT NULL,
  all_day_free BIGINT NOT NULL CHECK (all_day_free IN (0, 1)),
  created_s BIGINT NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0),
  next_fetch_s BIGINT NOT NULL,  -- While it is leased: when that ends.
  lease BIGINT NOT NULL CHECK (lease >= 0),
  leased_until_s BIGINT,  -- NULL: nobody fetches it.
  tried_s BIGINT,
  entity_tag TEXT COLLATE "C" NOT NULL,
  last_modified TEXT COLLATE "C" NOT NULL,
  read_s BIGINT,
  success_s BIGINT,
  failed_s BIGINT,
  failure TEXT COLLATE "C" CHECK (failure IN ('UNREACHABLE', 'CERTIFICATE', 'REFUSED', 'MISSING', 'BUSY',
                                         'ANSWER', 'NOT_CALENDAR', 'TOO_LARGE', 'NOT_ALLOWED')),
  http_status BIGINT NOT NULL CHECK (http_status BETWEEN 0 AND 999),
  failures BIGINT NOT NULL CHECK (failures >= 0),
  skipped BIGINT NOT NULL CHECK (skipped >= 0),
  PRIMARY KEY (provider_id, id),
  CHECK ((failed_s IS NULL) = (failure IS NULL))
);
CREATE INDEX busy_calendars_due ON busy_calendars (next_fetch_s);

-- Those of one calendar lie apart.
CREATE TABLE busy_times (
  provider_id BIGINT NOT NULL,
  calendar_id BIGINT NOT NULL,
  start_s BIGINT NOT NULL,
  end_s BIGINT NOT NULL CHECK (end_s > start_s),
  PRIMARY KEY (provider_id, calendar_id, start_s),
  FOREIGN KEY (provider_id, calendar_id) REFERENCES busy_calendars (provider_id, id)
);

-- A lease only rises: who comes late finds another one.
CREATE TRIGGER busy_calendars_leases BEFORE UPDATE OF lease ON busy_calendars
FOR EACH ROW WHEN (NEW.lease < OLD.lease)
EXECUTE FUNCTION kalends_refuse('a lease only rises');
