-- Who of an organization's staff does not do a service, as they said themselves.
CREATE TABLE service_declined (
  provider_id   INTEGER NOT NULL,
  service_id    INTEGER NOT NULL,
  specialist_id INTEGER NOT NULL REFERENCES providers (id),
  PRIMARY KEY (provider_id, service_id, specialist_id),
  FOREIGN KEY (provider_id, service_id) REFERENCES services (provider_id, id)
) STRICT, WITHOUT ROWID;
