//! What people see of the cadence: values in, messages out.

mod agenda;
mod brief;
mod history;
mod log;
mod moment;
mod nudge;
mod promise;
mod question;
mod refusal;

pub use agenda::{agenda, item_form, item_line};
pub use brief::brief;
pub use history::{review_in_full, session_history};
pub use log::{log_form, logged, logged_for_others, note_form, note_kept, session_id, talked};
pub use moment::{chosen_series, moment, moment_away, moment_form, moment_shared, share_where};
pub use nudge::{
    LEFT, WAITING, cannot_reach, catch_up, catch_up_mark, happened, has_left, held_kept, move_form,
    next_dates, nudge_id, nudge_mark, promise_due, promise_is_closed, skip_form, snooze, snoozed,
    starts_before, stopped, was_it_held,
};
pub use promise::{
    day_form, drop_form, due, ended_already, line, promise_added, promise_button, promise_dated,
    promise_ended, promise_finished, promise_for_you, promise_reopened, promised_to_you, promises,
};
pub use question::{filter_of, question};
pub use refusal::{refusal, stale};
