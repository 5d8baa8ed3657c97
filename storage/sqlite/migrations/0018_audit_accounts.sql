-- What tools and operators did for an account leaves a line as well, which says for whom. Lines of
-- before were for nobody.
ALTER TABLE audit_lines ADD COLUMN account_id INTEGER REFERENCES accounts (id);
