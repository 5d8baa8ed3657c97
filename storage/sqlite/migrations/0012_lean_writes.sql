-- The same constraints and lists, for less work with each booking.

-- First answers in the order in which they were given: the new ones fill one page after the other.
-- By the second, the scope and the id, as it was, those of one second lay all over its pages.
CREATE TABLE appended_requests (
  number     INTEGER PRIMARY KEY,  -- Rises.
  created_s  INTEGER NOT NULL,
  scope      TEXT NOT NULL,
  request_id TEXT NOT NULL,
  digest     BLOB NOT NULL,
  response   BLOB NOT NULL,
  UNIQUE (scope, request_id)
) STRICT;
INSERT INTO appended_requests (created_s, scope, request_id, digest, response)
SELECT created_s, scope, request_id, digest, response FROM requests
ORDER BY created_s, scope, request_id;
DROP TABLE requests;
ALTER TABLE appended_requests RENAME TO requests;
CREATE INDEX requests_by_age ON requests (created_s);

-- One index of a recipient's lines, reminders (which have no number) among them, in place of two.
DROP INDEX notifications_by_recipient;
DROP INDEX notifications_in_order;
CREATE UNIQUE INDEX notifications_in_order ON notifications (recipient_id, number);

-- With the end, so that the overlap triggers need no rows of holds that only come near.
DROP INDEX appointments_holding;
CREATE INDEX appointments_holding ON appointments (specialist_id, hold_start_s, hold_end_s)
  WHERE status IN ('PENDING', 'ACCEPTED');

-- For a list of three or more SQLite builds a table in memory, each time that a row is checked.
-- Comparisons say the same.
DROP TRIGGER appointments_status;
CREATE TRIGGER appointments_status BEFORE UPDATE OF status ON appointments
WHEN OLD.status <> NEW.status AND NOT CASE OLD.status
  WHEN 'PENDING' THEN
    NEW.status = 'ACCEPTED' OR NEW.status = 'REJECTED' OR NEW.status = 'CANCELLED'
  WHEN 'ACCEPTED' THEN
    NEW.status = 'COMPLETED' OR NEW.status = 'MISSED' OR NEW.status = 'CANCELLED'
  WHEN 'COMPLETED' THEN NEW.status = 'MISSED'
  WHEN 'MISSED' THEN NEW.status = 'COMPLETED'
  ELSE 0 END
BEGIN
  SELECT RAISE(ABORT, 'status change not allowed');
END;

-- The texts of CHECKs change as SQLite's manual says for what does not concern the rows
-- (lang_altertable, section 8): no row is copied, none of these tables' indexes is built anew.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql,
  'status IN (''PENDING'', ''ACCEPTED'', ''REJECTED'', ''COMPLETED'',
                                                 ''CANCELLED'', ''MISSED'')',
  'status = ''PENDING'' OR status = ''ACCEPTED'' OR status = ''REJECTED''
    OR status = ''COMPLETED'' OR status = ''CANCELLED'' OR status = ''MISSED''')
WHERE type = 'table' AND name = 'appointments';
UPDATE sqlite_schema SET sql = replace(replace(replace(sql,
  'from_status IN (''PENDING'', ''ACCEPTED'', ''REJECTED'', ''COMPLETED'',
                                             ''CANCELLED'', ''MISSED'')',
  'from_status = ''PENDING'' OR from_status = ''ACCEPTED'' OR from_status = ''REJECTED''
    OR from_status = ''COMPLETED'' OR from_status = ''CANCELLED'' OR from_status = ''MISSED'''),
  'to_status IN (''PENDING'', ''ACCEPTED'', ''REJECTED'', ''COMPLETED'',
                                                    ''CANCELLED'', ''MISSED'')',
  'to_status = ''PENDING'' OR to_status = ''ACCEPTED'' OR to_status = ''REJECTED''
    OR to_status = ''COMPLETED'' OR to_status = ''CANCELLED'' OR to_status = ''MISSED'''),
  'actor IN (''CUSTOMER'', ''PROVIDER'', ''SYSTEM'')',
  'actor = ''CUSTOMER'' OR actor = ''PROVIDER'' OR actor = ''SYSTEM''')
WHERE type = 'table' AND name = 'status_changes';
PRAGMA writable_schema = RESET;
