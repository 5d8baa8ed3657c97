-- Every slug that a provider ever had: old ones keep leading to its page and are not given to others.
CREATE TABLE profile_slugs (
  provider_id INTEGER NOT NULL REFERENCES providers (id),
  slug        TEXT NOT NULL UNIQUE CHECK (length(slug) BETWEEN 3 AND 60 AND slug NOT GLOB '*[^a-z0-9-]*'),
  PRIMARY KEY (provider_id, slug)
) STRICT, WITHOUT ROWID;

CREATE TABLE profiles (
  provider_id   INTEGER PRIMARY KEY REFERENCES providers (id),
  slug          TEXT NOT NULL,
  published     INTEGER NOT NULL CHECK (published IN (0, 1)),
  about         TEXT NOT NULL,
  website       TEXT NOT NULL CHECK (website = '' OR website LIKE 'https://%'),
  email         TEXT NOT NULL,
  phone         TEXT NOT NULL,
  address       TEXT NOT NULL,
  map_link      TEXT NOT NULL CHECK (map_link = '' OR map_link LIKE 'https://%'),
  invitation_id INTEGER,                                        -- NULL: none is shown.
  version       INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  FOREIGN KEY (provider_id, slug) REFERENCES profile_slugs (provider_id, slug),
  FOREIGN KEY (provider_id, invitation_id) REFERENCES invitations (provider_id, id)
) STRICT;

CREATE TABLE social_profiles (
  provider_id INTEGER NOT NULL REFERENCES profiles (provider_id),
  position    INTEGER NOT NULL,
  label       TEXT NOT NULL,
  url         TEXT NOT NULL CHECK (url LIKE 'https://%'),
  PRIMARY KEY (provider_id, position)
) STRICT, WITHOUT ROWID;
