-- This and 0031 together are what migrations 0001 to 0031 of SQLite have led to, in PostgreSQL's words:
-- here the tables, there the rest of what the database enforces. From 0032 on a migration has the same
-- number in both. Instants are Unix seconds in UTC (`_s`), lengths are minutes (`_min`), dates are days
-- since 1970-01-01 (`_d`). Texts are compared by their bytes, as SQLite does.

CREATE TABLE accounts (
  id BIGINT PRIMARY KEY,
  display_name TEXT COLLATE "C" NOT NULL CHECK (display_name <> ''),
  language TEXT COLLATE "C" NOT NULL CHECK (language IN ('de', 'en', 'fr', 'ru', 'uk', 'es')),
  time_zone TEXT COLLATE "C" NOT NULL,  -- Empty: not set.
  created_s BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1 CHECK (version > 0),
  erased_s BIGINT
);

CREATE TABLE identities (
  channel TEXT COLLATE "C" NOT NULL,
  address TEXT COLLATE "C" NOT NULL,
  account_id BIGINT NOT NULL REFERENCES accounts (id),
  reachable BIGINT NOT NULL DEFAULT 1 CHECK (reachable IN (0, 1)),
  PRIMARY KEY (channel, address),
  CHECK (channel <> '' AND address <> '')
);
CREATE INDEX identities_by_account ON identities (account_id);

CREATE TABLE providers (
  id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL UNIQUE REFERENCES accounts (id),  -- One kind per account.
  kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('SPECIALIST', 'ORGANIZATION')),
  display_name TEXT COLLATE "C" NOT NULL CHECK (display_name <> ''),
  default_duration_min BIGINT NOT NULL CHECK (default_duration_min BETWEEN 5 AND 1440),
  reminders_min TEXT COLLATE "C" NOT NULL,  -- Minutes before, comma-separated.
  created_s BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1 CHECK (version > 0),
  erased_s BIGINT,
  currency TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (currency = '' OR (length(currency) = 3 AND currency !~ '[^A-Z]')),
  asks_before_moving BIGINT NOT NULL DEFAULT 0 CHECK (asks_before_moving IN (0, 1)),
  reminder_text TEXT COLLATE "C" NOT NULL DEFAULT ''
);

CREATE TABLE staff (
  organization_id BIGINT NOT NULL REFERENCES providers (id),
  specialist_id BIGINT NOT NULL REFERENCES providers (id),
  created_s BIGINT NOT NULL,
  ended_s BIGINT,
  PRIMARY KEY (organization_id, specialist_id),
  CHECK (organization_id <> specialist_id)
);
CREATE INDEX staff_by_specialist ON staff (specialist_id);

CREATE TABLE links (
  provider_id BIGINT NOT NULL REFERENCES providers (id),
  customer_id BIGINT NOT NULL REFERENCES accounts (id),
  created_s BIGINT NOT NULL,
  removed_s BIGINT,
  blocked_s BIGINT,
  PRIMARY KEY (provider_id, customer_id)
);
CREATE INDEX links_by_customer ON links (customer_id);

CREATE TABLE invitations (
  provider_id BIGINT NOT NULL REFERENCES providers (id),
  id BIGINT NOT NULL,
  kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('CUSTOMER', 'STAFF')),
  code_hash TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(code_hash) = 22),
  label TEXT COLLATE "C" NOT NULL,
  expires_s BIGINT,
  max_uses BIGINT NOT NULL CHECK (max_uses >= 0),  -- 0: any number.
  uses BIGINT NOT NULL DEFAULT 0 CHECK (uses >= 0 AND (max_uses = 0 OR uses <= max_uses)),
  revoked_s BIGINT,
  created_s BIGINT NOT NULL,
  sealed_code TEXT COLLATE "C" NOT NULL DEFAULT '',
  PRIMARY KEY (provider_id, id)
);

CREATE TABLE services (
  provider_id BIGINT NOT NULL REFERENCES providers (id),
  id BIGINT NOT NULL,
  display_name TEXT COLLATE "C" NOT NULL CHECK (display_name <> ''),
  description TEXT COLLATE "C" NOT NULL,
  duration_min BIGINT NOT NULL CHECK (duration_min BETWEEN 5 AND 1440),
  buffer_before_min BIGINT NOT NULL CHECK (buffer_before_min BETWEEN 0 AND 720),
  buffer_after_min BIGINT NOT NULL CHECK (buffer_after_min BETWEEN 0 AND 720),
  step_min BIGINT NOT NULL CHECK (step_min BETWEEN 5 AND 1440),
  minimum_notice_min BIGINT NOT NULL CHECK (minimum_notice_min >= 0),
  horizon_min BIGINT NOT NULL CHECK (horizon_min > 0),
  cancellation_deadline_min BIGINT NOT NULL CHECK (cancellation_deadline_min >= 0),
  capacity BIGINT NOT NULL CHECK (capacity BETWEEN 1 AND 500),
  price_minor BIGINT NOT NULL CHECK (price_minor >= 0),
  price_currency TEXT COLLATE "C" NOT NULL CHECK (price_currency = '' OR length(price_currency) = 3),
  payment_link TEXT COLLATE "C" NOT NULL,
  place TEXT COLLATE "C" NOT NULL,
  auto_accept BIGINT NOT NULL CHECK (auto_accept IN (0, 1)),
  position BIGINT NOT NULL,
  archived BIGINT NOT NULL CHECK (archived IN (0, 1)),
  version BIGINT NOT NULL DEFAULT 1 CHECK (version > 0),
  PRIMARY KEY (provider_id, id)
);
CREATE INDEX services_by_position ON services (provider_id, position, id);

