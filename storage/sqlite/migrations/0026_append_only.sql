-- Whose words a first answer may hold, beside those of who asked: it is erased with each of them, and
-- the mark stays that what was asked is done. Answers of before go by themselves within a week.
CREATE TABLE request_people (
  number     INTEGER NOT NULL REFERENCES requests (number) ON DELETE CASCADE,
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  PRIMARY KEY (number, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX request_people_by_account ON request_people (account_id);

-- REPLACE deletes without a word: triggers of deletion are not asked, and those of an update neither.
-- So no row of what is kept takes the place of another one. (payments, package_payments, package_uses,
-- sold_packages and watermarks say so already.)
CREATE TRIGGER appointments_once BEFORE INSERT ON appointments
BEGIN
  SELECT RAISE(ABORT, 'the appointment is there already') WHERE EXISTS (
    SELECT 1 FROM appointments WHERE id = NEW.id);
END;
CREATE TRIGGER status_changes_once BEFORE INSERT ON status_changes
BEGIN
  SELECT RAISE(ABORT, 'the status history is never changed') WHERE EXISTS (
    SELECT 1 FROM status_changes
    WHERE appointment_id = NEW.appointment_id AND position = NEW.position);
END;
CREATE TRIGGER documents_once BEFORE INSERT ON documents
BEGIN
  SELECT RAISE(ABORT, 'a document only changes by being deleted') WHERE EXISTS (
    SELECT 1 FROM documents WHERE provider_id = NEW.provider_id
      AND customer_id = NEW.customer_id AND id = NEW.id);
END;
CREATE TRIGGER consent_versions_once BEFORE INSERT ON consent_versions
BEGIN
  SELECT RAISE(ABORT, 'a published version is never changed') WHERE EXISTS (
    SELECT 1 FROM consent_versions WHERE provider_id = NEW.provider_id
      AND document_id = NEW.document_id AND number = NEW.number);
END;
CREATE TRIGGER consent_records_once BEFORE INSERT ON consent_records
BEGIN
  SELECT RAISE(ABORT, 'the record of consents is never changed') WHERE EXISTS (
    SELECT 1 FROM consent_records WHERE provider_id = NEW.provider_id AND id = NEW.id);
END;
CREATE TRIGGER messages_once BEFORE INSERT ON messages
BEGIN
  SELECT RAISE(ABORT, 'messages are never changed') WHERE EXISTS (
    SELECT 1 FROM messages WHERE provider_id = NEW.provider_id
      AND customer_id = NEW.customer_id AND number = NEW.number);
END;
CREATE TRIGGER message_versions_once BEFORE INSERT ON message_versions
BEGIN
  SELECT RAISE(ABORT, 'what a message said is never changed') WHERE EXISTS (
    SELECT 1 FROM message_versions WHERE provider_id = NEW.provider_id
      AND customer_id = NEW.customer_id AND number = NEW.number AND version = NEW.version);
END;
CREATE TRIGGER ticket_messages_once BEFORE INSERT ON ticket_messages
BEGIN
  SELECT RAISE(ABORT, 'messages are never changed') WHERE EXISTS (
    SELECT 1 FROM ticket_messages WHERE ticket_id = NEW.ticket_id AND number = NEW.number);
END;
CREATE TRIGGER ticket_message_versions_once BEFORE INSERT ON ticket_message_versions
BEGIN
  SELECT RAISE(ABORT, 'what a message said is never changed') WHERE EXISTS (
    SELECT 1 FROM ticket_message_versions
    WHERE ticket_id = NEW.ticket_id AND number = NEW.number AND version = NEW.version);
END;
CREATE TRIGGER sold_package_services_once BEFORE INSERT ON sold_package_services
BEGIN
  SELECT RAISE(ABORT, 'what was sold is never changed') WHERE EXISTS (
    SELECT 1 FROM sold_package_services WHERE provider_id = NEW.provider_id
      AND sold_package_id = NEW.sold_package_id AND service_id = NEW.service_id);
END;
CREATE TRIGGER sold_package_services_fixed BEFORE UPDATE ON sold_package_services
BEGIN
  SELECT RAISE(ABORT, 'what was sold is never changed');
END;
CREATE TRIGGER api_keys_once BEFORE INSERT ON api_keys
BEGIN
  SELECT RAISE(ABORT, 'the key is there already') WHERE EXISTS (
    SELECT 1 FROM api_keys WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM api_keys WHERE hash = NEW.hash);
END;
CREATE TRIGGER audit_lines_once BEFORE INSERT ON audit_lines
BEGIN
  SELECT RAISE(ABORT, 'an audit line is never changed') WHERE EXISTS (
    SELECT 1 FROM audit_lines WHERE number = NEW.number);
END;
