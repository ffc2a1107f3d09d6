-- The spine: guilds, people, teams, and the machinery every domain stands on.
-- Instants are Unix milliseconds (UTC), civil dates are ISO 8601 text, Discord ids are 64-bit integers.

CREATE TABLE guilds (
    guild_id               INTEGER PRIMARY KEY NOT NULL,
    name                   TEXT    NOT NULL,
    timezone               TEXT    NOT NULL,
    recognition_channel_id INTEGER,
    chat_kudos             INTEGER NOT NULL CHECK (chat_kudos IN (0, 1)),
    forms_off              TEXT    NOT NULL DEFAULT '', -- chat forms switched off, comma separated
    reaction_kudos         INTEGER NOT NULL CHECK (reaction_kudos IN (0, 1)),
    reaction               TEXT    NOT NULL,
    leaderboards           INTEGER NOT NULL CHECK (leaderboards IN (0, 1)),
    -- the recognition channel whose refusal an admin was told of; cleared by the next success
    refused_channel_id     INTEGER,
    owner_user_id          INTEGER,
    set_up_by              INTEGER REFERENCES people (id) ON DELETE SET NULL,
    joined_at              INTEGER NOT NULL,
    welcomed_at            INTEGER,
    left_at                INTEGER
) STRICT;

-- Every other table names a person by this surrogate id. Erasing a person empties user_id and name
-- here and leaves the id, so that counts stay and nothing leads back to anybody.
CREATE TABLE people (
    id                INTEGER PRIMARY KEY NOT NULL,
    guild_id          INTEGER NOT NULL REFERENCES guilds (guild_id) ON DELETE CASCADE,
    user_id           INTEGER,
    name              TEXT,
    is_bot            INTEGER NOT NULL DEFAULT 0 CHECK (is_bot IN (0, 1)),
    timezone          TEXT,
    recognition_style TEXT CHECK (recognition_style IN ('public', 'private')),
    recognition_note  TEXT,
    first_seen_at     INTEGER NOT NULL,
    left_at           INTEGER,
    erased_at         INTEGER,
    UNIQUE (guild_id, user_id),
    CHECK ((erased_at IS NULL AND user_id IS NOT NULL AND name IS NOT NULL)
        OR (erased_at IS NOT NULL AND user_id IS NULL AND name IS NULL AND timezone IS NULL
            AND recognition_style IS NULL AND recognition_note IS NULL))
) STRICT;
CREATE INDEX people_by_user ON people (user_id, guild_id) WHERE user_id IS NOT NULL;

CREATE TABLE teams (
    id         INTEGER PRIMARY KEY NOT NULL,
    guild_id   INTEGER NOT NULL REFERENCES guilds (guild_id) ON DELETE CASCADE,
    name       TEXT    NOT NULL,
    key        TEXT    NOT NULL, -- the name as it is compared: lower case, single spaces
    created_at INTEGER NOT NULL,
    UNIQUE (guild_id, key)
) STRICT;

CREATE TABLE team_members (
    team_id   INTEGER NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    joined_at INTEGER NOT NULL,
    PRIMARY KEY (team_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX team_members_by_person ON team_members (person_id, team_id);

CREATE TABLE team_managers (
    team_id   INTEGER NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    since     INTEGER NOT NULL,
    PRIMARY KEY (team_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX team_managers_by_person ON team_managers (person_id, team_id);

-- Messages on their way to Discord. Written in the transaction of the fact they tell of.
CREATE TABLE outbox (
    id              INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    guild_id        INTEGER REFERENCES guilds (guild_id) ON DELETE CASCADE,
    topic           TEXT    NOT NULL, -- which domain hears how it ended
    subject_id      INTEGER,          -- what it is about, in that domain
    lane            TEXT    NOT NULL, -- rows of one lane go out in order, one at a time
    act             TEXT    NOT NULL CHECK (act IN ('send', 'edit', 'delete', 'react', 'unreact')),
    channel_id      INTEGER,          -- where; or
    recipient_id    INTEGER,          -- to whom, by DM (a Discord user id)
    message_id      INTEGER,          -- the message an edit, delete, react or unreact is about; or
    target_id       INTEGER REFERENCES outbox (id) ON DELETE SET NULL, -- the row that sent it
    emoji           TEXT,
    body            TEXT,             -- the message as JSON; dropped once the row is final
    mark            TEXT,             -- what a sent copy is recognised by in the channel
    nonce           TEXT,
    dedupe          TEXT UNIQUE,      -- a second row with the same key is not written
    urgency         INTEGER NOT NULL DEFAULT 5,
    state           TEXT    NOT NULL DEFAULT 'waiting'
                    CHECK (state IN ('waiting', 'leased', 'delivered', 'refused', 'expired', 'cancelled')),
    doubtful        INTEGER NOT NULL DEFAULT 0 CHECK (doubtful IN (0, 1)), -- an attempt may have arrived
    attempts        INTEGER NOT NULL DEFAULT 0,
    due_at          INTEGER NOT NULL,
    expires_at      INTEGER,
    holder          TEXT,             -- the process that leased it
    leased_until    INTEGER,
    code            INTEGER,          -- Discord's error code, when refused
    sent_channel_id INTEGER,
    sent_message_id INTEGER,
    created_at      INTEGER NOT NULL,
    finished_at     INTEGER,
    CHECK (state IN ('waiting', 'leased') OR (body IS NULL AND finished_at IS NOT NULL))
) STRICT;
CREATE INDEX outbox_due ON outbox (urgency, due_at, id) WHERE state IN ('waiting', 'leased');
CREATE INDEX outbox_lane ON outbox (lane, id);
CREATE INDEX outbox_subject ON outbox (topic, subject_id, id);
CREATE INDEX outbox_finished ON outbox (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX outbox_sent ON outbox (sent_message_id) WHERE sent_message_id IS NOT NULL;
CREATE INDEX outbox_target ON outbox (target_id) WHERE target_id IS NOT NULL;

-- DM channels, kept so that each is opened once.
CREATE TABLE dm_channels (
    user_id    INTEGER PRIMARY KEY NOT NULL,
    channel_id INTEGER NOT NULL
) STRICT;

-- What could not be said by DM and waits for the person's next command.
CREATE TABLE notices (
    id         INTEGER PRIMARY KEY NOT NULL,
    person_id  INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    text       TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX notices_by_person ON notices (person_id, id);

-- Who changed what in a guild's settings, teams and values.
CREATE TABLE audit (
    id       INTEGER PRIMARY KEY NOT NULL,
    guild_id INTEGER NOT NULL REFERENCES guilds (guild_id) ON DELETE CASCADE,
    actor_id INTEGER REFERENCES people (id) ON DELETE SET NULL,
    about_id INTEGER REFERENCES people (id) ON DELETE SET NULL,
    action   TEXT    NOT NULL,
    detail   TEXT    NOT NULL, -- never the text of a kudos or a note, never a person's name
    at       INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_by_guild ON audit (guild_id, id);
CREATE INDEX audit_by_age ON audit (at);

-- Facts the bot keeps about itself: its installation id, the commands it registered last.
CREATE TABLE facts (
    key   TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- When each recurring job ran last.
CREATE TABLE job_runs (
    job    TEXT PRIMARY KEY NOT NULL,
    ran_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
