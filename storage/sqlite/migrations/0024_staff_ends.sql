-- Specialists who work for an organization no longer. The row stays, for what they kept there is the
-- organization's: without it they see nothing of it any more. NULL: they work there.
ALTER TABLE staff ADD COLUMN ended_s INTEGER;
