-- Sets of metrics that a guild has saved or brought, by name: what `/scorecard template` offers beside the
-- built-in ones. The text is the template file itself.
CREATE TABLE metric_sets (
    guild_id INTEGER NOT NULL REFERENCES guilds (guild_id) ON DELETE CASCADE,
    name     TEXT    NOT NULL, -- as a key: 'our-set'
    text     TEXT    NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (guild_id, name)
) STRICT, WITHOUT ROWID;
