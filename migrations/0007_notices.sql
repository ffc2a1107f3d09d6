-- What a waiting notice is about: what is taken back before it was told is not told any more.
ALTER TABLE notices ADD COLUMN topic TEXT;         -- the domain's name for what the subject is
ALTER TABLE notices ADD COLUMN subject_id INTEGER; -- what it is about, in that domain
CREATE INDEX notices_by_subject ON notices (topic, subject_id) WHERE topic IS NOT NULL;
