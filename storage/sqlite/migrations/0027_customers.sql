-- Sales of packages that were taken back: unused, and once.
ALTER TABLE sold_packages ADD COLUMN cancelled_s INTEGER CHECK (cancelled_s >= sold_s);
CREATE TRIGGER sold_packages_cancelled BEFORE UPDATE OF cancelled_s ON sold_packages
BEGIN
  SELECT RAISE(ABORT, 'a sale is taken back once')
  WHERE OLD.cancelled_s IS NOT NULL AND OLD.cancelled_s IS NOT NEW.cancelled_s;
  SELECT RAISE(ABORT, 'what was used stays sold')
  WHERE NEW.cancelled_s IS NOT NULL AND NEW.used <> 0;
END;
CREATE TRIGGER package_uses_of_sales BEFORE INSERT ON package_uses
WHEN NEW.kind = 'USED'
BEGIN
  SELECT RAISE(ABORT, 'the sale was taken back') WHERE EXISTS (
    SELECT 1 FROM sold_packages WHERE provider_id = NEW.provider_id AND id = NEW.sold_package_id
      AND cancelled_s IS NOT NULL);
END;
-- What is left of an offer.
CREATE INDEX sold_packages_by_offer ON sold_packages (provider_id, package_id, id);

ALTER TABLE notifications ADD COLUMN sold_package_id INTEGER;  -- Of `provider_id`.