CREATE TABLE service_translations (
  provider_id BIGINT NOT NULL,
  service_id BIGINT NOT NULL,
  language TEXT COLLATE "C" NOT NULL CHECK (language IN ('de', 'en', 'fr', 'ru', 'uk', 'es')),
  display_name TEXT COLLATE "C" NOT NULL,
  description TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (provider_id, service_id, language),
  FOREIGN KEY (provider_id, service_id) REFERENCES services (provider_id, id)
);

CREATE TABLE service_specialists (
  provider_id BIGINT NOT NULL,
  service_id BIGINT NOT NULL,
  specialist_id BIGINT NOT NULL REFERENCES providers (id),
  PRIMARY KEY (provider_id, service_id, specialist_id),
  FOREIGN KEY (provider_id, service_id) REFERENCES services (provider_id, id)
);

CREATE TABLE schedules (
  provider_id BIGINT PRIMARY KEY REFERENCES providers (id),
  time_zone TEXT COLLATE "C" NOT NULL CHECK (time_zone <> ''),
  week_a_monday_d BIGINT NOT NULL,
  daily_cap BIGINT CHECK (daily_cap > 0),
  version BIGINT NOT NULL DEFAULT 1 CHECK (version > 0)
);

CREATE TABLE weekly_hours (
  provider_id BIGINT NOT NULL REFERENCES schedules (provider_id),
  position BIGINT NOT NULL,
  weekday BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),  -- ISO: 1 is Monday.
  start_min BIGINT NOT NULL CHECK (start_min BETWEEN 0 AND 1439),
  end_min BIGINT NOT NULL CHECK (end_min BETWEEN 0 AND 1440),
  parity TEXT COLLATE "C" NOT NULL CHECK (parity IN ('EVERY', 'A', 'B')),
  PRIMARY KEY (provider_id, position)
);

CREATE TABLE special_dates (
  provider_id BIGINT NOT NULL REFERENCES schedules (provider_id),
  date_d BIGINT NOT NULL,
  repeats_yearly BIGINT NOT NULL CHECK (repeats_yearly IN (0, 1)),
  label TEXT COLLATE "C" NOT NULL,
  imported BIGINT NOT NULL DEFAULT 0 CHECK (imported IN (0, 1)),
  PRIMARY KEY (provider_id, date_d)
);

CREATE TABLE special_hours (
  provider_id BIGINT NOT NULL,
  date_d BIGINT NOT NULL,
  position BIGINT NOT NULL,
  start_min BIGINT NOT NULL CHECK (start_min BETWEEN 0 AND 1439),
  end_min BIGINT NOT NULL CHECK (end_min BETWEEN 0 AND 1440),
  PRIMARY KEY (provider_id, date_d, position),
  FOREIGN KEY (provider_id, date_d) REFERENCES special_dates (provider_id, date_d)
);

CREATE TABLE closures (
  provider_id BIGINT NOT NULL REFERENCES schedules (provider_id),
  id BIGINT NOT NULL,
  start_s BIGINT NOT NULL,
  end_s BIGINT NOT NULL CHECK (end_s > start_s),
  label TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (provider_id, id)
);
CREATE INDEX closures_by_end ON closures (provider_id, end_s);

CREATE TABLE openings (
  provider_id BIGINT NOT NULL REFERENCES schedules (provider_id),
  id BIGINT NOT NULL,
  start_s BIGINT NOT NULL,
  end_s BIGINT NOT NULL CHECK (end_s > start_s),
  PRIMARY KEY (provider_id, id)
);
CREATE INDEX openings_by_end ON openings (provider_id, end_s);

CREATE TABLE calendars (
  specialist_id BIGINT PRIMARY KEY REFERENCES providers (id),
  version BIGINT NOT NULL DEFAULT 1 CHECK (version > 0)
);

