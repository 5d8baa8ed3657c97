-- Encrypted files, documents shared within a link, download links, consents.

-- Every master key that ever sealed something here, by its id: whoever starts the core without one
-- of them is told so, instead of meeting texts that cannot be opened.
CREATE TABLE master_keys (
  id        BLOB PRIMARY KEY CHECK (length(id) = 8),
  created_s INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One file in blobs/ each, named by its id. Gone with it: without the key the bytes are noise.
CREATE TABLE blobs (
  provider_id   INTEGER NOT NULL REFERENCES providers (id),
  id            TEXT NOT NULL UNIQUE CHECK (length(id) = 32),
  size_bytes    INTEGER NOT NULL CHECK (size_bytes > 0),
  wrapped_key   BLOB NOT NULL,
  master_key_id BLOB NOT NULL REFERENCES master_keys (id),
  PRIMARY KEY (provider_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX blobs_by_master_key ON blobs (master_key_id);

-- A deleted document leaves its row: that there was one, whose, and when.
CREATE TABLE documents (
  provider_id  INTEGER NOT NULL REFERENCES providers (id),
  customer_id  INTEGER NOT NULL REFERENCES accounts (id),
  id           INTEGER NOT NULL,
  uploader     TEXT NOT NULL CHECK (uploader IN ('CUSTOMER', 'PROVIDER')),
  file_name    BLOB NOT NULL,                                   -- Sealed; empty once deleted.
  content_type TEXT NOT NULL,
  size_bytes   INTEGER NOT NULL CHECK (size_bytes BETWEEN 1 AND 52428800),
  blob_id      TEXT REFERENCES blobs (id),
  created_s    INTEGER NOT NULL,
  deleted_s    INTEGER,
  PRIMARY KEY (provider_id, customer_id, id),
  CHECK ((blob_id IS NULL) = (deleted_s IS NOT NULL)),
  CHECK ((length(file_name) = 0) = (deleted_s IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX documents_shared ON documents (provider_id, customer_id, id, size_bytes)
  WHERE deleted_s IS NULL;
CREATE INDEX documents_by_blob ON documents (blob_id) WHERE blob_id IS NOT NULL;

CREATE TRIGGER documents_only_deleted BEFORE UPDATE ON documents
WHEN OLD.deleted_s IS NOT NULL OR NEW.deleted_s IS NULL
  OR OLD.provider_id <> NEW.provider_id OR OLD.customer_id <> NEW.customer_id OR OLD.id <> NEW.id
  OR OLD.uploader <> NEW.uploader OR OLD.content_type <> NEW.content_type
  OR OLD.size_bytes <> NEW.size_bytes OR OLD.created_s <> NEW.created_s
BEGIN
  SELECT RAISE(ABORT, 'a document only changes by being deleted');
END;
CREATE TRIGGER documents_kept BEFORE DELETE ON documents
BEGIN
  SELECT RAISE(ABORT, 'that there was a document stays on record');
END;

CREATE TABLE consent_documents (
  provider_id    INTEGER NOT NULL REFERENCES providers (id),
  id             INTEGER NOT NULL,
  display_name   TEXT NOT NULL CHECK (display_name <> ''),
  needs_consent  INTEGER NOT NULL CHECK (needs_consent IN (0, 1)),
  blocks_booking INTEGER NOT NULL CHECK (blocks_booking IN (0, 1)),
  archived       INTEGER NOT NULL CHECK (archived IN (0, 1)),
  current_number INTEGER NOT NULL CHECK (current_number > 0),   -- Of consent_versions.
  created_s      INTEGER NOT NULL,
  version        INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  PRIMARY KEY (provider_id, id),
  CHECK (blocks_booking = 0 OR needs_consent = 1)
) STRICT, WITHOUT ROWID;
CREATE INDEX consent_documents_blocking ON consent_documents (provider_id, id)
  WHERE blocks_booking = 1 AND archived = 0;
CREATE INDEX consent_documents_shown ON consent_documents (provider_id, id) WHERE archived = 0;

CREATE TABLE consent_versions (
  provider_id  INTEGER NOT NULL,
  document_id  INTEGER NOT NULL,
  number       INTEGER NOT NULL CHECK (number > 0),
  sha256       BLOB NOT NULL CHECK (length(sha256) = 32),
  file_name    TEXT NOT NULL CHECK (file_name <> ''),
  content_type TEXT NOT NULL,
  size_bytes   INTEGER NOT NULL CHECK (size_bytes BETWEEN 1 AND 52428800),
  blob_id      TEXT REFERENCES blobs (id),                      -- NULL: its provider was erased.
  created_s    INTEGER NOT NULL,
  PRIMARY KEY (provider_id, document_id, number),
  FOREIGN KEY (provider_id, document_id) REFERENCES consent_documents (provider_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX consent_versions_by_blob ON consent_versions (blob_id) WHERE blob_id IS NOT NULL;

CREATE TRIGGER consent_versions_fixed BEFORE UPDATE ON consent_versions
WHEN NEW.blob_id IS NOT NULL
  OR OLD.provider_id <> NEW.provider_id OR OLD.document_id <> NEW.document_id
  OR OLD.number <> NEW.number OR OLD.sha256 <> NEW.sha256 OR OLD.content_type <> NEW.content_type
  OR OLD.size_bytes <> NEW.size_bytes OR OLD.created_s <> NEW.created_s
BEGIN
  SELECT RAISE(ABORT, 'a published version is never changed');
END;
CREATE TRIGGER consent_versions_kept BEFORE DELETE ON consent_versions
BEGIN
  SELECT RAISE(ABORT, 'a published version is never changed');
END;

-- Who said what to which version. The latest line for a document is what holds.
CREATE TABLE consent_records (
  provider_id INTEGER NOT NULL,
  id          INTEGER NOT NULL,
  customer_id INTEGER NOT NULL REFERENCES accounts (id),
  document_id INTEGER NOT NULL,
  number      INTEGER NOT NULL,
  decision    TEXT NOT NULL CHECK (decision IN ('GIVEN', 'WITHDRAWN')),
  when_s      INTEGER NOT NULL,
  channel     TEXT NOT NULL CHECK (channel <> ''),
  PRIMARY KEY (provider_id, id),
  FOREIGN KEY (provider_id, document_id, number)
    REFERENCES consent_versions (provider_id, document_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX consent_records_by_customer
  ON consent_records (provider_id, customer_id, document_id, id);
CREATE INDEX consent_records_of_customer ON consent_records (provider_id, customer_id, id);
CREATE INDEX consent_records_by_document ON consent_records (provider_id, document_id, id);

CREATE TRIGGER consent_records_append_only BEFORE UPDATE ON consent_records
BEGIN
  SELECT RAISE(ABORT, 'the record of consents is never changed');
END;
CREATE TRIGGER consent_records_kept BEFORE DELETE ON consent_records
BEGIN
  SELECT RAISE(ABORT, 'the record of consents is never changed');
END;

-- Either a document or a version of a consent document. Kept for a while after the end, to tell
-- expired from unknown.
CREATE TABLE download_links (
  provider_id         INTEGER NOT NULL REFERENCES providers (id),
  token_hash          BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  requester_id        INTEGER NOT NULL REFERENCES accounts (id),
  customer_id         INTEGER,
  document_id         INTEGER,
  consent_document_id INTEGER,
  consent_number      INTEGER,
  expires_s           INTEGER NOT NULL,
  PRIMARY KEY (provider_id, token_hash),
  FOREIGN KEY (provider_id, customer_id, document_id)
    REFERENCES documents (provider_id, customer_id, id),
  FOREIGN KEY (provider_id, consent_document_id, consent_number)
    REFERENCES consent_versions (provider_id, document_id, number),
  CHECK ((document_id IS NULL) = (customer_id IS NULL)),
  CHECK ((consent_document_id IS NULL) = (consent_number IS NULL)),
  CHECK ((document_id IS NULL) <> (consent_document_id IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX download_links_by_end ON download_links (expires_s);
CREATE INDEX download_links_by_requester ON download_links (requester_id, expires_s);
