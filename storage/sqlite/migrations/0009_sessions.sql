-- A group session keeps the length, the buffers and the capacity it began with: whoever joins it has
-- the same, and who is alone by their capacity stays alone. Until now only the new row was asked, so
-- that a service whose capacity had been raised let others into an appointment that was booked alone.
--
-- Rows that came about so stay as they are, for people were told of them, and they may be accepted,
-- cancelled and moved away. Nobody joins them: a new row can only be like all of them.

DROP TRIGGER appointments_overlap_insert;
DROP TRIGGER appointments_overlap_update;

-- No two holds of a specialist overlap, but for the members of one session: same service, same start,
-- and alike. Said twice because SQLite has one trigger per event.
CREATE TRIGGER appointments_overlap_insert BEFORE INSERT ON appointments
WHEN NEW.status IN ('PENDING', 'ACCEPTED')
BEGIN
  SELECT RAISE(ABORT, 'appointments overlap') WHERE EXISTS (
    SELECT 1 FROM appointments AS other
    WHERE other.specialist_id = NEW.specialist_id AND other.status IN ('PENDING', 'ACCEPTED')
      AND other.hold_start_s > NEW.hold_start_s - 172800 AND other.hold_start_s < NEW.hold_end_s
      AND other.hold_end_s > NEW.hold_start_s
      AND (NEW.capacity = 1 OR other.capacity <> NEW.capacity
           OR other.provider_id <> NEW.provider_id
           OR NEW.service_id IS NULL OR other.service_id IS NOT NEW.service_id
           OR other.start_s <> NEW.start_s OR other.end_s <> NEW.end_s
           OR other.hold_start_s <> NEW.hold_start_s OR other.hold_end_s <> NEW.hold_end_s));
  SELECT RAISE(ABORT, 'group session is full') WHERE NEW.capacity > 1 AND NEW.capacity <= (
    SELECT count(*) FROM appointments AS other
    WHERE other.specialist_id = NEW.specialist_id AND other.status IN ('PENDING', 'ACCEPTED')
      AND other.hold_start_s = NEW.hold_start_s AND other.provider_id = NEW.provider_id
      AND other.service_id IS NEW.service_id AND other.start_s = NEW.start_s);
END;

-- An update that takes no other time and no other seat (accepting, say) cannot begin to overlap.
CREATE TRIGGER appointments_overlap_update
BEFORE UPDATE OF provider_id, specialist_id, service_id, start_s, end_s, hold_start_s, hold_end_s,
                 status, capacity
ON appointments
WHEN NEW.status IN ('PENDING', 'ACCEPTED') AND (
  OLD.status NOT IN ('PENDING', 'ACCEPTED') OR OLD.specialist_id <> NEW.specialist_id
  OR OLD.provider_id <> NEW.provider_id OR OLD.service_id IS NOT NEW.service_id
  OR OLD.start_s <> NEW.start_s OR OLD.end_s <> NEW.end_s
  OR OLD.hold_start_s <> NEW.hold_start_s OR OLD.hold_end_s <> NEW.hold_end_s
  OR OLD.capacity <> NEW.capacity)
BEGIN
  SELECT RAISE(ABORT, 'appointments overlap') WHERE EXISTS (
    SELECT 1 FROM appointments AS other
    WHERE other.specialist_id = NEW.specialist_id AND other.status IN ('PENDING', 'ACCEPTED')
      AND other.id <> OLD.id
      AND other.hold_start_s > NEW.hold_start_s - 172800 AND other.hold_start_s < NEW.hold_end_s
      AND other.hold_end_s > NEW.hold_start_s
      AND (NEW.capacity = 1 OR other.capacity <> NEW.capacity
           OR other.provider_id <> NEW.provider_id
           OR NEW.service_id IS NULL OR other.service_id IS NOT NEW.service_id
           OR other.start_s <> NEW.start_s OR other.end_s <> NEW.end_s
           OR other.hold_start_s <> NEW.hold_start_s OR other.hold_end_s <> NEW.hold_end_s));
  SELECT RAISE(ABORT, 'group session is full') WHERE NEW.capacity > 1 AND NEW.capacity <= (
    SELECT count(*) FROM appointments AS other
    WHERE other.specialist_id = NEW.specialist_id AND other.status IN ('PENDING', 'ACCEPTED')
      AND other.id <> OLD.id
      AND other.hold_start_s = NEW.hold_start_s AND other.provider_id = NEW.provider_id
      AND other.service_id IS NEW.service_id AND other.start_s = NEW.start_s);
END;

-- Also who is alone keeps what was agreed: capacity and length change with the service or the time.
CREATE TRIGGER appointments_keep_session BEFORE UPDATE OF capacity, end_s ON appointments
WHEN NEW.status IN ('PENDING', 'ACCEPTED') AND OLD.service_id IS NEW.service_id
  AND OLD.start_s = NEW.start_s
  AND (OLD.capacity <> NEW.capacity OR OLD.end_s <> NEW.end_s)
BEGIN
  SELECT RAISE(ABORT, 'a session keeps its capacity and length');
END;
