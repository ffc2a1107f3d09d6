-- What erasing and exporting a person's data have to find.

-- Whom a waiting notice tells of: erasing them takes it away.
ALTER TABLE notices ADD COLUMN about_id INTEGER REFERENCES people (id) ON DELETE CASCADE;
CREATE INDEX notices_by_about ON notices (about_id) WHERE about_id IS NOT NULL;
CREATE INDEX notices_by_age ON notices (created_at);

-- What somebody received and what was taken back; with received_by_person that is everything.
CREATE INDEX received_withdrawn ON kudos_receivers (receiver_id, kudos_id) WHERE withdrawn_at IS NOT NULL;
