-- What providers add to reminders, sealed, and when customers were last asked by hand to sign.
ALTER TABLE providers ADD COLUMN reminder_text TEXT NOT NULL DEFAULT '';
ALTER TABLE consent_documents ADD COLUMN reminded_s INTEGER;    -- NULL: never.
