//! What people see of the cadence: values in, messages out.

mod agenda;
mod digest;
mod handover;
mod health;
mod history;
mod log;
mod moment;
mod peer;
mod promise;
mod question;
mod refusal;

pub use agenda::{agenda, item_form, item_line};
pub use digest::{DIGEST_REFUSED, digest, digest_mark, digest_switched};
pub use handover::{
    Offered, given_up, handed_over, release_answered, release_offered, released, taken_over,
};
pub use health::{health, which_team};
pub use history::{review_in_full, session_history};
pub use log::{log_form, logged, logged_for_others, note_form, note_kept, session_id, talked};
pub use moment::{chosen_series, moment, moment_away, moment_form, moment_shared, share_where};
pub use peer::{
    peer_asked, peer_called_off, peer_declined, peer_goes_on, peer_left, peer_on, peer_rejoined,
    peer_waiting, peers_cancelled, peers_previewed, peers_started, peers_stopped, plan_of,
};
pub use promise::{
    day_form, drop_form, due, ended_already, line, promise_added, promise_button, promise_dated,
    promise_ended, promise_finished, promise_for_you, promise_reopened, promised_to_you, promises,
};
pub use question::{filter_of, question};
pub use refusal::{refusal, stale};
