-- When people may be disturbed, where a guild's nudges fall back to, and its weekly digest.

-- What a person has said of their rhythm, in the canonical words of its readers. The table's CHECK
-- is older than these columns: erasing empties them.
ALTER TABLE people ADD COLUMN quiet_hours TEXT;      -- NULL: may always be disturbed
ALTER TABLE people ADD COLUMN nudge_leads TEXT;      -- NULL: 24 hours and one hour before; 'off': never
ALTER TABLE people ADD COLUMN dm_refused_at INTEGER; -- refused since; NULL again with the next that arrives

-- When somebody is away: civil dates in their zone, both included. Spans of one person do not overlap.
CREATE TABLE absences (
    id         INTEGER PRIMARY KEY NOT NULL,
    person_id  INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    first_day  TEXT    NOT NULL,
    last_day   TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    CHECK (first_day <= last_day)
) STRICT;
CREATE INDEX absences_by_person ON absences (person_id, last_day);
CREATE INDEX absences_by_age ON absences (last_day);

-- Where a word without content goes when a direct message is refused.
ALTER TABLE guilds ADD COLUMN cadence_channel_id INTEGER;

-- The weekly digest: weekday and minute of the day in the guild's zone, NULL while it is off; and the
-- latest ISO week ('2026-W48') that was told of or passed over.
ALTER TABLE guilds ADD COLUMN digest_day TEXT CHECK (digest_day IN
    ('monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'));
ALTER TABLE guilds ADD COLUMN digest_at INTEGER
    CHECK ((digest_at IS NULL) = (digest_day IS NULL) AND digest_at BETWEEN 0 AND 1439);
ALTER TABLE guilds ADD COLUMN digest_told TEXT;
CREATE INDEX guilds_by_digest ON guilds (guild_id) WHERE digest_day IS NOT NULL;

-- The digests that were told, so that what is taken back or erased later goes from them too. What a
-- digest says is read from the ledger: kudos given in [from_at, until_at).
CREATE TABLE digests (
    id         INTEGER PRIMARY KEY NOT NULL,
    guild_id   INTEGER NOT NULL REFERENCES guilds (guild_id) ON DELETE CASCADE,
    week       TEXT    NOT NULL,
    from_at    INTEGER NOT NULL,
    until_at   INTEGER NOT NULL,
    channel_id INTEGER,          -- where it stands, once it was delivered
    message_id INTEGER,
    UNIQUE (guild_id, week),
    CHECK (from_at < until_at)
) STRICT;
CREATE INDEX digests_by_time ON digests (guild_id, until_at);
