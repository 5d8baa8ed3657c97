-- What a page shows beside the words of before, and its pictures.
ALTER TABLE profiles ADD COLUMN theme TEXT NOT NULL DEFAULT 'FOREST';
ALTER TABLE profiles ADD COLUMN accent TEXT NOT NULL DEFAULT ''
  CHECK (accent = '' OR (length(accent) = 7 AND accent GLOB '#*'));
ALTER TABLE profiles ADD COLUMN hours_shown INTEGER NOT NULL DEFAULT 0 CHECK (hours_shown IN (0, 1));

CREATE TABLE profile_translations (
  provider_id INTEGER NOT NULL REFERENCES profiles (provider_id),
  language    INTEGER NOT NULL,                                 -- 1 de, 2 en, 3 fr, 4 ru, 5 uk, 6 es.
  about       TEXT NOT NULL CHECK (about <> ''),
  PRIMARY KEY (provider_id, language)
) STRICT, WITHOUT ROWID;

CREATE TABLE pictures (
  provider_id INTEGER NOT NULL REFERENCES providers (id),
  id          INTEGER NOT NULL,
  position    INTEGER NOT NULL CHECK (position >= 0),           -- 0: the photo; in the gallery from 1.
  caption     TEXT NOT NULL,
  created_s   INTEGER NOT NULL,
  PRIMARY KEY (provider_id, id)
) STRICT, WITHOUT ROWID;
-- One photo at most.
CREATE UNIQUE INDEX pictures_photo ON pictures (provider_id) WHERE position = 0;
CREATE INDEX pictures_in_order ON pictures (provider_id, position, id);

-- The sizes in which there is a picture.
CREATE TABLE picture_files (
  provider_id INTEGER NOT NULL,
  picture_id  INTEGER NOT NULL,
  width       INTEGER NOT NULL CHECK (width > 0),
  height      INTEGER NOT NULL CHECK (height > 0),
  size_bytes  INTEGER NOT NULL CHECK (size_bytes > 0),
  blob_id     TEXT NOT NULL REFERENCES blobs (id),
  PRIMARY KEY (provider_id, picture_id, width),
  FOREIGN KEY (provider_id, picture_id) REFERENCES pictures (provider_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX picture_files_by_blob ON picture_files (blob_id);
