-- A manager's weekly digest, rotations of peers, and what stays sealed when a manager changes.

-- Who gets the weekly digest, and the latest ISO week ('2026-W48') that was told of or passed over.
CREATE TABLE manager_digests (
    person_id INTEGER PRIMARY KEY NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    wanted    INTEGER NOT NULL DEFAULT 1 CHECK (wanted IN (0, 1)),
    told_week TEXT
) STRICT;

-- Peers of a team who coach each other in turns. A round has one date; who meets in it is the series
-- that it made, which each of them agrees to.
CREATE TABLE rotations (
    id         INTEGER PRIMARY KEY NOT NULL,
    guild_id   INTEGER NOT NULL REFERENCES guilds (guild_id) ON DELETE CASCADE,
    team_id    INTEGER NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    rule       TEXT    NOT NULL, -- an RFC 5545 recurrence rule
    starts     TEXT    NOT NULL, -- the first civil date and time, 'YYYY-MM-DDTHH:MM', in
    timezone   TEXT    NOT NULL,
    minutes    INTEGER NOT NULL CHECK (minutes BETWEEN 5 AND 480),
    next_at    INTEGER,          -- the date of the round to be made next; NULL: there is none
    make_at    INTEGER,          -- when it is made
    created_by INTEGER REFERENCES people (id) ON DELETE SET NULL,
    created_at INTEGER NOT NULL,
    stopped_by INTEGER REFERENCES people (id) ON DELETE SET NULL,
    stopped_at INTEGER,
    CHECK ((next_at IS NULL) = (make_at IS NULL)),
    CHECK (stopped_at IS NULL OR make_at IS NULL)
) STRICT;
CREATE UNIQUE INDEX rotations_of_team ON rotations (team_id) WHERE stopped_at IS NULL;
CREATE INDEX rotations_by_team ON rotations (team_id, id);
CREATE INDEX rotations_by_guild ON rotations (guild_id);
CREATE INDEX rotations_due ON rotations (make_at) WHERE make_at IS NOT NULL;

-- Who is not to be paired: left out by who set it up, or by their own word.
CREATE TABLE rotation_absent (
    rotation_id INTEGER NOT NULL REFERENCES rotations (id) ON DELETE CASCADE,
    person_id   INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    by_own_word INTEGER NOT NULL CHECK (by_own_word IN (0, 1)),
    since       INTEGER NOT NULL,
    PRIMARY KEY (rotation_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX rotation_absent_by_person ON rotation_absent (person_id);

CREATE TABLE rotation_rounds (
    id          INTEGER PRIMARY KEY NOT NULL,
    rotation_id INTEGER NOT NULL REFERENCES rotations (id) ON DELETE CASCADE,
    number      INTEGER NOT NULL CHECK (number > 0),
    starts_at   INTEGER NOT NULL,
    made_at     INTEGER NOT NULL,
    UNIQUE (rotation_id, number)
) STRICT;

CREATE TABLE rotation_pairings (
    series_id INTEGER PRIMARY KEY NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    round_id  INTEGER NOT NULL REFERENCES rotation_rounds (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX rotation_pairings_by_round ON rotation_pairings (round_id);

-- A manager whose place is empty: whoever takes it next takes over what moves on.
CREATE TABLE open_places (
    team_id   INTEGER NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    since     INTEGER NOT NULL,
    PRIMARY KEY (team_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX open_places_by_person ON open_places (person_id);
CREATE INDEX open_places_by_age ON open_places (since);

-- Past reviews of a former manager and a member of the team, sealed until both release them to the new
-- manager. NULL: not answered, and as sealed as 'sealed'.
CREATE TABLE releases (
    id            INTEGER PRIMARY KEY NOT NULL,
    guild_id      INTEGER NOT NULL REFERENCES guilds (guild_id) ON DELETE CASCADE,
    former_id     INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    member_id     INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    new_id        INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    former_answer TEXT CHECK (former_answer IN ('released', 'sealed')),
    member_answer TEXT CHECK (member_answer IN ('released', 'sealed')),
    offered_at    INTEGER NOT NULL,
    UNIQUE (former_id, member_id, new_id),
    CHECK (former_id <> member_id AND member_id <> new_id AND former_id <> new_id)
) STRICT;
CREATE INDEX releases_by_guild ON releases (guild_id);
CREATE INDEX releases_by_former ON releases (former_id);
CREATE INDEX releases_by_member ON releases (member_id);
CREATE INDEX releases_by_new ON releases (new_id);
