-- Finding kudos: what a page of history or of a search reads, in the order in which it is read.

-- Where a period begins and ends in a guild's ledger: rows are written in the order of time.
CREATE INDEX kudos_by_time ON kudos (guild_id, given_at);

-- What everybody in the guild may see of what somebody received and gave, and what is between few.
-- Who asks reads only what they may see, however much there is that they may not.
CREATE INDEX received_openly ON kudos_receivers (receiver_id, kudos_id)
    WHERE withdrawn_at IS NULL AND visibility = 'public';
CREATE INDEX given_openly ON kudos_receivers (giver_id, kudos_id)
    WHERE withdrawn_at IS NULL AND visibility = 'public';
CREATE INDEX received_closely ON kudos_receivers (receiver_id, kudos_id, giver_id)
    WHERE withdrawn_at IS NULL AND visibility <> 'public';

-- Whom a search may show a kudos to, and whom it is about, as words of the full-text index: 'p' and
-- the row of its giver and of each receiver in force, and 'g' and the guild when everybody in it may
-- see it. NULL once it is taken back. Kept by the triggers below and by nothing else.
ALTER TABLE kudos ADD COLUMN scope TEXT;

UPDATE kudos SET scope =
    (SELECT iif(max(r.visibility = 'public'), 'g' || r.guild_id || ' ', '') || 'p' || r.giver_id || ' '
            || group_concat('p' || r.receiver_id, ' ')
       FROM kudos_receivers r WHERE r.kudos_id = kudos.id AND r.withdrawn_at IS NULL);

CREATE TRIGGER kudos_scope_in AFTER INSERT ON kudos_receivers BEGIN
    UPDATE kudos SET scope =
        (SELECT iif(max(r.visibility = 'public'), 'g' || r.guild_id || ' ', '') || 'p' || r.giver_id || ' '
                || group_concat('p' || r.receiver_id, ' ')
           FROM kudos_receivers r WHERE r.kudos_id = new.kudos_id AND r.withdrawn_at IS NULL)
     WHERE id = new.kudos_id;
END;
CREATE TRIGGER kudos_scope_out AFTER DELETE ON kudos_receivers BEGIN
    UPDATE kudos SET scope =
        (SELECT iif(max(r.visibility = 'public'), 'g' || r.guild_id || ' ', '') || 'p' || r.giver_id || ' '
                || group_concat('p' || r.receiver_id, ' ')
           FROM kudos_receivers r WHERE r.kudos_id = old.kudos_id AND r.withdrawn_at IS NULL)
     WHERE id = old.kudos_id;
END;
CREATE TRIGGER kudos_scope_changed AFTER UPDATE OF visibility, withdrawn_at ON kudos_receivers BEGIN
    UPDATE kudos SET scope =
        (SELECT iif(max(r.visibility = 'public'), 'g' || r.guild_id || ' ', '') || 'p' || r.giver_id || ' '
                || group_concat('p' || r.receiver_id, ' ')
           FROM kudos_receivers r WHERE r.kudos_id = new.kudos_id AND r.withdrawn_at IS NULL)
     WHERE id = new.kudos_id;
END;

-- The full text again, with the scope beside it: a search walks only what who asks may see.
DROP TRIGGER kudos_text_in;
DROP TRIGGER kudos_text_out;
DROP TRIGGER kudos_text_changed;
DROP TABLE kudos_text;

CREATE VIEW kudos_to_find AS
    SELECT id, scope, text FROM kudos WHERE scope IS NOT NULL AND text IS NOT NULL;

CREATE VIRTUAL TABLE kudos_text USING fts5 (
    scope, text, content = 'kudos_to_find', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
INSERT INTO kudos_text (kudos_text, rank) VALUES ('secure-delete', 1);
INSERT INTO kudos_text (kudos_text) VALUES ('rebuild');

CREATE TRIGGER kudos_text_in AFTER INSERT ON kudos
WHEN new.text IS NOT NULL AND new.scope IS NOT NULL BEGIN
    INSERT INTO kudos_text (rowid, scope, text) VALUES (new.id, new.scope, new.text);
END;
CREATE TRIGGER kudos_text_out AFTER DELETE ON kudos
WHEN old.text IS NOT NULL AND old.scope IS NOT NULL BEGIN
    INSERT INTO kudos_text (kudos_text, rowid, scope, text)
    VALUES ('delete', old.id, old.scope, old.text);
END;
CREATE TRIGGER kudos_text_changed AFTER UPDATE OF text, scope ON kudos BEGIN
    INSERT INTO kudos_text (kudos_text, rowid, scope, text)
    SELECT 'delete', old.id, old.scope, old.text
     WHERE old.text IS NOT NULL AND old.scope IS NOT NULL;
    INSERT INTO kudos_text (rowid, scope, text)
    SELECT new.id, new.scope, new.text WHERE new.text IS NOT NULL AND new.scope IS NOT NULL;
END;
