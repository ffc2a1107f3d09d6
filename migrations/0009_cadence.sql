-- Coaching cadence: series and their occurrences, nudges, promises, agenda, notes, moments, questions.
-- Who the people of a series are stands in series_members; what concerns a pair is seen by that pair alone.

CREATE TABLE series (
    id           INTEGER PRIMARY KEY NOT NULL,
    guild_id     INTEGER NOT NULL REFERENCES guilds (guild_id) ON DELETE CASCADE,
    kind         TEXT    NOT NULL
                 CHECK (kind IN ('one-on-one', 'review-and-plan', 'peer-coaching', 'partner-review')),
    uid          TEXT    NOT NULL UNIQUE, -- what a calendar knows it by, for ever
    rule         TEXT    NOT NULL, -- an RFC 5545 recurrence rule
    starts       TEXT    NOT NULL, -- the first civil date and time, 'YYYY-MM-DDTHH:MM', in
    timezone     TEXT    NOT NULL,
    minutes      INTEGER NOT NULL CHECK (minutes BETWEEN 5 AND 480),
    team_id      INTEGER REFERENCES teams (id) ON DELETE SET NULL,
    state        TEXT    NOT NULL CHECK (state IN ('proposed', 'running', 'paused', 'ended')),
    paused_until INTEGER, -- when it resumes by itself; NULL: when somebody resumes it
    reason       TEXT,    -- why it is paused or was ended, in somebody's words
    revision     INTEGER NOT NULL DEFAULT 0, -- the calendar's SEQUENCE
    created_by   INTEGER REFERENCES people (id) ON DELETE SET NULL,
    created_at   INTEGER NOT NULL,
    changed_by   INTEGER REFERENCES people (id) ON DELETE SET NULL, -- who paused, resumed or ended it
    changed_at   INTEGER,
    CHECK (state = 'paused' OR paused_until IS NULL)
) STRICT;
CREATE INDEX series_by_guild ON series (guild_id, state);
CREATE INDEX series_by_team ON series (team_id) WHERE team_id IS NOT NULL;
CREATE INDEX series_resuming ON series (paused_until) WHERE paused_until IS NOT NULL;