CREATE TABLE appointments (
  id BIGINT PRIMARY KEY,
  provider_id BIGINT NOT NULL REFERENCES providers (id),
  specialist_id BIGINT NOT NULL REFERENCES calendars (specialist_id),
  customer_id BIGINT NOT NULL REFERENCES accounts (id),
  service_id BIGINT,  -- NULL: not sure which service.
  service_name TEXT COLLATE "C" NOT NULL,
  start_s BIGINT NOT NULL,
  end_s BIGINT NOT NULL CHECK (end_s > start_s),
  hold_start_s BIGINT NOT NULL CHECK (hold_start_s <= start_s),
  hold_end_s BIGINT NOT NULL CHECK (hold_end_s >= end_s),
  status TEXT COLLATE "C" NOT NULL CHECK (status = 'PENDING' OR status = 'ACCEPTED' OR status = 'REJECTED' OR status = 'COMPLETED' OR status = 'CANCELLED' OR status = 'MISSED'),
  capacity BIGINT NOT NULL CHECK (capacity BETWEEN 1 AND 500),
  price_minor BIGINT NOT NULL CHECK (price_minor >= 0),
  price_currency TEXT COLLATE "C" NOT NULL CHECK (price_currency = '' OR length(price_currency) = 3),
  place TEXT COLLATE "C" NOT NULL,
  proposals_s TEXT COLLATE "C" NOT NULL DEFAULT '',  -- Offered starts, comma-separated.
  created_s BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1 CHECK (version > 0),
  note BYTEA NOT NULL DEFAULT '',
  agreed_wall_s BIGINT,
  agreed_zone TEXT COLLATE "C",
  agreed_offset_s BIGINT,
  agreed_rules TEXT COLLATE "C",
  lost_to_wall_s BIGINT CHECK ((agreed_zone IS NULL) = (agreed_wall_s IS NULL) AND (agreed_offset_s IS NULL) = (agreed_wall_s IS NULL) AND (agreed_rules IS NULL) = (agreed_wall_s IS NULL) AND (lost_to_wall_s IS NULL OR lost_to_wall_s <> agreed_wall_s)),
  reminded_s BIGINT,
  CHECK (end_s - start_s <= 86400),  -- Lists of what is to come look so far back;
  CHECK (hold_end_s - hold_start_s <= 172800),  -- the overlap triggers so far.
  FOREIGN KEY (provider_id, service_id) REFERENCES services (provider_id, id)
);
CREATE INDEX appointments_by_provider ON appointments (provider_id, start_s);
CREATE INDEX appointments_by_customer ON appointments (customer_id, start_s);
CREATE INDEX appointments_by_specialist ON appointments (specialist_id, start_s)
  WHERE specialist_id <> provider_id;
CREATE INDEX appointments_unanswered ON appointments (start_s) WHERE status = 'PENDING';
CREATE INDEX appointments_unmarked ON appointments (end_s) WHERE status = 'ACCEPTED';
CREATE INDEX appointments_by_customer_made ON appointments (customer_id, created_s);
CREATE INDEX appointments_pending_by_provider ON appointments (provider_id, id)
  WHERE status = 'PENDING';
CREATE INDEX appointments_pending_by_customer ON appointments (customer_id, id)
  WHERE status = 'PENDING';
CREATE INDEX appointments_pending_by_specialist ON appointments (specialist_id, id)
  WHERE status = 'PENDING' AND specialist_id <> provider_id;
CREATE INDEX appointments_holding ON appointments (specialist_id, hold_start_s, hold_end_s)
  WHERE status IN ('PENDING', 'ACCEPTED');
CREATE INDEX appointments_unagreed ON appointments (id)
  WHERE agreed_wall_s IS NULL AND status IN ('PENDING', 'ACCEPTED');
CREATE INDEX appointments_by_provider_made ON appointments (provider_id, created_s);

CREATE TABLE sessions (
  name TEXT COLLATE "C" PRIMARY KEY,
  data BYTEA NOT NULL,
  version BIGINT NOT NULL,
  written_s BIGINT NOT NULL
);
CREATE INDEX sessions_by_age ON sessions (written_s);

CREATE TABLE api_keys (
  id BIGINT PRIMARY KEY,
  hash BYTEA NOT NULL UNIQUE,
  label TEXT COLLATE "C" NOT NULL,
  scopes TEXT COLLATE "C" NOT NULL CHECK (scopes <> ''),
  created_s BIGINT NOT NULL,
  revoked_s BIGINT,
  expires_s BIGINT CHECK (expires_s > created_s),
  last_used_s BIGINT,
  calls_per_second_max BIGINT NOT NULL DEFAULT 0 CHECK (calls_per_second_max >= 0),
  streams_max BIGINT NOT NULL DEFAULT 0 CHECK (streams_max >= 0)
);
CREATE INDEX api_keys_by_revocation ON api_keys (revoked_s, id);

CREATE TABLE master_keys (
  id BYTEA PRIMARY KEY CHECK (length(id) = 8),
  created_s BIGINT NOT NULL
);

CREATE TABLE blobs (
  provider_id BIGINT NOT NULL REFERENCES providers (id),
  id TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(id) = 32),
  size_bytes BIGINT NOT NULL CHECK (size_bytes > 0),
  wrapped_key BYTEA NOT NULL,
  master_key_id BYTEA NOT NULL REFERENCES master_keys (id),
  PRIMARY KEY (provider_id, id)
);
CREATE INDEX blobs_by_master_key ON blobs (master_key_id);

CREATE TABLE documents (
  provider_id BIGINT NOT NULL REFERENCES providers (id),
  customer_id BIGINT NOT NULL REFERENCES accounts (id),
  id BIGINT NOT NULL,
  uploader TEXT COLLATE "C" NOT NULL CHECK (uploader IN ('CUSTOMER', 'PROVIDER')),
  file_name BYTEA NOT NULL,  -- Sealed; empty once deleted.
  content_type TEXT COLLATE "C" NOT NULL,
  size_bytes BIGINT NOT NULL CHECK (size_bytes BETWEEN 1 AND 52428800),
  blob_id TEXT COLLATE "C" REFERENCES blobs (id),
  created_s BIGINT NOT NULL,
  deleted_s BIGINT,
  PRIMARY KEY (provider_id, customer_id, id),
  CHECK ((blob_id IS NULL) = (deleted_s IS NOT NULL)),
  CHECK ((length(file_name) = 0) = (deleted_s IS NOT NULL))
);
CREATE INDEX documents_shared ON documents (provider_id, customer_id, id, size_bytes)
  WHERE deleted_s IS NULL;
