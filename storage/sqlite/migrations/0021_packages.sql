-- Packages: so many visits of chosen services, paid in advance. What a provider offers, as it now is.
CREATE TABLE packages (
  provider_id    INTEGER NOT NULL REFERENCES providers (id),
  id             INTEGER NOT NULL,
  display_name   TEXT NOT NULL,
  visits         INTEGER NOT NULL CHECK (visits BETWEEN 1 AND 1000),
  price_minor    INTEGER NOT NULL CHECK (price_minor >= 0),
  price_currency TEXT NOT NULL CHECK (price_currency = '' OR length(price_currency) = 3),
  valid_days     INTEGER NOT NULL CHECK (valid_days >= 0),      -- 0: it does not end.
  position       INTEGER NOT NULL,
  archived       INTEGER NOT NULL CHECK (archived IN (0, 1)),
  version        INTEGER NOT NULL CHECK (version > 0),
  PRIMARY KEY (provider_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX packages_in_order ON packages (provider_id, position, id);

CREATE TABLE package_translations (
  provider_id  INTEGER NOT NULL,
  package_id   INTEGER NOT NULL,
  language     TEXT NOT NULL,
  display_name TEXT NOT NULL,
  PRIMARY KEY (provider_id, package_id, language),
  FOREIGN KEY (provider_id, package_id) REFERENCES packages (provider_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE package_services (
  provider_id INTEGER NOT NULL,
  package_id  INTEGER NOT NULL,
  service_id  INTEGER NOT NULL,
  PRIMARY KEY (provider_id, package_id, service_id),
  FOREIGN KEY (provider_id, package_id) REFERENCES packages (provider_id, id),
  FOREIGN KEY (provider_id, service_id) REFERENCES services (provider_id, id)
) STRICT, WITHOUT ROWID;

-- What was sold, as it was then. `used` is the sum of its lines in package_uses: never below 0, never
-- above what was sold, whoever writes.
CREATE TABLE sold_packages (
  provider_id    INTEGER NOT NULL,
  id             INTEGER NOT NULL,
  customer_id    INTEGER NOT NULL REFERENCES accounts (id),
  package_id     INTEGER NOT NULL,
  display_name   TEXT NOT NULL,
  visits         INTEGER NOT NULL CHECK (visits BETWEEN 1 AND 1000),
  used           INTEGER NOT NULL DEFAULT 0 CHECK (used BETWEEN 0 AND visits),
  price_minor    INTEGER NOT NULL CHECK (price_minor >= 0),
  price_currency TEXT NOT NULL CHECK (price_currency = '' OR length(price_currency) = 3),
  sold_s         INTEGER NOT NULL,
  expires_s      INTEGER CHECK (expires_s > sold_s),            -- NULL: it does not end.
  PRIMARY KEY (provider_id, customer_id, id),
  UNIQUE (provider_id, id),
  FOREIGN KEY (provider_id, package_id) REFERENCES packages (provider_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sold_packages_by_customer ON sold_packages (customer_id, provider_id, id);

CREATE TABLE sold_package_services (
  provider_id     INTEGER NOT NULL,
  sold_package_id INTEGER NOT NULL,
  service_id      INTEGER NOT NULL,
  PRIMARY KEY (provider_id, sold_package_id, service_id),
  FOREIGN KEY (provider_id, sold_package_id) REFERENCES sold_packages (provider_id, id),
  FOREIGN KEY (provider_id, service_id) REFERENCES services (provider_id, id)
) STRICT, WITHOUT ROWID;

-- The ledger of visits. An appointment takes one of one package at most, and gives it back once.
CREATE TABLE package_uses (
  provider_id     INTEGER NOT NULL,
  sold_package_id INTEGER NOT NULL,
  number          INTEGER NOT NULL CHECK (number > 0),          -- 1, 2, 3 within the package.
  appointment_id  INTEGER NOT NULL REFERENCES appointments (id),
  kind            TEXT NOT NULL CHECK (kind IN ('USED', 'GIVEN_BACK')),
  when_s          INTEGER NOT NULL,
  PRIMARY KEY (provider_id, sold_package_id, number),
  FOREIGN KEY (provider_id, sold_package_id) REFERENCES sold_packages (provider_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX package_uses_by_appointment ON package_uses (appointment_id, kind);

CREATE TRIGGER package_uses_fit BEFORE INSERT ON package_uses
BEGIN
  SELECT RAISE(ABORT, 'the line is there already') WHERE EXISTS (
    SELECT 1 FROM package_uses WHERE provider_id = NEW.provider_id
      AND sold_package_id = NEW.sold_package_id AND number = NEW.number);
  SELECT RAISE(ABORT, 'the line is there already') WHERE EXISTS (
    SELECT 1 FROM package_uses WHERE appointment_id = NEW.appointment_id AND kind = NEW.kind);
  SELECT RAISE(ABORT, 'the package does not pay for this appointment')
  WHERE NEW.kind = 'USED' AND NOT EXISTS (
    SELECT 1 FROM sold_packages AS sold, appointments AS visit, sold_package_services AS covered
    WHERE sold.provider_id = NEW.provider_id AND sold.id = NEW.sold_package_id
      AND visit.id = NEW.appointment_id AND visit.provider_id = sold.provider_id
      AND visit.customer_id = sold.customer_id
      AND (sold.expires_s IS NULL OR visit.start_s < sold.expires_s)
      AND covered.provider_id = sold.provider_id AND covered.sold_package_id = sold.id
      AND covered.service_id = visit.service_id);
  SELECT RAISE(ABORT, 'nothing was taken that could be given back')
  WHERE NEW.kind = 'GIVEN_BACK' AND NOT EXISTS (
    SELECT 1 FROM package_uses WHERE appointment_id = NEW.appointment_id AND kind = 'USED'
      AND provider_id = NEW.provider_id AND sold_package_id = NEW.sold_package_id);
END;
CREATE TRIGGER package_uses_count AFTER INSERT ON package_uses
BEGIN
  UPDATE sold_packages SET used = used + CASE NEW.kind WHEN 'USED' THEN 1 ELSE -1 END
  WHERE provider_id = NEW.provider_id AND id = NEW.sold_package_id;
END;
CREATE TRIGGER package_uses_append_only BEFORE UPDATE ON package_uses
BEGIN
  SELECT RAISE(ABORT, 'uses of packages are never changed');
END;
CREATE TRIGGER package_uses_kept BEFORE DELETE ON package_uses
BEGIN
  SELECT RAISE(ABORT, 'uses of packages are never changed');
END;

CREATE TRIGGER sold_packages_begin BEFORE INSERT ON sold_packages
BEGIN
  SELECT RAISE(ABORT, 'a package is sold unused, and once') WHERE NEW.used <> 0 OR EXISTS (
    SELECT 1 FROM sold_packages WHERE provider_id = NEW.provider_id AND id = NEW.id);
END;
CREATE TRIGGER sold_packages_counted BEFORE UPDATE ON sold_packages
BEGIN
  SELECT RAISE(ABORT, 'what was sold is never changed')
  WHERE OLD.provider_id <> NEW.provider_id OR OLD.id <> NEW.id OR OLD.customer_id <> NEW.customer_id
    OR OLD.package_id <> NEW.package_id OR OLD.display_name <> NEW.display_name
    OR OLD.visits <> NEW.visits OR OLD.price_minor <> NEW.price_minor
    OR OLD.price_currency <> NEW.price_currency OR OLD.sold_s <> NEW.sold_s
    OR OLD.expires_s IS NOT NEW.expires_s;
  SELECT RAISE(ABORT, 'what is used is the sum of the uses') WHERE NEW.used <> (
    SELECT coalesce(sum(CASE kind WHEN 'USED' THEN 1 ELSE -1 END), 0)
    FROM package_uses WHERE provider_id = NEW.provider_id AND sold_package_id = NEW.id);
END;
CREATE TRIGGER sold_packages_kept BEFORE DELETE ON sold_packages
BEGIN
  SELECT RAISE(ABORT, 'what was sold is never changed');
END;
CREATE TRIGGER sold_package_services_kept BEFORE DELETE ON sold_package_services
BEGIN
  SELECT RAISE(ABORT, 'what was sold is never changed');
END;

-- What was paid for packages; otherwise as payments.
CREATE TABLE package_payments (
  provider_id     INTEGER NOT NULL,
  sold_package_id INTEGER NOT NULL,
  id              INTEGER NOT NULL,
  kind            TEXT NOT NULL CHECK (kind IN ('PAYMENT', 'REFUND')),
  amount_minor    INTEGER NOT NULL CHECK (amount_minor BETWEEN 1 AND 1000000000000),
  currency        TEXT NOT NULL CHECK (length(currency) = 3),
  note            TEXT NOT NULL,                                -- Sealed.
  received_s      INTEGER NOT NULL,
  created_s       INTEGER NOT NULL,
  account_id      INTEGER REFERENCES accounts (id),             -- Who recorded it; NULL: a tool.
  PRIMARY KEY (provider_id, sold_package_id, id),
  FOREIGN KEY (provider_id, sold_package_id) REFERENCES sold_packages (provider_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX package_payments_by_receipt ON package_payments (provider_id, received_s);

CREATE TRIGGER package_payments_fit BEFORE INSERT ON package_payments
BEGIN
  SELECT RAISE(ABORT, 'the payment is there already') WHERE EXISTS (
    SELECT 1 FROM package_payments WHERE provider_id = NEW.provider_id
      AND sold_package_id = NEW.sold_package_id AND id = NEW.id);
  SELECT RAISE(ABORT, 'no such package in this currency') WHERE NOT EXISTS (
    SELECT 1 FROM sold_packages WHERE provider_id = NEW.provider_id AND id = NEW.sold_package_id
      AND price_currency IN ('', NEW.currency));
  SELECT RAISE(ABORT, 'a package is paid in one currency') WHERE EXISTS (
    SELECT 1 FROM package_payments WHERE provider_id = NEW.provider_id
      AND sold_package_id = NEW.sold_package_id AND currency <> NEW.currency);
  SELECT RAISE(ABORT, 'more is refunded than was paid')
  WHERE NEW.kind = 'REFUND' AND NEW.amount_minor > (
    SELECT coalesce(sum(CASE kind WHEN 'PAYMENT' THEN amount_minor ELSE -amount_minor END), 0)
    FROM package_payments WHERE provider_id = NEW.provider_id
      AND sold_package_id = NEW.sold_package_id);
END;
CREATE TRIGGER package_payments_append_only BEFORE UPDATE ON package_payments
WHEN OLD.provider_id <> NEW.provider_id OR OLD.sold_package_id <> NEW.sold_package_id
  OR OLD.id <> NEW.id OR OLD.kind <> NEW.kind OR OLD.amount_minor <> NEW.amount_minor
  OR OLD.currency <> NEW.currency OR OLD.received_s <> NEW.received_s
  OR OLD.created_s <> NEW.created_s OR NEW.note NOT IN (OLD.note, '')
  OR (NEW.account_id IS NOT NULL AND NEW.account_id IS NOT OLD.account_id)
BEGIN
  SELECT RAISE(ABORT, 'payments are never changed');
END;
CREATE TRIGGER package_payments_kept BEFORE DELETE ON package_payments
BEGIN
  SELECT RAISE(ABORT, 'payments are never changed');
END;
