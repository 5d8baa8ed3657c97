-- What the schema enforces beside CHECKs and keys. SQLite's triggers named "..._once", which keep its
-- REPLACE from undoing what is kept, have none beside them here: PostgreSQL knows no such statement.
-- Each of the others has its name here, too.

CREATE FUNCTION kalends_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION kalends_refuse_if(refused boolean, why text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF refused THEN
    RAISE EXCEPTION USING MESSAGE = why, ERRCODE = 'integrity_constraint_violation';
  END IF;
END $$;

-- No two holds of a specialist overlap, but those of one session: same service, same times, same
-- number of seats.
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE appointments ADD COLUMN session TEXT COLLATE "C" NOT NULL GENERATED ALWAYS AS (
  CASE WHEN capacity = 1 OR service_id IS NULL THEN id::text
  ELSE provider_id::text || ' ' || service_id::text || ' ' || capacity::text
    || ' ' || start_s::text || ' ' || end_s::text
    || ' ' || hold_start_s::text || ' ' || hold_end_s::text END) STORED;
ALTER TABLE appointments ADD CONSTRAINT appointments_overlap EXCLUDE USING gist (
  specialist_id WITH =, int8range(hold_start_s, hold_end_s) WITH &&, session WITH <>)
  WHERE (status = 'PENDING' OR status = 'ACCEPTED');

-- Whoever takes a seat meets the others at the specialist's calendar, and counts what they left.
CREATE FUNCTION appointments_seats() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE taken bigint;
BEGIN
  PERFORM 1 FROM calendars WHERE specialist_id = NEW.specialist_id FOR UPDATE;
  SELECT count(*) INTO taken FROM appointments AS other
  WHERE other.specialist_id = NEW.specialist_id AND other.status IN ('PENDING', 'ACCEPTED')
    AND other.id <> NEW.id AND other.hold_start_s = NEW.hold_start_s
    AND other.session = NEW.session;
  PERFORM kalends_refuse_if(taken >= NEW.capacity, 'group session is full');
  RETURN NULL;
END $$;
-- After, for what is generated is not there before.
CREATE TRIGGER appointments_overlap_insert AFTER INSERT ON appointments
FOR EACH ROW WHEN (NEW.capacity > 1 AND NEW.status IN ('PENDING', 'ACCEPTED'))
EXECUTE FUNCTION appointments_seats();
CREATE TRIGGER appointments_overlap_update AFTER UPDATE ON appointments
FOR EACH ROW WHEN (NEW.capacity > 1 AND NEW.status IN ('PENDING', 'ACCEPTED')
                   AND (OLD.status NOT IN ('PENDING', 'ACCEPTED') OR OLD.session <> NEW.session
                        OR OLD.specialist_id <> NEW.specialist_id))
EXECUTE FUNCTION appointments_seats();

CREATE TRIGGER appointments_keep_session BEFORE UPDATE OF capacity, end_s ON appointments
FOR EACH ROW WHEN (NEW.status IN ('PENDING', 'ACCEPTED')
                   AND OLD.service_id IS NOT DISTINCT FROM NEW.service_id
                   AND OLD.start_s = NEW.start_s
                   AND (OLD.capacity <> NEW.capacity OR OLD.end_s <> NEW.end_s))
EXECUTE FUNCTION kalends_refuse('a session keeps its capacity and length');

CREATE TRIGGER appointments_status BEFORE UPDATE OF status ON appointments
FOR EACH ROW WHEN (OLD.status <> NEW.status AND NOT CASE OLD.status
  WHEN 'PENDING' THEN NEW.status IN ('ACCEPTED', 'REJECTED', 'CANCELLED')
  WHEN 'ACCEPTED' THEN NEW.status IN ('COMPLETED', 'MISSED', 'CANCELLED')
  WHEN 'COMPLETED' THEN NEW.status = 'MISSED'
  WHEN 'MISSED' THEN NEW.status = 'COMPLETED'
  ELSE false END)
EXECUTE FUNCTION kalends_refuse('status change not allowed');

CREATE TRIGGER appointments_are_agreed BEFORE INSERT ON appointments
FOR EACH ROW WHEN (NEW.agreed_wall_s IS NULL)
EXECUTE FUNCTION kalends_refuse('an appointment has an agreed time');
CREATE TRIGGER appointments_stay_agreed BEFORE UPDATE OF agreed_wall_s ON appointments
FOR EACH ROW WHEN (NEW.agreed_wall_s IS NULL AND OLD.agreed_wall_s IS NOT NULL)
EXECUTE FUNCTION kalends_refuse('an appointment has an agreed time');

-- History.
CREATE TRIGGER status_changes_append_only BEFORE UPDATE ON status_changes
FOR EACH ROW WHEN (
  OLD.appointment_id <> NEW.appointment_id OR OLD.position <> NEW.position
  OR OLD.from_status IS DISTINCT FROM NEW.from_status OR OLD.to_status <> NEW.to_status
  OR OLD.when_s <> NEW.when_s OR OLD.actor <> NEW.actor OR OLD.key_id IS DISTINCT FROM NEW.key_id
  OR OLD.other_id IS DISTINCT FROM NEW.other_id
  OR OLD.previous_start_s IS DISTINCT FROM NEW.previous_start_s
  OR NEW.reason NOT IN (OLD.reason, '')
  OR (NEW.account_id IS NOT NULL AND NEW.account_id IS DISTINCT FROM OLD.account_id))
EXECUTE FUNCTION kalends_refuse('the status history is never changed');
CREATE TRIGGER status_changes_kept BEFORE DELETE ON status_changes
FOR EACH ROW EXECUTE FUNCTION kalends_refuse('the status history is never changed');

CREATE TRIGGER audit_lines_append_only BEFORE UPDATE ON audit_lines
FOR EACH ROW EXECUTE FUNCTION kalends_refuse('an audit line is never changed');
CREATE TRIGGER audit_lines_kept BEFORE DELETE ON audit_lines
FOR EACH ROW EXECUTE FUNCTION kalends_refuse('an audit line is never changed');

-- Numbers.
CREATE TRIGGER watermarks_rise BEFORE UPDATE ON watermarks
FOR EACH ROW WHEN (NEW.ids_up_to < OLD.ids_up_to)
EXECUTE FUNCTION kalends_refuse('ids are never given again');
CREATE TRIGGER watermarks_kept BEFORE DELETE ON watermarks
FOR EACH ROW EXECUTE FUNCTION kalends_refuse('ids are never given again');

CREATE FUNCTION api_keys_last_admin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM kalends_refuse_if(NOT EXISTS (
    SELECT 1 FROM api_keys AS other
    WHERE other.id <> OLD.id AND other.revoked_s IS NULL AND other.expires_s IS NULL
      AND ' ' || other.scopes || ' ' LIKE '% admin %'), 'the last admin key stays');
  RETURN NEW;
END $$;
CREATE TRIGGER api_keys_last_admin BEFORE UPDATE OF scopes, revoked_s, expires_s ON api_keys
FOR EACH ROW WHEN (
  OLD.revoked_s IS NULL AND OLD.expires_s IS NULL AND ' ' || OLD.scopes || ' ' LIKE '% admin %'
  AND (NEW.revoked_s IS NOT NULL OR NEW.expires_s IS NOT NULL
       OR ' ' || NEW.scopes || ' ' NOT LIKE '% admin %'))
EXECUTE FUNCTION api_keys_last_admin();

-- What people said and gave.
CREATE TRIGGER documents_only_deleted BEFORE UPDATE ON documents
FOR EACH ROW WHEN (
  OLD.deleted_s IS NOT NULL OR NEW.deleted_s IS NULL
  OR OLD.provider_id <> NEW.provider_id OR OLD.customer_id <> NEW.customer_id OR OLD.id <> NEW.id
  OR OLD.uploader <> NEW.uploader OR OLD.content_type <> NEW.content_type
  OR OLD.size_bytes <> NEW.size_bytes OR OLD.created_s <> NEW.created_s)
EXECUTE FUNCTION kalends_refuse('a document only changes by being deleted');
CREATE TRIGGER documents_kept BEFORE DELETE ON documents
FOR EACH ROW EXECUTE FUNCTION kalends_refuse('that there was a document stays on record');

CREATE TRIGGER consent_versions_fixed BEFORE UPDATE ON consent_versions
FOR EACH ROW WHEN (
  NEW.blob_id IS NOT NULL
  OR OLD.provider_id <> NEW.provider_id OR OLD.document_id <> NEW.document_id
  OR OLD.number <> NEW.number OR OLD.sha256 <> NEW.sha256 OR OLD.content_type <> NEW.content_type
  OR OLD.size_bytes <> NEW.size_bytes OR OLD.created_s <> NEW.created_s)
EXECUTE FUNCTION kalends_refuse('a published version is never changed');
CREATE TRIGGER consent_versions_kept BEFORE DELETE ON consent_versions
FOR EACH ROW EXECUTE FUNCTION kalends_refuse('a published version is never changed');
CREATE TRIGGER consent_records_append_only BEFORE UPDATE ON consent_records
FOR EACH ROW EXECUTE FUNCTION kalends_refuse('the record of consents is never changed');
CREATE TRIGGER consent_records_kept BEFORE DELETE ON consent_records
FOR EACH ROW EXECUTE FUNCTION kalends_refuse('the record of consents is never changed');

CREATE TRIGGER messages_append_only
BEFORE UPDATE OF provider_id, customer_id, number, sender, sender_id, created_s ON messages
FOR EACH ROW EXECUTE FUNCTION kalends_refuse('messages are never changed');
CREATE TRIGGER message_versions_append_only
BEFORE UPDATE OF provider_id, customer_id, number, version, replaced_s ON message_versions
FOR EACH ROW EXECUTE FUNCTION kalends_refuse('what a message said is never changed');
CREATE TRIGGER ticket_messages_append_only
BEFORE UPDATE OF ticket_id, number, author, sender_id, created_s, answered_by ON ticket_messages
FOR EACH ROW EXECUTE FUNCTION kalends_refuse('messages are never changed');
CREATE TRIGGER ticket_message_versions_append_only
BEFORE UPDATE OF ticket_id, number, version, replaced_s ON ticket_message_versions
FOR EACH ROW EXECUTE FUNCTION kalends_refuse('what a message said is never changed');

-- Money. Whoever pays for an appointment meets the others at its row.
CREATE FUNCTION payments_fit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE balance numeric;
BEGIN
  PERFORM 1 FROM appointments WHERE id = NEW.appointment_id AND provider_id = NEW.provider_id
    AND price_currency IN ('', NEW.currency) FOR UPDATE;
  PERFORM kalends_refuse_if(NOT FOUND, 'no such appointment in this currency');
  PERFORM kalends_refuse_if(EXISTS (
    SELECT 1 FROM payments WHERE provider_id = NEW.provider_id
      AND appointment_id = NEW.appointment_id AND currency <> NEW.currency),
    'an appointment is paid in one currency');
  SELECT coalesce(sum(CASE kind WHEN 'PAYMENT' THEN amount_minor ELSE -amount_minor END), 0)
  INTO balance FROM payments
  WHERE provider_id = NEW.provider_id AND appointment_id = NEW.appointment_id;
  PERFORM kalends_refuse_if(NEW.kind = 'REFUND' AND NEW.amount_minor > balance,
                            'more is refunded than was paid');
  RETURN NEW;
END $$;
CREATE TRIGGER payments_fit BEFORE INSERT ON payments
FOR EACH ROW EXECUTE FUNCTION payments_fit();
CREATE TRIGGER payments_append_only BEFORE UPDATE ON payments
FOR EACH ROW WHEN (
  OLD.provider_id <> NEW.provider_id OR OLD.appointment_id <> NEW.appointment_id
  OR OLD.id <> NEW.id OR OLD.kind <> NEW.kind OR OLD.amount_minor <> NEW.amount_minor
  OR OLD.currency <> NEW.currency OR OLD.received_s <> NEW.received_s
  OR OLD.created_s <> NEW.created_s OR NEW.note NOT IN (OLD.note, '')
  OR (NEW.account_id IS NOT NULL AND NEW.account_id IS DISTINCT FROM OLD.account_id))
EXECUTE FUNCTION kalends_refuse('payments are never changed');
CREATE TRIGGER payments_kept BEFORE DELETE ON payments
FOR EACH ROW EXECUTE FUNCTION kalends_refuse('payments are never changed');

-- Packages. What is used is a number that a trigger counts.
CREATE FUNCTION sold_packages_begin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM kalends_refuse_if(NEW.used <> 0, 'a package is sold unused, and once');
  RETURN NEW;
END $$;
CREATE TRIGGER sold_packages_begin BEFORE INSERT ON sold_packages
FOR EACH ROW EXECUTE FUNCTION sold_packages_begin();
CREATE FUNCTION sold_packages_counted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE uses numeric;
BEGIN
  PERFORM kalends_refuse_if(
    OLD.provider_id <> NEW.provider_id OR OLD.id <> NEW.id OR OLD.customer_id <> NEW.customer_id
    OR OLD.package_id <> NEW.package_id OR OLD.display_name <> NEW.display_name
    OR OLD.visits <> NEW.visits OR OLD.price_minor <> NEW.price_minor
    OR OLD.price_currency <> NEW.price_currency OR OLD.sold_s <> NEW.sold_s
    OR OLD.expires_s IS DISTINCT FROM NEW.expires_s, 'what was sold is never changed');
  SELECT coalesce(sum(CASE kind WHEN 'USED' THEN 1 ELSE -1 END), 0) INTO uses
  FROM package_uses WHERE provider_id = NEW.provider_id AND sold_package_id = NEW.id;
  PERFORM kalends_refuse_if(NEW.used <> uses, 'what is used is the sum of the uses');
  RETURN NEW;
END $$;
CREATE TRIGGER sold_packages_counted BEFORE UPDATE ON sold_packages
FOR EACH ROW EXECUTE FUNCTION sold_packages_counted();
CREATE FUNCTION sold_packages_cancelled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM kalends_refuse_if(
    OLD.cancelled_s IS NOT NULL AND OLD.cancelled_s IS DISTINCT FROM NEW.cancelled_s,
    'a sale is taken back once');
  PERFORM kalends_refuse_if(NEW.cancelled_s IS NOT NULL AND NEW.used <> 0,
                            'what was used stays sold');
  RETURN NEW;
END $$;
CREATE TRIGGER sold_packages_cancelled BEFORE UPDATE OF cancelled_s ON sold_packages
FOR EACH ROW EXECUTE FUNCTION sold_packages_cancelled();
CREATE TRIGGER sold_packages_kept BEFORE DELETE ON sold_packages
FOR EACH ROW EXECUTE FUNCTION kalends_refuse('what was sold is never changed');
CREATE TRIGGER sold_package_services_fixed BEFORE UPDATE ON sold_package_services
FOR EACH ROW EXECUTE FUNCTION kalends_refuse('what was sold is never changed');
CREATE TRIGGER sold_package_services_kept BEFORE DELETE ON sold_package_services
FOR EACH ROW EXECUTE FUNCTION kalends_refuse('what was sold is never changed');

CREATE FUNCTION package_uses_fit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Uses of a package meet at its row.
  PERFORM 1 FROM sold_packages WHERE provider_id = NEW.provider_id AND id = NEW.sold_package_id
  FOR UPDATE;
  PERFORM kalends_refuse_if(NEW.kind = 'USED' AND NOT EXISTS (
    SELECT 1 FROM sold_packages AS sold, appointments AS visit, sold_package_services AS covered
    WHERE sold.provider_id = NEW.provider_id AND sold.id = NEW.sold_package_id
      AND visit.id = NEW.appointment_id AND visit.provider_id = sold.provider_id
      AND visit.customer_id = sold.customer_id
      AND (sold.expires_s IS NULL OR visit.start_s < sold.expires_s)
      AND covered.provider_id = sold.provider_id AND covered.sold_package_id = sold.id
      AND covered.service_id = visit.service_id), 'the package does not pay for this appointment');
  PERFORM kalends_refuse_if(NEW.kind = 'GIVEN_BACK' AND NOT EXISTS (
    SELECT 1 FROM package_uses WHERE appointment_id = NEW.appointment_id AND kind = 'USED'
      AND provider_id = NEW.provider_id AND sold_package_id = NEW.sold_package_id),
    'nothing was taken that could be given back');
  RETURN NEW;
END $$;
CREATE TRIGGER package_uses_fit BEFORE INSERT ON package_uses
FOR EACH ROW EXECUTE FUNCTION package_uses_fit();
CREATE FUNCTION package_uses_of_sales() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM kalends_refuse_if(EXISTS (
    SELECT 1 FROM sold_packages WHERE provider_id = NEW.provider_id AND id = NEW.sold_package_id
      AND cancelled_s IS NOT NULL), 'the sale was taken back');
  RETURN NEW;
END $$;
CREATE TRIGGER package_uses_of_sales BEFORE INSERT ON package_uses
FOR EACH ROW WHEN (NEW.kind = 'USED') EXECUTE FUNCTION package_uses_of_sales();
CREATE FUNCTION package_uses_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE sold_packages SET used = used + CASE NEW.kind WHEN 'USED' THEN 1 ELSE -1 END
  WHERE provider_id = NEW.provider_id AND id = NEW.sold_package_id;
  RETURN NULL;
END $$;
CREATE TRIGGER package_uses_count AFTER INSERT ON package_uses
FOR EACH ROW EXECUTE FUNCTION package_uses_count();
CREATE TRIGGER package_uses_append_only BEFORE UPDATE ON package_uses
FOR EACH ROW EXECUTE FUNCTION kalends_refuse('uses of packages are never changed');
CREATE TRIGGER package_uses_kept BEFORE DELETE ON package_uses
FOR EACH ROW EXECUTE FUNCTION kalends_refuse('uses of packages are never changed');

CREATE FUNCTION package_payments_fit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE balance numeric;
BEGIN
  PERFORM 1 FROM sold_packages WHERE provider_id = NEW.provider_id AND id = NEW.sold_package_id
    AND price_currency IN ('', NEW.currency) FOR UPDATE;
  PERFORM kalends_refuse_if(NOT FOUND, 'no such package in this currency');
  PERFORM kalends_refuse_if(EXISTS (
    SELECT 1 FROM package_payments WHERE provider_id = NEW.provider_id
      AND sold_package_id = NEW.sold_package_id AND currency <> NEW.currency),
    'a package is paid in one currency');
  SELECT coalesce(sum(CASE kind WHEN 'PAYMENT' THEN amount_minor ELSE -amount_minor END), 0)
  INTO balance FROM package_payments
  WHERE provider_id = NEW.provider_id AND sold_package_id = NEW.sold_package_id;
  PERFORM kalends_refuse_if(NEW.kind = 'REFUND' AND NEW.amount_minor > balance,
                            'more is refunded than was paid');
  RETURN NEW;
END $$;
CREATE TRIGGER package_payments_fit BEFORE INSERT ON package_payments
FOR EACH ROW EXECUTE FUNCTION package_payments_fit();
CREATE TRIGGER package_payments_append_only BEFORE UPDATE ON package_payments
FOR EACH ROW WHEN (
  OLD.provider_id <> NEW.provider_id OR OLD.sold_package_id <> NEW.sold_package_id
  OR OLD.id <> NEW.id OR OLD.kind <> NEW.kind OR OLD.amount_minor <> NEW.amount_minor
  OR OLD.currency <> NEW.currency OR OLD.received_s <> NEW.received_s
  OR OLD.created_s <> NEW.created_s OR NEW.note NOT IN (OLD.note, '')
  OR (NEW.account_id IS NOT NULL AND NEW.account_id IS DISTINCT FROM OLD.account_id))
EXECUTE FUNCTION kalends_refuse('payments are never changed');
CREATE TRIGGER package_payments_kept BEFORE DELETE ON package_payments
FOR EACH ROW EXECUTE FUNCTION kalends_refuse('payments are never changed');

-- TRUNCATE asks no trigger of rows.
DO $$
DECLARE kept record;
BEGIN
  FOR kept IN SELECT DISTINCT event_object_table AS name FROM information_schema.triggers
    WHERE trigger_schema = current_schema() AND event_manipulation = 'DELETE'
  LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT '
                   'EXECUTE FUNCTION kalends_refuse(%L)',
                   kept.name || '_not_emptied', kept.name, 'what is kept is not emptied');
  END LOOP;
END $$;