CREATE INDEX documents_by_blob ON documents (blob_id) WHERE blob_id IS NOT NULL;
CREATE INDEX documents_deleted ON documents (provider_id, customer_id, id)
  WHERE deleted_s IS NOT NULL;
CREATE INDEX documents_deleted_by_customer ON documents (customer_id, provider_id, id)
  WHERE deleted_s IS NOT NULL;

CREATE TABLE consent_documents (
  provider_id BIGINT NOT NULL REFERENCES providers (id),
  id BIGINT NOT NULL,
  display_name TEXT COLLATE "C" NOT NULL CHECK (display_name <> ''),
  needs_consent BIGINT NOT NULL CHECK (needs_consent IN (0, 1)),
  blocks_booking BIGINT NOT NULL CHECK (blocks_booking IN (0, 1)),
  archived BIGINT NOT NULL CHECK (archived IN (0, 1)),
  current_number BIGINT NOT NULL CHECK (current_number > 0),  -- Of consent_versions.
  created_s BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1 CHECK (version > 0),
  reminded_s BIGINT,
  PRIMARY KEY (provider_id, id),
  CHECK (blocks_booking = 0 OR needs_consent = 1)
);
CREATE INDEX consent_documents_blocking ON consent_documents (provider_id, id)
  WHERE blocks_booking = 1 AND archived = 0;
CREATE INDEX consent_documents_shown ON consent_documents (provider_id, id) WHERE archived = 0;

CREATE TABLE consent_versions (
  provider_id BIGINT NOT NULL,
  document_id BIGINT NOT NULL,
  number BIGINT NOT NULL CHECK (number > 0),
  sha256 BYTEA NOT NULL CHECK (length(sha256) = 32),
  file_name TEXT COLLATE "C" NOT NULL CHECK (file_name <> ''),
  content_type TEXT COLLATE "C" NOT NULL,
  size_bytes BIGINT NOT NULL CHECK (size_bytes BETWEEN 1 AND 52428800),
  blob_id TEXT COLLATE "C" REFERENCES blobs (id),  -- NULL: its provider was erased.
  created_s BIGINT NOT NULL,
  PRIMARY KEY (provider_id, document_id, number),
  FOREIGN KEY (provider_id, document_id) REFERENCES consent_documents (provider_id, id)
);
CREATE INDEX consent_versions_by_blob ON consent_versions (blob_id) WHERE blob_id IS NOT NULL;
CREATE INDEX consent_versions_by_size ON consent_versions (provider_id, size_bytes);

CREATE TABLE consent_records (
  provider_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL REFERENCES accounts (id),
  document_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  decision TEXT COLLATE "C" NOT NULL CHECK (decision IN ('GIVEN', 'WITHDRAWN')),
  when_s BIGINT NOT NULL,
  channel TEXT COLLATE "C" NOT NULL CHECK (channel <> ''),
  PRIMARY KEY (provider_id, id),
  FOREIGN KEY (provider_id, document_id, number) REFERENCES consent_versions (provider_id, document_id, number)
);
CREATE INDEX consent_records_by_customer
  ON consent_records (provider_id, customer_id, document_id, id);
CREATE INDEX consent_records_by_document ON consent_records (provider_id, document_id, id);
CREATE INDEX consent_records_of_customer ON consent_records (customer_id, provider_id, id);

CREATE TABLE download_links (
  provider_id BIGINT NOT NULL REFERENCES providers (id),
  token_hash BYTEA NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  requester_id BIGINT NOT NULL REFERENCES accounts (id),
  customer_id BIGINT,
  document_id BIGINT,
  consent_document_id BIGINT,
  consent_number BIGINT,
  expires_s BIGINT NOT NULL,
  PRIMARY KEY (provider_id, token_hash),
  FOREIGN KEY (provider_id, customer_id, document_id) REFERENCES documents (provider_id, customer_id, id),
  FOREIGN KEY (provider_id, consent_document_id, consent_number) REFERENCES consent_versions (provider_id, document_id, number),
  CHECK ((document_id IS NULL) = (customer_id IS NULL)),
  CHECK ((consent_document_id IS NULL) = (consent_number IS NULL)),
  CHECK ((document_id IS NULL) <> (consent_document_id IS NULL))
);
CREATE INDEX download_links_by_end ON download_links (expires_s);
CREATE INDEX download_links_by_requester ON download_links (requester_id, expires_s);

CREATE TABLE payments (
  provider_id BIGINT NOT NULL REFERENCES providers (id),
  appointment_id BIGINT NOT NULL REFERENCES appointments (id),
  id BIGINT NOT NULL,
  kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('PAYMENT', 'REFUND')),
  amount_minor BIGINT NOT NULL CHECK (amount_minor BETWEEN 1 AND 1000000000000),
  currency TEXT COLLATE "C" NOT NULL CHECK (length(currency) = 3),
  note TEXT COLLATE "C" NOT NULL,
  received_s BIGINT NOT NULL,
  created_s BIGINT NOT NULL,
  account_id BIGINT REFERENCES accounts (id),  -- Who recorded it; NULL: a tool.
  PRIMARY KEY (provider_id, appointment_id, id)
);
CREATE INDEX payments_by_receipt ON payments (provider_id, received_s);

