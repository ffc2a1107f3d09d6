//! Taking a person out of the cadence: their series end, and the others hear that, once each.

use sqlx::SqliteConnection;

use super::plan::unplan;
use super::tell::{Word, tell};
use crate::app::App;
use crate::cadence::rules::SeriesState;
use crate::cadence::store::personal;
use crate::cadence::store::series::{self, Change};
use crate::cadence::view;
use crate::people;
use crate::privacy::Subject;

/// Erases what a person wrote, promised and said, and what was noted about them; takes their name out
/// of what others wrote with them; and ends what they were in.
///
/// # Errors
/// The database's own faults.
pub(in crate::cadence) async fn erase(
    app: &App,
    tx: &mut SqliteConnection,
    subject: &Subject,
) -> Result<(), sqlx::Error> {
    let now = app.now();
    let others = personal::list_others(tx, subject.person).await?;
    for id in personal::list_running_of(tx, subject.person).await? {
        unplan(tx, id).await?;
        let ended = Change {
            state: SeriesState::Ended,
            until: None,
            reason: None,
            by: None,
        };
        series::set_state(tx, id, &ended, now).await?;
    }
    personal::delete_own(tx, subject.person).await?;
    personal::delete_turns(tx, subject.person).await?;
    personal::end_answers(tx, subject.person).await?;
    personal::erase_words(tx, subject).await?;
    let Some(guild) = people::find_guild(&mut *tx, subject.guild).await? else {
        return Ok(());
    };
    let message = view::ended_by_erasure(&guild.name);
    for other in others {
        let word = Word {
            guild: guild.id,
            to: other,
            about: ("erased", subject.person.0),
            once: None,
        };
        tell(tx, word, &message, subject.person, now).await?;
    }
    Ok(())
}
