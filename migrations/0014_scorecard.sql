-- The balanced scorecard: metrics and what they mean over time, their readings and targets, and what was
-- decided about the reds. Numbers are exact decimals as text ('82', '-0.5', '1250000'), never floats.
-- A period is its key ('2026-W42', '2026-10', '2026-Q4'); `starts_on` is its first civil day, to sort by.

CREATE TABLE metrics (
    id         INTEGER PRIMARY KEY NOT NULL,
    guild_id   INTEGER NOT NULL REFERENCES guilds (guild_id) ON DELETE CASCADE,
    key        TEXT    NOT NULL, -- what it is called for ever: 'response-hours'
    kin        TEXT    NOT NULL, -- the same for the same metric of several teams: what compares them
    team_id    INTEGER REFERENCES teams (id) ON DELETE SET NULL,    -- whose it is: a team's,
    member_id  INTEGER REFERENCES people (id) ON DELETE CASCADE,    -- a person's, or the whole guild's
    owner_id   INTEGER REFERENCES people (id) ON DELETE SET NULL,   -- who records it and is nudged
    source     TEXT    NOT NULL CHECK (source IN ('manual', 'bot', 'import')),
    grace_days INTEGER NOT NULL DEFAULT 2 CHECK (grace_days BETWEEN 0 AND 30), -- working days after a close
    created_by INTEGER REFERENCES people (id) ON DELETE SET NULL,
    created_at INTEGER NOT NULL,
    retired_by INTEGER REFERENCES people (id) ON DELETE SET NULL,
    retired_at INTEGER,
    UNIQUE (guild_id, key),
    CHECK (team_id IS NULL OR member_id IS NULL)
) STRICT;
CREATE INDEX metrics_by_guild ON metrics (guild_id, team_id, id) WHERE retired_at IS NULL;
CREATE INDEX metrics_by_team ON metrics (team_id) WHERE team_id IS NOT NULL;
CREATE INDEX metrics_by_member ON metrics (member_id) WHERE member_id IS NOT NULL;
CREATE INDEX metrics_by_owner ON metrics (owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX metrics_by_maker ON metrics (created_by) WHERE created_by IS NOT NULL;
CREATE INDEX metrics_by_retirer ON metrics (retired_by) WHERE retired_by IS NOT NULL;

-- What a metric means from a day on. A period is judged by the latest version that had begun by its last
-- day, and of several of one day by the last one written; what lies before all, by the first.
CREATE TABLE metric_versions (
    id            INTEGER PRIMARY KEY NOT NULL,
    metric_id     INTEGER NOT NULL REFERENCES metrics (id) ON DELETE CASCADE,
    from_day      TEXT    NOT NULL CHECK (from_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    name          TEXT    NOT NULL,
    perspective   TEXT    NOT NULL CHECK (perspective IN
                  ('learning-and-development', 'internal-processes', 'customer', 'finance')),
    unit          TEXT    NOT NULL CHECK (unit IN
                  ('%', 'count', 'hours', 'days', 'ratio', 'points', '1-5', 'currency')),
    currency      TEXT    CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), -- ISO 4217
    ceiling       TEXT,   -- what a value cannot exceed; such a value is not negative either
    better        TEXT    NOT NULL CHECK (better IN ('higher', 'lower', 'range')),
    edges         TEXT    NOT NULL CHECK (edges IN ('unset', 'fixed', 'baseline', 'target')),
    low_red       TEXT,   -- the four edges in ascending order; of 'target' in per cent of the target
    low_green     TEXT,
    high_green    TEXT,
    high_red      TEXT,
    weight        TEXT    NOT NULL,
    timing        TEXT    NOT NULL CHECK (timing IN ('leading', 'lagging')),
    cadence       TEXT    NOT NULL CHECK (cadence IN ('week', 'month', 'quarter')),
    is_cumulative INTEGER NOT NULL CHECK (is_cumulative IN (0, 1)),
    why           TEXT,
    action        TEXT,
    may_drive     TEXT,
    guard_id      INTEGER REFERENCES metrics (id) ON DELETE SET NULL, -- must not be red for a plain green
    is_active     INTEGER NOT NULL CHECK (is_active IN (0, 1)),
    set_by        INTEGER REFERENCES people (id) ON DELETE SET NULL,
    set_at        INTEGER NOT NULL,
    CHECK ((unit = 'currency') = (currency IS NOT NULL)),
    CHECK ((low_red IS NULL) = (low_green IS NULL) AND (high_red IS NULL) = (high_green IS NULL)),
    CHECK ((edges IN ('fixed', 'target')) = (low_red IS NOT NULL OR high_red IS NOT NULL)),
    CHECK (low_red IS NULL OR better IN ('higher', 'range')),
    CHECK (high_red IS NULL OR better IN ('lower', 'range')),
    CHECK (edges <> 'baseline' OR better <> 'range'),
    CHECK (is_active = 0 OR (edges <> 'unset' AND why IS NOT NULL AND action IS NOT NULL
                             AND may_drive IS NOT NULL)),
    CHECK (guard_id IS NULL OR guard_id <> metric_id)
) STRICT;
CREATE INDEX versions_of_metric ON metric_versions (metric_id, from_day, id);
CREATE INDEX versions_by_guard ON metric_versions (guard_id) WHERE guard_id IS NOT NULL;
CREATE INDEX versions_by_setter ON metric_versions (set_by) WHERE set_by IS NOT NULL;

-- The targets of periods. Nothing is changed: the latest row of a period holds.
CREATE TABLE metric_targets (
    id        INTEGER PRIMARY KEY NOT NULL,
    metric_id INTEGER NOT NULL REFERENCES metrics (id) ON DELETE CASCADE,
    period    TEXT    NOT NULL,
    starts_on TEXT    NOT NULL,
    value     TEXT    NOT NULL,
    set_by    INTEGER REFERENCES people (id) ON DELETE SET NULL,
    set_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX targets_of_metric ON metric_targets (metric_id, starts_on, id);
CREATE INDEX targets_by_setter ON metric_targets (set_by) WHERE set_by IS NOT NULL;

-- What was measured. A correction is another row; the one it corrects stays and says which.
CREATE TABLE readings (
    id            INTEGER PRIMARY KEY NOT NULL,
    metric_id     INTEGER NOT NULL REFERENCES metrics (id) ON DELETE CASCADE,
    period        TEXT    NOT NULL,
    starts_on     TEXT    NOT NULL,
    value         TEXT    NOT NULL,
    numerator     TEXT,
    denominator   TEXT,
    note          TEXT,
    source        TEXT    NOT NULL CHECK (source IN ('typed', 'file', 'bot', 'http')),
    recorded_by   INTEGER REFERENCES people (id) ON DELETE SET NULL, -- NULL: the bot, or one who was erased
    recorded_at   INTEGER NOT NULL,
    superseded_by INTEGER REFERENCES readings (id) ON DELETE SET NULL, -- a later reading of the same period
    CHECK ((numerator IS NULL) = (denominator IS NULL))
) STRICT;
CREATE INDEX readings_in_force ON readings (metric_id, starts_on) WHERE superseded_by IS NULL;
CREATE INDEX readings_of_metric ON readings (metric_id, starts_on, id);
CREATE INDEX readings_by_recorder ON readings (recorded_by) WHERE recorded_by IS NOT NULL;
CREATE INDEX readings_superseded ON readings (superseded_by) WHERE superseded_by IS NOT NULL;

-- A later reading of a period takes the place of the one before; no code path can forget it.
CREATE TRIGGER readings_supersede AFTER INSERT ON readings BEGIN
    UPDATE readings SET superseded_by = NEW.id
     WHERE metric_id = NEW.metric_id AND starts_on = NEW.starts_on AND period = NEW.period
       AND superseded_by IS NULL AND id <> NEW.id;
END;
CREATE TRIGGER readings_stay BEFORE UPDATE OF metric_id, period, starts_on, value, numerator, denominator,
        source, recorded_at ON readings BEGIN
    SELECT RAISE(ABORT, 'a reading is corrected by another');
END;
CREATE TRIGGER targets_stay BEFORE UPDATE OF metric_id, period, starts_on, value, set_at ON metric_targets BEGIN
    SELECT RAISE(ABORT, 'a target is replaced by another');
END;

-- What was decided about a metric in a review of a period, and what was to be done about it. What became of
-- it: the promise's state, and the readings since.
CREATE TABLE metric_reviews (
    id          INTEGER PRIMARY KEY NOT NULL,
    metric_id   INTEGER NOT NULL REFERENCES metrics (id) ON DELETE CASCADE,
    period      TEXT    NOT NULL,
    starts_on   TEXT    NOT NULL,
    decision    TEXT    NOT NULL CHECK (decision IN ('act', 'keep', 'change', 'retire')),
    action      TEXT,    -- what is to be done, in the reviewer's words
    owner_id    INTEGER REFERENCES people (id) ON DELETE SET NULL,   -- who does it
    promise_id  INTEGER REFERENCES promises (id) ON DELETE SET NULL, -- what they promised
    reviewed_by INTEGER REFERENCES people (id) ON DELETE SET NULL,
    reviewed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX reviews_of_metric ON metric_reviews (metric_id, starts_on, id);
CREATE INDEX reviews_by_owner ON metric_reviews (owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX reviews_by_promise ON metric_reviews (promise_id) WHERE promise_id IS NOT NULL;
CREATE INDEX reviews_by_reviewer ON metric_reviews (reviewed_by) WHERE reviewed_by IS NOT NULL;

-- Who was told that a reading is missing, once each.
CREATE TABLE metric_reminders (
    metric_id INTEGER NOT NULL REFERENCES metrics (id) ON DELETE CASCADE,
    period    TEXT    NOT NULL,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    role      TEXT    NOT NULL CHECK (role IN ('owner', 'manager')),
    told_at   INTEGER NOT NULL,
    PRIMARY KEY (metric_id, period, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reminders_by_person ON metric_reminders (person_id);

-- Which periods' closes were looked at, and whether the metric has been called red since and not recovered.
CREATE TABLE metric_alerts (
    metric_id  INTEGER PRIMARY KEY NOT NULL REFERENCES metrics (id) ON DELETE CASCADE,
    period     TEXT    NOT NULL, -- the last period whose close was looked at
    starts_on  TEXT    NOT NULL,
    state      TEXT    NOT NULL CHECK (state IN ('calm', 'alarmed', 'recovering')),
    told_at    INTEGER,          -- when its owner and manager were told of the red
    looked_at  INTEGER NOT NULL
) STRICT;

-- What somebody asked for last, so that it is offered first.
CREATE TABLE metrics_asked (
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    metric_id INTEGER NOT NULL REFERENCES metrics (id) ON DELETE CASCADE,
    asked_at  INTEGER NOT NULL,
    PRIMARY KEY (person_id, metric_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX metrics_asked_of_metric ON metrics_asked (metric_id);