CREATE TABLE threads (
  provider_id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL,
  last_number BIGINT NOT NULL CHECK (last_number > 0),
  last_message_s BIGINT NOT NULL,
  customer_read BIGINT NOT NULL DEFAULT 0 CHECK (customer_read BETWEEN 0 AND last_number),
  provider_read BIGINT NOT NULL DEFAULT 0 CHECK (provider_read BETWEEN 0 AND last_number),
  activity_id BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (provider_id, customer_id),
  FOREIGN KEY (provider_id, customer_id) REFERENCES links (provider_id, customer_id)
);
CREATE INDEX threads_by_provider ON threads (provider_id, activity_id, customer_id);
CREATE INDEX threads_by_customer ON threads (customer_id, activity_id, provider_id);

CREATE TABLE messages (
  provider_id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL,
  number BIGINT NOT NULL CHECK (number > 0),
  sender TEXT COLLATE "C" NOT NULL CHECK (sender IN ('CUSTOMER', 'PROVIDER')),
  sender_id BIGINT NOT NULL REFERENCES accounts (id),
  content BYTEA NOT NULL,  -- Sealed: text and attachments.
  created_s BIGINT NOT NULL,
  edited_s BIGINT,
  PRIMARY KEY (provider_id, customer_id, number),
  FOREIGN KEY (provider_id, customer_id) REFERENCES threads (provider_id, customer_id)
);
CREATE INDEX messages_by_sender ON messages (sender_id, created_s);

CREATE TABLE support_desks (
  account_id BIGINT PRIMARY KEY REFERENCES accounts (id),
  created_s BIGINT NOT NULL
);

CREATE TABLE tickets (
  id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES accounts (id),
  state TEXT COLLATE "C" NOT NULL CHECK (state IN ('OPEN', 'CLOSED')),
  last_number BIGINT NOT NULL CHECK (last_number >= 0),
  created_s BIGINT NOT NULL,
  updated_s BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1 CHECK (version > 0)
);
CREATE INDEX tickets_by_account ON tickets (account_id);
CREATE INDEX tickets_by_state ON tickets (state);
CREATE INDEX tickets_open ON tickets (account_id) WHERE state = 'OPEN';

CREATE TABLE ticket_messages (
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  number BIGINT NOT NULL CHECK (number > 0),
  author TEXT COLLATE "C" NOT NULL CHECK (author IN ('CUSTOMER', 'TEAM')),
  sender_id BIGINT REFERENCES accounts (id),  -- Of a customer.
  content BYTEA NOT NULL,  -- Sealed: text and attachments.
  created_s BIGINT NOT NULL,
  edited_s BIGINT,
  answered_by BYTEA CHECK (answered_by IS NULL OR author = 'TEAM'),  -- Sealed.
  PRIMARY KEY (ticket_id, number),
  CHECK ((author = 'CUSTOMER') = (sender_id IS NOT NULL))
);
CREATE INDEX ticket_messages_by_sender ON ticket_messages (sender_id, created_s)
  WHERE sender_id IS NOT NULL;

CREATE TABLE ticket_bridges (
  bridge_key TEXT COLLATE "C" PRIMARY KEY CHECK (bridge_key <> ''),
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  created_s BIGINT NOT NULL
);
CREATE INDEX ticket_bridges_by_ticket ON ticket_bridges (ticket_id);

CREATE TABLE profile_slugs (
  provider_id BIGINT NOT NULL REFERENCES providers (id),
  slug TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(slug) BETWEEN 3 AND 60 AND slug !~ '[^a-z0-9-]'),
  PRIMARY KEY (provider_id, slug)
);

CREATE TABLE profiles (
  provider_id BIGINT PRIMARY KEY REFERENCES providers (id),
  slug TEXT COLLATE "C" NOT NULL,
  published BIGINT NOT NULL CHECK (published IN (0, 1)),
  about TEXT COLLATE "C" NOT NULL,
  website TEXT COLLATE "C" NOT NULL,
  email TEXT COLLATE "C" NOT NULL,
  phone TEXT COLLATE "C" NOT NULL,
  address TEXT COLLATE "C" NOT NULL,
  map_link TEXT COLLATE "C" NOT NULL,
  invitation_id BIGINT,  -- NULL: none is shown.
  version BIGINT NOT NULL DEFAULT 1 CHECK (version > 0),
  theme TEXT COLLATE "C" NOT NULL DEFAULT 'FOREST',
  accent TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (accent = '' OR (length(accent) = 7 AND accent ~ '^#')),
  hours_shown BIGINT NOT NULL DEFAULT 0 CHECK (hours_shown IN (0, 1)),
  FOREIGN KEY (provider_id, slug) REFERENCES profile_slugs (provider_id, slug),
  FOREIGN KEY (provider_id, invitation_id) REFERENCES invitations (provider_id, id)
);

CREATE TABLE social_profiles (
  provider_id BIGINT NOT NULL REFERENCES profiles (provider_id),
  position BIGINT NOT NULL,
  label TEXT COLLATE "C" NOT NULL,
  url TEXT COLLATE "C" NOT NULL CHECK (url <> ''),
  PRIMARY KEY (provider_id, position)
);

