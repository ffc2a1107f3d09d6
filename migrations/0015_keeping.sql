-- What has been kept long enough is found by its age.
CREATE INDEX nudges_by_age ON nudges (expires_at);
CREATE INDEX agenda_by_age ON agenda_items (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX promises_by_age ON promises (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX moments_by_age ON moments (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX questions_by_age ON questions_asked (asked_at);
CREATE INDEX series_by_end ON series (changed_at) WHERE state = 'ended';
