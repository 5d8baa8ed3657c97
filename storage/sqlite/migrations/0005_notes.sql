-- What the customer wants the provider to know with the request. Sealed; empty: nothing.
ALTER TABLE appointments ADD COLUMN note BLOB NOT NULL DEFAULT x'';