CREATE TABLE blob_store (
  one BIGINT PRIMARY KEY CHECK (one = 1),
  id TEXT COLLATE "C" NOT NULL CHECK (length(id) = 32)
);

CREATE TABLE watermarks (
  one BIGINT PRIMARY KEY CHECK (one = 1),
  ids_up_to BIGINT NOT NULL CHECK (ids_up_to >= 0),
  written_s BIGINT NOT NULL
);

CREATE TABLE notifications (
  id BIGINT PRIMARY KEY,
  recipient_id BIGINT NOT NULL REFERENCES accounts (id),
  number BIGINT CHECK (number > 0),  -- NULL: a reminder.
  kind TEXT COLLATE "C" NOT NULL,
  due_s BIGINT NOT NULL,  -- Of another kind: when it happened.
  appointment_id BIGINT REFERENCES appointments (id),
  provider_id BIGINT REFERENCES providers (id),
  customer_id BIGINT REFERENCES accounts (id),
  ticket_id BIGINT REFERENCES tickets (id),
  message_number BIGINT,  -- Of a thread or of the ticket.
  status TEXT COLLATE "C" NOT NULL,
  start_s BIGINT NOT NULL,
  reason TEXT COLLATE "C" NOT NULL,
  actor TEXT COLLATE "C" NOT NULL,
  parked BIGINT NOT NULL CHECK (parked IN (0, 1)),
  previous_start_s BIGINT,
  sold_package_id BIGINT,  -- 1: the recipient cannot be reached.
  CHECK ((kind = 'REMINDER') = (number IS NULL))
);
CREATE INDEX notifications_waiting ON notifications (id) WHERE parked = 0 AND number IS NOT NULL;
CREATE INDEX notifications_by_due ON notifications (due_s) WHERE parked = 0 AND number IS NULL;
CREATE INDEX notifications_by_customer ON notifications (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX notifications_by_provider ON notifications (provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX notifications_by_ticket ON notifications (ticket_id) WHERE ticket_id IS NOT NULL;
CREATE INDEX notifications_reminders ON notifications (appointment_id) WHERE kind = 'REMINDER';
CREATE INDEX notifications_reminders_by_start ON notifications (start_s) WHERE kind = 'REMINDER';
CREATE INDEX notifications_reasons ON notifications (appointment_id) WHERE reason <> '';
CREATE UNIQUE INDEX notifications_in_order ON notifications (recipient_id, number);

CREATE TABLE set_aside (
  id BIGINT PRIMARY KEY,  -- Of the notification.
  recipient_id BIGINT NOT NULL REFERENCES accounts (id),
  kind TEXT COLLATE "C" NOT NULL,
  set_aside_s BIGINT NOT NULL
);
CREATE INDEX set_aside_by_recipient ON set_aside (recipient_id);
CREATE INDEX set_aside_by_time ON set_aside (set_aside_s);

CREATE TABLE set_aside_count (
  one BIGINT PRIMARY KEY CHECK (one = 1),
  count BIGINT NOT NULL
);

CREATE TABLE requests (
  number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,  -- Rises.
  created_s BIGINT NOT NULL,
  scope TEXT COLLATE "C" NOT NULL,
  request_id TEXT COLLATE "C" NOT NULL,
  digest BYTEA NOT NULL,
  response BYTEA NOT NULL,
  UNIQUE (scope, request_id)
);
CREATE INDEX requests_by_age ON requests (created_s);

CREATE TABLE cards (
  number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,  -- Rises: the newest last.
  account_id BIGINT NOT NULL REFERENCES accounts (id),  -- Who sees it.
  channel TEXT COLLATE "C" NOT NULL,
  message TEXT COLLATE "C" NOT NULL,  -- The channel's key, opaque here.
  appointment_id BIGINT NOT NULL REFERENCES appointments (id),
  revision BIGINT NOT NULL CHECK (revision > 0),  -- Of the appointment as it is shown.
  forget_s BIGINT NOT NULL,
  UNIQUE (account_id, channel, message)
);
CREATE INDEX cards_by_appointment ON cards (appointment_id, account_id, number);
CREATE INDEX cards_by_age ON cards (forget_s);

CREATE TABLE status_changes (
  appointment_id BIGINT NOT NULL REFERENCES appointments (id),
  position BIGINT NOT NULL,  -- NULL: the request itself.
  from_status TEXT COLLATE "C" CHECK (from_status = 'PENDING' OR from_status = 'ACCEPTED' OR from_status = 'REJECTED' OR from_status = 'COMPLETED' OR from_status = 'CANCELLED' OR from_status = 'MISSED'),
  to_status TEXT COLLATE "C" NOT NULL CHECK (to_status = 'PENDING' OR to_status = 'ACCEPTED' OR to_status = 'REJECTED' OR to_status = 'COMPLETED' OR to_status = 'CANCELLED' OR to_status = 'MISSED'),
  when_s BIGINT NOT NULL,
  actor TEXT COLLATE "C" NOT NULL CHECK (actor = 'CUSTOMER' OR actor = 'PROVIDER' OR actor = 'SYSTEM' OR actor = 'TOOL'),
  account_id BIGINT REFERENCES accounts (id),  -- NULL: the system or a tool.
  key_id BIGINT REFERENCES api_keys (id),  -- Of the tool.
  reason TEXT COLLATE "C" NOT NULL,
  other_id BIGINT,
  previous_start_s BIGINT,
  PRIMARY KEY (appointment_id, position),
  CHECK ((actor = 'TOOL') = (key_id IS NOT NULL))
);

CREATE TABLE message_versions (
  provider_id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0),
  text BYTEA NOT NULL,  -- Sealed.
  replaced_s BIGINT NOT NULL,
  PRIMARY KEY (provider_id, customer_id, number, version),
  FOREIGN KEY (provider_id, customer_id, number) REFERENCES messages (provider_id, customer_id, number)
);

CREATE TABLE ticket_message_versions (
  ticket_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0),
  text BYTEA NOT NULL,  -- Sealed.
  replaced_s BIGINT NOT NULL,
  PRIMARY KEY (ticket_id, number, version),
  FOREIGN KEY (ticket_id, number) REFERENCES ticket_messages (ticket_id, number)
);

