//! What people see of the cadence: values in, messages out.

mod agenda;
mod brief;
mod calendar;
mod digest;
mod ended;
mod handover;
mod health;
mod history;
mod list;
mod log;
mod moment;
mod nudge;
mod peer;
mod preview;
mod promise;
mod question;
mod refusal;
mod said;
mod told;
mod trail;

pub use agenda::{agenda, item_form, item_line};
pub use brief::brief;
pub use calendar::{Event, calendar, ics};
pub use digest::{DIGEST_REFUSED, digest, digest_mark, digest_switched};
pub use ended::ended_by_erasure;
pub use handover::{
    Offered, given_up, handed_over, release_answered, release_offered, released, taken_over,
};
pub use health::{health, which_team};
pub use history::{review_in_full, session_history};
pub use list::{lists, nudges_switched, shown};
pub use log::{log_form, logged, logged_for_others, note_form, note_kept, session_id, talked};
pub use moment::{chosen_series, moment, moment_away, moment_form, moment_shared, share_where};
pub use nudge::{
    LEFT, WAITING, cannot_reach, catch_up, catch_up_mark, happened, has_left, held_kept, move_form,
    next_dates, nudge_id, nudge_mark, promise_due, promise_is_closed, skip_form, snooze, snoozed,
    starts_before, stopped, was_it_held,
};
pub use peer::{
    peer_asked, peer_called_off, peer_declined, peer_goes_on, peer_left, peer_on, peer_rejoined,
    peer_waiting, peers_cancelled, peers_previewed, peers_started, peers_stopped, plan_of,
};
pub use preview::{cancelled, kind_of_letter, made, not_your_preview, preview};
pub use promise::{
    day_form, drop_form, due, ended_already, line, promise_added, promise_button, promise_dated,
    promise_ended, promise_finished, promise_for_you, promise_reopened, promised_to_you, promises,
};
pub use question::{filter_of, question};
pub use refusal::{refusal, stale};
pub use said::{
    agreed, agreed_before, date_is_fine, date_is_past, decline_form, end_form, first_has_passed,
    has_declined, has_ended, has_kept, has_kept_date, has_paused, has_resumed, has_suggested,
    has_suggested_date, has_taken, has_unskipped, moved, no_dates, no_next, not_agreed, not_here,
    pause_would_be_over, rule_moved_before, skipped, suggestion_has_passed, time_form,
};
pub use told::{
    asks, begins, date_kept, date_moved, date_skipped, date_suggested, declined, ended, name,
    paused, resumed, rhythm, rule_kept, rule_moved, suggested, unreached, unskipped,
};
pub use trail::tell;
