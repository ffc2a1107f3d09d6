//! What people see of the scorecard.

mod card;
mod define;
mod export;
mod history;
mod import;
mod list;
mod picture;
mod receipts;
mod record;
mod red;
mod refusal;
mod review;
mod show;
mod tell;
mod telling;
mod template;
#[cfg(test)]
mod testing;
mod words;

pub use card::{CardSheet, card, card_kept, card_shared};
pub use define::{
    defined, metric_retired, metric_returned, metric_to_retire, metric_untouched, questions_form,
};
pub use export::exported;
pub use history::history;
pub use import::{
    import_already, import_done, import_left, import_nothing, import_preview, import_wrong,
};
pub use list::metrics;
pub use picture::{card_drawn, illustrated, metric_drawn};
pub use receipts::{receipts, receipts_button};
pub use record::{recorded, targets_set};
pub use red::red_line;
pub use refusal::refusal;
pub use review::{
    acted, action_form, agenda_text, promise_text, retire_in_review, review, reviewed,
};
pub(super) use show::TEAM;
pub use show::{Sheet, metric, metric_kept, metric_shared};
pub use tell::tell;
pub use telling::{
    WAITING, disowned, is_put_off, missing, missing_mark, news, news_mark, news_now, not_theirs,
    put_off, record_form, recorded_by_now, reminding, which_is_not_yours, yours_now,
};
pub use template::{set_forgotten, set_saved, template_applied, template_left, template_preview};

use crate::error::Failure;

/// The refusal for a button whose id this version cannot read.
#[must_use]
pub fn stale() -> Failure {
    Failure::refused(
        "This button is from an earlier version and does nothing any more. Use the command instead; \
         `/help` lists them.",
    )
}