CREATE TABLE message_copies (
  provider_id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  account_id BIGINT NOT NULL REFERENCES accounts (id),  -- In whose channel it stands.
  copy_key TEXT COLLATE "C" NOT NULL UNIQUE CHECK (copy_key <> ''),
  PRIMARY KEY (provider_id, customer_id, number, account_id),
  FOREIGN KEY (provider_id, customer_id, number) REFERENCES messages (provider_id, customer_id, number)
);
CREATE INDEX message_copies_by_account ON message_copies (account_id);

CREATE TABLE ticket_message_copies (
  ticket_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  account_id BIGINT NOT NULL,  -- 0: of the team itself.
  copy_key TEXT COLLATE "C" NOT NULL UNIQUE CHECK (copy_key <> ''),
  PRIMARY KEY (ticket_id, number, account_id),
  FOREIGN KEY (ticket_id, number) REFERENCES ticket_messages (ticket_id, number)
);
CREATE INDEX ticket_message_copies_by_account ON ticket_message_copies (account_id);

CREATE TABLE audit_lines (
  number BIGINT PRIMARY KEY,
  when_s BIGINT NOT NULL,
  key_id BIGINT NOT NULL REFERENCES api_keys (id),
  method TEXT COLLATE "C" NOT NULL CHECK (method <> ''),  -- "PaymentService.CreatePayment".
  resource TEXT COLLATE "C" NOT NULL,  -- Its name; '': it has none.
  account_id BIGINT REFERENCES accounts (id)
);

CREATE TABLE plain_texts (
  place TEXT COLLATE "C" PRIMARY KEY,  -- "closures.label".
  cursor TEXT COLLATE "C" NOT NULL DEFAULT ''  -- The last key; '': none yet.
);

CREATE TABLE packages (
  provider_id BIGINT NOT NULL REFERENCES providers (id),
  id BIGINT NOT NULL,
  display_name TEXT COLLATE "C" NOT NULL,
  visits BIGINT NOT NULL CHECK (visits BETWEEN 1 AND 1000),
  price_minor BIGINT NOT NULL CHECK (price_minor >= 0),
  price_currency TEXT COLLATE "C" NOT NULL CHECK (price_currency = '' OR length(price_currency) = 3),
  valid_days BIGINT NOT NULL CHECK (valid_days >= 0),  -- 0: it does not end.
  position BIGINT NOT NULL,
  archived BIGINT NOT NULL CHECK (archived IN (0, 1)),
  version BIGINT NOT NULL CHECK (version > 0),
  PRIMARY KEY (provider_id, id)
);
CREATE INDEX packages_in_order ON packages (provider_id, position, id);

CREATE TABLE package_translations (
  provider_id BIGINT NOT NULL,
  package_id BIGINT NOT NULL,
  language TEXT COLLATE "C" NOT NULL,
  display_name TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (provider_id, package_id, language),
  FOREIGN KEY (provider_id, package_id) REFERENCES packages (provider_id, id)
);

CREATE TABLE package_services (
  provider_id BIGINT NOT NULL,
  package_id BIGINT NOT NULL,
  service_id BIGINT NOT NULL,
  PRIMARY KEY (provider_id, package_id, service_id),
  FOREIGN KEY (provider_id, package_id) REFERENCES packages (provider_id, id),
  FOREIGN KEY (provider_id, service_id) REFERENCES services (provider_id, id)
);

CREATE TABLE sold_packages (
  provider_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL REFERENCES accounts (id),
  package_id BIGINT NOT NULL,
  display_name TEXT COLLATE "C" NOT NULL,
  visits BIGINT NOT NULL CHECK (visits BETWEEN 1 AND 1000),
  used BIGINT NOT NULL DEFAULT 0 CHECK (used BETWEEN 0 AND visits),
  price_minor BIGINT NOT NULL CHECK (price_minor >= 0),
  price_currency TEXT COLLATE "C" NOT NULL CHECK (price_currency = '' OR length(price_currency) = 3),
  sold_s BIGINT NOT NULL,
  expires_s BIGINT CHECK (expires_s > sold_s),
  cancelled_s BIGINT CHECK (cancelled_s >= sold_s),  -- NULL: it does not end.
  PRIMARY KEY (provider_id, customer_id, id),
  UNIQUE (provider_id, id),
  FOREIGN KEY (provider_id, package_id) REFERENCES packages (provider_id, id)
);
CREATE INDEX sold_packages_by_customer ON sold_packages (customer_id, provider_id, id);
CREATE INDEX sold_packages_by_offer ON sold_packages (provider_id, package_id, id);

