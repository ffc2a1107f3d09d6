-- Boards of a team and its coverage: who was thanked, by whom and for what, a few people at a time.
CREATE INDEX kudos_pairs_by_receiver ON kudos_pairs (guild_id, receiver_id, value_id, day);