CREATE TABLE series_members (
    series_id   INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    person_id   INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    answer      TEXT    NOT NULL CHECK (answer IN ('asked', 'fine', 'declined')),
    answered_at INTEGER,
    nudged      INTEGER NOT NULL DEFAULT 1 CHECK (nudged IN (0, 1)), -- 0: this person stopped the nudges
    PRIMARY KEY (series_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX series_by_member ON series_members (person_id, series_id);

-- One date of a series. Of a running series the next one is always here, planned; the dates after it
-- follow from the rule.
CREATE TABLE occurrences (
    id         INTEGER PRIMARY KEY NOT NULL,
    series_id  INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    slot       INTEGER NOT NULL, -- when the rule has it: the calendar's RECURRENCE-ID
    starts_at  INTEGER NOT NULL,
    ends_at    INTEGER NOT NULL,
    by_rule    INTEGER NOT NULL DEFAULT 1 CHECK (by_rule IN (0, 1)), -- 0: logged beside the rhythm
    state      TEXT    NOT NULL CHECK (state IN ('planned', 'over', 'skipped', 'cancelled')),
    question   TEXT,             -- the coaching question of its brief: a key of the bank
    skipped_by INTEGER REFERENCES people (id) ON DELETE SET NULL,
    reason     TEXT,             -- why it was skipped, in that person's words
    revision   INTEGER NOT NULL DEFAULT 0,
    UNIQUE (series_id, slot),
    CHECK (ends_at > starts_at)
) STRICT;
CREATE INDEX occurrences_by_start ON occurrences (series_id, starts_at);
CREATE INDEX occurrences_planned ON occurrences (series_id) WHERE state = 'planned';
CREATE INDEX occurrences_ending ON occurrences (ends_at) WHERE state = 'planned';

-- What each side said of whether it was held.
CREATE TABLE held_answers (
    occurrence_id INTEGER NOT NULL REFERENCES occurrences (id) ON DELETE CASCADE,
    person_id     INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    held          INTEGER NOT NULL CHECK (held IN (0, 1)),
    answered_at   INTEGER NOT NULL,
    PRIMARY KEY (occurrence_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX held_answers_by_person ON held_answers (person_id);

-- Who moved what.
CREATE TABLE moves (
    id            INTEGER PRIMARY KEY NOT NULL,
    occurrence_id INTEGER NOT NULL REFERENCES occurrences (id) ON DELETE CASCADE,
    person_id     INTEGER REFERENCES people (id) ON DELETE SET NULL,
    from_at       INTEGER NOT NULL,
    to_at         INTEGER NOT NULL,
    moved_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX moves_by_occurrence ON moves (occurrence_id);
CREATE INDEX moves_by_person ON moves (person_id) WHERE person_id IS NOT NULL;

CREATE TABLE promises (
    id            INTEGER PRIMARY KEY NOT NULL,
    guild_id      INTEGER NOT NULL REFERENCES guilds (guild_id) ON DELETE CASCADE,
    owner_id      INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE, -- who keeps it
    other_id      INTEGER REFERENCES people (id) ON DELETE SET NULL, -- to whom; NULL: to oneself
    by_id         INTEGER REFERENCES people (id) ON DELETE SET NULL, -- who wrote it down
    occurrence_id INTEGER REFERENCES occurrences (id) ON DELETE SET NULL, -- the session it came from
    text          TEXT    NOT NULL,
    due_day       TEXT,    -- ISO civil date in the owner's zone
    state         TEXT    NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'dropped')),
    reason        TEXT,    -- why it was dropped
    made_at       INTEGER NOT NULL,
    finished_at   INTEGER,
    CHECK ((state = 'open') = (finished_at IS NULL)),
    CHECK (other_id IS NULL OR other_id <> owner_id)
) STRICT;
CREATE INDEX promises_by_owner ON promises (owner_id, state, due_day);
CREATE INDEX promises_by_other ON promises (other_id, state, due_day) WHERE other_id IS NOT NULL;
CREATE INDEX promises_by_guild ON promises (guild_id);
CREATE INDEX promises_by_writer ON promises (by_id) WHERE by_id IS NOT NULL;
CREATE INDEX promises_by_session ON promises (occurrence_id) WHERE occurrence_id IS NOT NULL;

-- What somebody is to be told, and when. The message is made when it goes out, from how things stand then.
CREATE TABLE nudges (
    id            INTEGER PRIMARY KEY NOT NULL,
    guild_id      INTEGER NOT NULL REFERENCES guilds (guild_id) ON DELETE CASCADE,
    person_id     INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    occurrence_id INTEGER REFERENCES occurrences (id) ON DELETE CASCADE,
    promise_id    INTEGER REFERENCES promises (id) ON DELETE CASCADE,
    kind          TEXT    NOT NULL CHECK (kind IN ('ahead', 'snoozed', 'held', 'due', 'overdue')),
    minutes       INTEGER NOT NULL DEFAULT 0, -- how long before the start, of 'ahead'
    due_at        INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL, -- from then on it is of no use
    state         TEXT    NOT NULL DEFAULT 'waiting'
                  CHECK (state IN ('waiting', 'late', 'handed', 'done')),
    CHECK ((occurrence_id IS NULL) <> (promise_id IS NULL))
) STRICT;
CREATE INDEX nudges_due ON nudges (due_at) WHERE state = 'waiting';
CREATE INDEX nudges_late ON nudges (person_id) WHERE state = 'late';
CREATE UNIQUE INDEX nudges_of_occurrence ON nudges (occurrence_id, person_id, kind, minutes)
    WHERE occurrence_id IS NOT NULL;
CREATE UNIQUE INDEX nudges_of_promise ON nudges (promise_id, person_id, kind)
    WHERE promise_id IS NOT NULL;
CREATE INDEX nudges_by_person ON nudges (person_id);
CREATE INDEX nudges_by_guild ON nudges (guild_id);

-- A private note on what somebody did or wrote, brought to the author's next session with them.
CREATE TABLE moments (
    id         INTEGER PRIMARY KEY NOT NULL,
    guild_id   INTEGER NOT NULL REFERENCES guilds (guild_id) ON DELETE CASCADE,
    author_id  INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    about_id   INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    channel_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    note       TEXT    NOT NULL,
    noted_at   INTEGER NOT NULL,
    closed_at  INTEGER -- shared into an agenda, or put away
) STRICT;
CREATE INDEX moments_open ON moments (author_id, about_id) WHERE closed_at IS NULL;
CREATE INDEX moments_by_author ON moments (author_id, id);
CREATE INDEX moments_by_about ON moments (about_id);
CREATE INDEX moments_by_guild ON moments (guild_id);

CREATE TABLE agenda_items (
    id         INTEGER PRIMARY KEY NOT NULL,
    series_id  INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    author_id  INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    text       TEXT    NOT NULL,
    moment_id  INTEGER REFERENCES moments (id) ON DELETE SET NULL, -- the moment it was shared from
    added_at   INTEGER NOT NULL,
    discussed_in INTEGER REFERENCES occurrences (id) ON DELETE SET NULL,
    closed_at  INTEGER, -- discussed or taken off
    closed_by  INTEGER REFERENCES people (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX agenda_open ON agenda_items (series_id, id) WHERE closed_at IS NULL;
CREATE INDEX agenda_by_series ON agenda_items (series_id, added_at);
CREATE INDEX agenda_by_author ON agenda_items (author_id);
CREATE INDEX agenda_by_closer ON agenda_items (closed_by) WHERE closed_by IS NOT NULL;
CREATE INDEX agenda_by_session ON agenda_items (discussed_in) WHERE discussed_in IS NOT NULL;
CREATE INDEX agenda_by_moment ON agenda_items (moment_id) WHERE moment_id IS NOT NULL;

-- Review & Plan of a session as one side wrote it, for all of the session.
CREATE TABLE reviews (
    occurrence_id INTEGER NOT NULL REFERENCES occurrences (id) ON DELETE CASCADE,
    author_id     INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    went_well     TEXT,
    saw_and_felt  TEXT,
    plan          TEXT,
    written_at    INTEGER NOT NULL,
    PRIMARY KEY (occurrence_id, author_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reviews_by_author ON reviews (author_id);

-- What one side noted for itself; nobody else ever reads it.
CREATE TABLE private_notes (
    occurrence_id INTEGER NOT NULL REFERENCES occurrences (id) ON DELETE CASCADE,
    author_id     INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    text          TEXT    NOT NULL,
    written_at    INTEGER NOT NULL,
    PRIMARY KEY (occurrence_id, author_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX private_notes_by_author ON private_notes (author_id);

-- Which questions of the bank a pair was asked; of three, each pair.
CREATE TABLE questions_asked (
    low_id   INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    high_id  INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    question TEXT    NOT NULL, -- a key of the bank
    times    INTEGER NOT NULL DEFAULT 1,
    asked_at INTEGER NOT NULL, -- the last time
    PRIMARY KEY (low_id, high_id, question),
    CHECK (low_id < high_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX questions_asked_by_high ON questions_asked (high_id);
