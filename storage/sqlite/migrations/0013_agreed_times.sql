-- An appointment is an agreed wall-clock time, which outlives the zone rules it was agreed in.
--
-- SQL knows no zones, so the rows of before get theirs from the core as it starts, if they are open.
-- What was over by then has none.
ALTER TABLE appointments ADD COLUMN agreed_wall_s INTEGER;    -- Of the start; as if it were UTC.
ALTER TABLE appointments ADD COLUMN agreed_zone TEXT;
ALTER TABLE appointments ADD COLUMN agreed_offset_s INTEGER;  -- The zone's then.
ALTER TABLE appointments ADD COLUMN agreed_rules TEXT;        -- Version of the rules; '': not known.
-- What the clock shows instead, where both sides were told so. NULL: it shows what was agreed.
ALTER TABLE appointments ADD COLUMN lost_to_wall_s INTEGER
  CHECK ((agreed_zone IS NULL) = (agreed_wall_s IS NULL)
         AND (agreed_offset_s IS NULL) = (agreed_wall_s IS NULL)
         AND (agreed_rules IS NULL) = (agreed_wall_s IS NULL)
         AND (lost_to_wall_s IS NULL OR lost_to_wall_s <> agreed_wall_s));

CREATE TRIGGER appointments_are_agreed BEFORE INSERT ON appointments
WHEN NEW.agreed_wall_s IS NULL
BEGIN
  SELECT RAISE(ABORT, 'an appointment has an agreed time');
END;
CREATE TRIGGER appointments_stay_agreed BEFORE UPDATE OF agreed_wall_s ON appointments
WHEN NEW.agreed_wall_s IS NULL AND OLD.agreed_wall_s IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'an appointment has an agreed time');
END;

-- Empty once the core has started.
CREATE INDEX appointments_unagreed ON appointments (id)
  WHERE agreed_wall_s IS NULL AND status IN ('PENDING', 'ACCEPTED');

-- Where the start was before; only of what new zone rules did.
ALTER TABLE notifications ADD COLUMN previous_start_s INTEGER;
