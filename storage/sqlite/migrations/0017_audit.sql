-- What tools and operators did for nobody: a line for each change, in their order. People's own
-- deeds stand with what they changed.
CREATE TABLE audit_lines (
  number   INTEGER PRIMARY KEY,
  when_s   INTEGER NOT NULL,
  key_id   INTEGER NOT NULL REFERENCES api_keys (id),
  method   TEXT NOT NULL CHECK (method <> ''),                  -- "PaymentService.CreatePayment".
  resource TEXT NOT NULL                                        -- Its name; '': it has none.
) STRICT;
CREATE TRIGGER audit_lines_append_only BEFORE UPDATE ON audit_lines
BEGIN
  SELECT RAISE(ABORT, 'an audit line is never changed');
END;
CREATE TRIGGER audit_lines_kept BEFORE DELETE ON audit_lines
BEGIN
  SELECT RAISE(ABORT, 'an audit line is never changed');
END;
