-- The texts of a page are sealed where they are kept, like all others: who writes one has not published
-- it yet, and may take it back. What is sealed looks like no address, so what looked at that goes; the
-- texts change as SQLite's manual says for what does not concern the rows (lang_altertable, section 8).
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(replace(sql,
  'CHECK (website = '''' OR website LIKE ''https://%'')', ''),
  'CHECK (map_link = '''' OR map_link LIKE ''https://%'')', '')
WHERE type = 'table' AND name = 'profiles';
UPDATE sqlite_schema SET sql = replace(sql,
  'CHECK (url LIKE ''https://%'')', 'CHECK (url <> '''')')
WHERE type = 'table' AND name = 'social_profiles';
PRAGMA writable_schema = RESET;

-- Those of before are sealed by the core as it starts, and the file is written anew.
INSERT INTO plain_texts (place)
  SELECT 'profiles.about' WHERE EXISTS (SELECT 1 FROM profiles)
  UNION ALL SELECT 'profiles.address' WHERE EXISTS (SELECT 1 FROM profiles)
  UNION ALL SELECT 'profiles.email' WHERE EXISTS (SELECT 1 FROM profiles)
  UNION ALL SELECT 'profiles.map_link' WHERE EXISTS (SELECT 1 FROM profiles)
  UNION ALL SELECT 'profiles.phone' WHERE EXISTS (SELECT 1 FROM profiles)
  UNION ALL SELECT 'profiles.website' WHERE EXISTS (SELECT 1 FROM profiles)
  UNION ALL SELECT 'social_profiles.label' WHERE EXISTS (SELECT 1 FROM social_profiles)
  UNION ALL SELECT 'social_profiles.url' WHERE EXISTS (SELECT 1 FROM social_profiles);
INSERT INTO plain_texts (place)
  SELECT 'file' WHERE EXISTS (SELECT 1 FROM plain_texts)
    AND NOT EXISTS (SELECT 1 FROM plain_texts WHERE place = 'file');
