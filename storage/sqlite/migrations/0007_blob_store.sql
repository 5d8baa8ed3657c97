-- The blob directory that belongs to this database, by an id that both keep: whoever starts the core
-- with one of them and not the other is told so, instead of losing files that nobody knows.
CREATE TABLE blob_store (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id  TEXT NOT NULL CHECK (length(id) = 32)
) STRICT;

-- What a provider's consent documents take together.
CREATE INDEX consent_versions_by_size ON consent_versions (provider_id, size_bytes);
