-- Recognition: the ledger of kudos. Rows are never counters and never deleted; what is taken back is
-- recorded as taken back.

CREATE TABLE recognition_values (
    id          INTEGER PRIMARY KEY NOT NULL,
    guild_id    INTEGER NOT NULL REFERENCES guilds (guild_id) ON DELETE CASCADE,
    name        TEXT    NOT NULL,
    key         TEXT    NOT NULL, -- the name as it is compared: lower case, words joined by '-'
    emoji       TEXT,
    description TEXT,
    perspective TEXT CHECK (perspective IN
                ('learning-and-development', 'internal-processes', 'customer', 'finance')),
    created_at  INTEGER NOT NULL,
    retired_at  INTEGER,
    UNIQUE (guild_id, key)
) STRICT;

CREATE TABLE kudos (
    id                   INTEGER PRIMARY KEY NOT NULL,
    guild_id             INTEGER NOT NULL REFERENCES guilds (guild_id) ON DELETE CASCADE,
    giver_id             INTEGER NOT NULL REFERENCES people (id),
    kind                 TEXT    NOT NULL CHECK (kind IN ('kudos', 'second')),
    source               TEXT    NOT NULL CHECK (source IN ('slash', 'chat', 'reaction', 'menu')),
    source_key           INTEGER NOT NULL, -- the message it was read from, or the interaction's id
    channel_id           INTEGER NOT NULL, -- where it was given
    message_id           INTEGER,          -- the message it links to, if any
    team_id              INTEGER REFERENCES teams (id) ON DELETE SET NULL,
    value_id             INTEGER REFERENCES recognition_values (id) ON DELETE SET NULL,
    seconds_id           INTEGER REFERENCES kudos (id) ON DELETE CASCADE,
    visibility           TEXT    NOT NULL CHECK (visibility IN ('public', 'channel', 'private')),
    text                 TEXT,             -- the praise; NULL for a reaction, a second, or once erased
    given_at             INTEGER NOT NULL,
    day                  TEXT    NOT NULL, -- the civil date in the guild's zone when it was given
    edited_at            INTEGER,
    announced_channel_id INTEGER,
    announced_message_id INTEGER,
    CHECK ((kind = 'second') = (seconds_id IS NOT NULL)),
    UNIQUE (guild_id, source_key, giver_id, kind, source)
) STRICT;
CREATE INDEX kudos_by_giver ON kudos (giver_id, id);
CREATE INDEX kudos_by_guild ON kudos (guild_id, id);
CREATE INDEX kudos_by_announcement ON kudos (announced_message_id) WHERE announced_message_id IS NOT NULL;
CREATE INDEX kudos_by_seconded ON kudos (seconds_id) WHERE seconds_id IS NOT NULL;
CREATE INDEX kudos_by_message ON kudos (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX kudos_by_value ON kudos (value_id) WHERE value_id IS NOT NULL;

-- One row a receiver. guild, giver, value, time and day repeat the kudos so that boards, coverage and
-- history read this table alone.
CREATE TABLE kudos_receivers (
    kudos_id        INTEGER NOT NULL REFERENCES kudos (id) ON DELETE CASCADE,
    receiver_id     INTEGER NOT NULL REFERENCES people (id),
    guild_id        INTEGER NOT NULL,
    giver_id        INTEGER NOT NULL,
    value_id        INTEGER,
    given_at        INTEGER NOT NULL,
    day             TEXT    NOT NULL,
    visibility      TEXT    NOT NULL CHECK (visibility IN ('public', 'channel', 'private')),
    told_channel_id INTEGER, -- the private message that told the receiver
    told_message_id INTEGER,
    withdrawn_at    INTEGER,
    withdrawn_by    INTEGER REFERENCES people (id) ON DELETE SET NULL,
    withdrawn_why   TEXT CHECK (withdrawn_why IN
                    ('undo', 'edit', 'delete', 'reaction', 'seconded', 'admin')),
    PRIMARY KEY (kudos_id, receiver_id),
    CHECK ((withdrawn_at IS NULL) = (withdrawn_why IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX received_by_person ON kudos_receivers (receiver_id, kudos_id) WHERE withdrawn_at IS NULL;
CREATE INDEX received_in_time ON kudos_receivers (receiver_id, given_at, giver_id) WHERE withdrawn_at IS NULL;
CREATE INDEX given_in_time ON kudos_receivers (giver_id, given_at) WHERE withdrawn_at IS NULL;

-- What happened to a kudos after it was given, in order.
CREATE TABLE kudos_changes (
    id          INTEGER PRIMARY KEY NOT NULL,
    kudos_id    INTEGER NOT NULL REFERENCES kudos (id) ON DELETE CASCADE,
    receiver_id INTEGER REFERENCES people (id),
    actor_id    INTEGER REFERENCES people (id) ON DELETE SET NULL,
    change      TEXT    NOT NULL CHECK (change IN ('edited', 'withdrawn', 'restored')),
    at          INTEGER NOT NULL
) STRICT;
CREATE INDEX kudos_changes_by_kudos ON kudos_changes (kudos_id, id);

-- Derived from the ledger by the triggers below and by nothing else: who thanked whom on which day,
-- once however often, among what everybody may see. value_id 0 stands for any value.
CREATE TABLE kudos_pairs (
    guild_id    INTEGER NOT NULL,
    day         TEXT    NOT NULL,
    value_id    INTEGER NOT NULL,
    giver_id    INTEGER NOT NULL,
    receiver_id INTEGER NOT NULL,
    n           INTEGER NOT NULL,
    PRIMARY KEY (guild_id, day, value_id, giver_id, receiver_id)
) STRICT, WITHOUT ROWID;

-- Derived from kudos_pairs: distinct pairs by subject (a person, or a value) and day or month.
CREATE TABLE kudos_tallies (
    guild_id   INTEGER NOT NULL,
    board      TEXT    NOT NULL CHECK (board IN ('received', 'given', 'value')),
    grain      TEXT    NOT NULL CHECK (grain IN ('day', 'month')),
    bucket     TEXT    NOT NULL,
    subject_id INTEGER NOT NULL,
    pairs      INTEGER NOT NULL,
    PRIMARY KEY (guild_id, board, grain, bucket, subject_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER kudos_pairs_in AFTER INSERT ON kudos_pairs BEGIN
    INSERT INTO kudos_tallies (guild_id, board, grain, bucket, subject_id, pairs)
    SELECT new.guild_id, b.board, g.grain, g.bucket, b.subject_id, 1
      FROM (SELECT 'received' AS board, new.receiver_id AS subject_id WHERE new.value_id = 0
            UNION ALL SELECT 'given', new.giver_id WHERE new.value_id = 0
            UNION ALL SELECT 'value', new.value_id WHERE new.value_id <> 0) b,
           (SELECT 'day' AS grain, new.day AS bucket
            UNION ALL SELECT 'month', substr(new.day, 1, 7)) g
     WHERE true
        ON CONFLICT DO UPDATE SET pairs = pairs + 1;
END;

CREATE TRIGGER kudos_pairs_out AFTER DELETE ON kudos_pairs BEGIN
    UPDATE kudos_tallies SET pairs = pairs - 1
     WHERE guild_id = old.guild_id AND old.value_id = 0
       AND ((grain = 'day' AND bucket = old.day) OR (grain = 'month' AND bucket = substr(old.day, 1, 7)))
       AND ((board = 'received' AND subject_id = old.receiver_id)
         OR (board = 'given' AND subject_id = old.giver_id));
    UPDATE kudos_tallies SET pairs = pairs - 1
     WHERE guild_id = old.guild_id AND old.value_id <> 0
       AND ((grain = 'day' AND bucket = old.day) OR (grain = 'month' AND bucket = substr(old.day, 1, 7)))
       AND board = 'value' AND subject_id = old.value_id;
    DELETE FROM kudos_tallies
     WHERE guild_id = old.guild_id AND pairs = 0 AND bucket IN (old.day, substr(old.day, 1, 7))
       AND board IN ('received', 'given', 'value') AND grain IN ('day', 'month')
       AND subject_id IN (old.receiver_id, old.giver_id, old.value_id);
END;

CREATE TRIGGER kudos_receivers_in AFTER INSERT ON kudos_receivers
WHEN new.visibility = 'public' AND new.withdrawn_at IS NULL BEGIN
    INSERT INTO kudos_pairs (guild_id, day, value_id, giver_id, receiver_id, n)
    SELECT new.guild_id, new.day, v.value_id, new.giver_id, new.receiver_id, 1
      FROM (SELECT 0 AS value_id UNION ALL SELECT new.value_id WHERE new.value_id IS NOT NULL) v
     WHERE true
        ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER kudos_receivers_out AFTER DELETE ON kudos_receivers
WHEN old.visibility = 'public' AND old.withdrawn_at IS NULL BEGIN
    UPDATE kudos_pairs SET n = n - 1
     WHERE guild_id = old.guild_id AND day = old.day AND giver_id = old.giver_id
       AND receiver_id = old.receiver_id AND value_id IN (0, old.value_id);
    DELETE FROM kudos_pairs
     WHERE guild_id = old.guild_id AND day = old.day AND giver_id = old.giver_id
       AND receiver_id = old.receiver_id AND value_id IN (0, old.value_id) AND n = 0;
END;

CREATE TRIGGER kudos_receivers_changed AFTER UPDATE OF visibility, withdrawn_at, value_id ON kudos_receivers BEGIN
    UPDATE kudos_pairs SET n = n - 1
     WHERE old.visibility = 'public' AND old.withdrawn_at IS NULL
       AND guild_id = old.guild_id AND day = old.day AND giver_id = old.giver_id
       AND receiver_id = old.receiver_id AND value_id IN (0, old.value_id);
    INSERT INTO kudos_pairs (guild_id, day, value_id, giver_id, receiver_id, n)
    SELECT new.guild_id, new.day, v.value_id, new.giver_id, new.receiver_id, 1
      FROM (SELECT 0 AS value_id UNION ALL SELECT new.value_id WHERE new.value_id IS NOT NULL) v
     WHERE new.visibility = 'public' AND new.withdrawn_at IS NULL
        ON CONFLICT DO UPDATE SET n = n + 1;
    DELETE FROM kudos_pairs
     WHERE guild_id = old.guild_id AND day = old.day AND giver_id = old.giver_id
       AND receiver_id = old.receiver_id AND value_id IN (0, old.value_id) AND n = 0;
END;

-- Full text of the praise, scoped by guild inside the index so that a search never walks another's.
CREATE VIRTUAL TABLE kudos_text USING fts5 (
    guild_id, text, content = 'kudos', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
INSERT INTO kudos_text (kudos_text, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER kudos_text_in AFTER INSERT ON kudos WHEN new.text IS NOT NULL BEGIN
    INSERT INTO kudos_text (rowid, guild_id, text) VALUES (new.id, new.guild_id, new.text);
END;
CREATE TRIGGER kudos_text_out AFTER DELETE ON kudos WHEN old.text IS NOT NULL BEGIN
    INSERT INTO kudos_text (kudos_text, rowid, guild_id, text)
    VALUES ('delete', old.id, old.guild_id, old.text);
END;
CREATE TRIGGER kudos_text_changed AFTER UPDATE OF text ON kudos BEGIN
    INSERT INTO kudos_text (kudos_text, rowid, guild_id, text)
    SELECT 'delete', old.id, old.guild_id, old.text WHERE old.text IS NOT NULL;
    INSERT INTO kudos_text (rowid, guild_id, text)
    SELECT new.id, new.guild_id, new.text WHERE new.text IS NOT NULL;
END;

-- A search is kept while its pages can be turned; a button's id is too short for its words.
CREATE TABLE saved_searches (
    id         INTEGER PRIMARY KEY NOT NULL,
    person_id  INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    query      TEXT    NOT NULL, -- JSON
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX saved_searches_by_age ON saved_searches (created_at);
CREATE INDEX saved_searches_by_person ON saved_searches (person_id);
