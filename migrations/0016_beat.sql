-- What the scorecard does by itself: it measures what the bot knows, and tells people of their metrics.

CREATE INDEX metrics_measured ON metrics (guild_id) WHERE source = 'bot' AND retired_at IS NULL;

-- The counts that a reading of the bot came from, in their order. They go with it.
CREATE TABLE reading_receipts (
    reading_id INTEGER NOT NULL REFERENCES readings (id) ON DELETE CASCADE,
    place      INTEGER NOT NULL,
    what       TEXT    NOT NULL, -- what was counted, in the bot's words
    count      INTEGER NOT NULL,
    PRIMARY KEY (reading_id, place)
) STRICT, WITHOUT ROWID;

-- When the close of a measured metric's period was looked at last.
CREATE TABLE metric_measured (
    metric_id INTEGER PRIMARY KEY NOT NULL REFERENCES metrics (id) ON DELETE CASCADE,
    period    TEXT    NOT NULL,
    starts_on TEXT    NOT NULL,
    looked_at INTEGER NOT NULL
) STRICT;

-- What somebody is told of metrics in one message, which is known by its instant. It goes once that was said.
CREATE TABLE metric_news (
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    told_at   INTEGER NOT NULL,
    metric_id INTEGER NOT NULL REFERENCES metrics (id) ON DELETE CASCADE,
    period    TEXT    NOT NULL,
    starts_on TEXT    NOT NULL,
    news      TEXT    NOT NULL CHECK (news IN ('red', 'recovered')),
    PRIMARY KEY (person_id, told_at, metric_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX metric_news_of_metric ON metric_news (metric_id);