CREATE TABLE sold_package_services (
  provider_id BIGINT NOT NULL,
  sold_package_id BIGINT NOT NULL,
  service_id BIGINT NOT NULL,
  PRIMARY KEY (provider_id, sold_package_id, service_id),
  FOREIGN KEY (provider_id, sold_package_id) REFERENCES sold_packages (provider_id, id),
  FOREIGN KEY (provider_id, service_id) REFERENCES services (provider_id, id)
);

CREATE TABLE package_uses (
  provider_id BIGINT NOT NULL,
  sold_package_id BIGINT NOT NULL,
  number BIGINT NOT NULL CHECK (number > 0),  -- 1, 2, 3 within the package.
  appointment_id BIGINT NOT NULL REFERENCES appointments (id),
  kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('USED', 'GIVEN_BACK')),
  when_s BIGINT NOT NULL,
  PRIMARY KEY (provider_id, sold_package_id, number),
  FOREIGN KEY (provider_id, sold_package_id) REFERENCES sold_packages (provider_id, id)
);
CREATE UNIQUE INDEX package_uses_by_appointment ON package_uses (appointment_id, kind);

CREATE TABLE package_payments (
  provider_id BIGINT NOT NULL,
  sold_package_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('PAYMENT', 'REFUND')),
  amount_minor BIGINT NOT NULL CHECK (amount_minor BETWEEN 1 AND 1000000000000),
  currency TEXT COLLATE "C" NOT NULL CHECK (length(currency) = 3),
  note TEXT COLLATE "C" NOT NULL,  -- Sealed.
  received_s BIGINT NOT NULL,
  created_s BIGINT NOT NULL,
  account_id BIGINT REFERENCES accounts (id),  -- Who recorded it; NULL: a tool.
  PRIMARY KEY (provider_id, sold_package_id, id),
  FOREIGN KEY (provider_id, sold_package_id) REFERENCES sold_packages (provider_id, id)
);
CREATE INDEX package_payments_by_receipt ON package_payments (provider_id, received_s);

CREATE TABLE link_notes (
  provider_id BIGINT NOT NULL REFERENCES providers (id),
  customer_id BIGINT NOT NULL REFERENCES accounts (id),
  text BYTEA NOT NULL,
  written_s BIGINT NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0),
  PRIMARY KEY (provider_id, customer_id)
);
CREATE INDEX link_notes_by_customer ON link_notes (customer_id);

CREATE TABLE appointment_notes (
  appointment_id BIGINT PRIMARY KEY REFERENCES appointments (id),
  text BYTEA NOT NULL,
  written_s BIGINT NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0)
);

CREATE TABLE request_people (
  number BIGINT NOT NULL REFERENCES requests (number) ON DELETE CASCADE,
  account_id BIGINT NOT NULL REFERENCES accounts (id),
  PRIMARY KEY (number, account_id)
);
CREATE INDEX request_people_by_account ON request_people (account_id);

CREATE TABLE profile_translations (
  provider_id BIGINT NOT NULL REFERENCES profiles (provider_id),
  language BIGINT NOT NULL,  -- 1 de, 2 en, 3 fr, 4 ru, 5 uk, 6 es.
  about TEXT COLLATE "C" NOT NULL CHECK (about <> ''),
  PRIMARY KEY (provider_id, language)
);

CREATE TABLE pictures (
  provider_id BIGINT NOT NULL REFERENCES providers (id),
  id BIGINT NOT NULL,
  position BIGINT NOT NULL CHECK (position >= 0),  -- 0: the photo; in the gallery from 1.
  caption TEXT COLLATE "C" NOT NULL,
  created_s BIGINT NOT NULL,
  PRIMARY KEY (provider_id, id)
);
CREATE UNIQUE INDEX pictures_photo ON pictures (provider_id) WHERE position = 0;
CREATE INDEX pictures_in_order ON pictures (provider_id, position, id);

CREATE TABLE picture_files (
  provider_id BIGINT NOT NULL,
  picture_id BIGINT NOT NULL,
  width BIGINT NOT NULL CHECK (width > 0),
  height BIGINT NOT NULL CHECK (height > 0),
  size_bytes BIGINT NOT NULL CHECK (size_bytes > 0),
  blob_id TEXT COLLATE "C" NOT NULL REFERENCES blobs (id),
  PRIMARY KEY (provider_id, picture_id, width),
  FOREIGN KEY (provider_id, picture_id) REFERENCES pictures (provider_id, id)
);
CREATE INDEX picture_files_by_blob ON picture_files (blob_id);

CREATE TABLE service_declined (
  provider_id BIGINT NOT NULL,
  service_id BIGINT NOT NULL,
  specialist_id BIGINT NOT NULL REFERENCES providers (id),
  PRIMARY KEY (provider_id, service_id, specialist_id),
  FOREIGN KEY (provider_id, service_id) REFERENCES services (provider_id, id)
);

INSERT INTO watermarks VALUES (1, 0, 0);
INSERT INTO set_aside_count VALUES (1, 0);
