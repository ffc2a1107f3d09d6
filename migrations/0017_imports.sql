-- Readings of a file that somebody sent, from their preview to the answer to it: one file a person, for an hour.
CREATE TABLE imports (
    id          INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, -- a button never means another file
    guild_id    INTEGER NOT NULL REFERENCES guilds (guild_id) ON DELETE CASCADE,
    person_id   INTEGER NOT NULL UNIQUE REFERENCES people (id) ON DELETE CASCADE, -- who sent it
    lines       TEXT,             -- the readings as JSON; gone once they are recorded
    fingerprint INTEGER NOT NULL, -- what they would do, as it was shown
    created_at  INTEGER NOT NULL,
    done_at     INTEGER,
    recorded    INTEGER,          -- how many readings that made
    CHECK ((done_at IS NULL) = (lines IS NOT NULL) AND (done_at IS NULL) = (recorded IS NULL))
) STRICT;
CREATE INDEX imports_by_guild ON imports (guild_id, id);
CREATE INDEX imports_by_age ON imports (created_at);
