-- What is looked for all the time is found by indexes of what has not ended: they stay small, however much
-- has been sent.

-- The order within a lane, which holds for what is on its way; and what a lane has sent.
DROP INDEX outbox_lane;
CREATE INDEX outbox_lane ON outbox (lane, id) WHERE state IN ('waiting', 'leased');
CREATE INDEX outbox_sent_in_lane ON outbox (lane, id) WHERE state = 'delivered' AND act = 'send';

-- When the next row falls due.
CREATE INDEX outbox_waiting ON outbox (due_at, created_at) WHERE state = 'waiting';
CREATE INDEX outbox_leased ON outbox (leased_until) WHERE state = 'leased';
