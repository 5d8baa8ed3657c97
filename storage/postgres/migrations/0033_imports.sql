-- What was brought in from another program, by the ids it had there: an import that is repeated finds
-- it, and changes nothing. The rows outlive an erased account, so that it is not brought back.
CREATE TABLE imported_customers (
  provider_id BIGINT NOT NULL REFERENCES providers (id),
  external_id TEXT COLLATE "C" NOT NULL CHECK (length(external_id) BETWEEN 1 AND 90),
  customer_id BIGINT NOT NULL REFERENCES accounts (id),
  PRIMARY KEY (provider_id, external_id)
);
CREATE INDEX imported_customers_by_customer ON imported_customers (customer_id);

CREATE TABLE imported_services (
  provider_id BIGINT NOT NULL,
  external_id TEXT COLLATE "C" NOT NULL CHECK (length(external_id) BETWEEN 1 AND 90),
  service_id BIGINT NOT NULL,
  PRIMARY KEY (provider_id, external_id),
  UNIQUE (provider_id, service_id),
  FOREIGN KEY (provider_id, service_id) REFERENCES services (provider_id, id)
);

CREATE TABLE imported_appointments (
  provider_id BIGINT NOT NULL REFERENCES providers (id),
  external_id TEXT COLLATE "C" NOT NULL CHECK (length(external_id) BETWEEN 1 AND 90),
  appointment_id BIGINT NOT NULL UNIQUE REFERENCES appointments (id),
  PRIMARY KEY (provider_id, external_id)
);
