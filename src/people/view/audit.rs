//! The audit trail in sentences.

use crate::discord::bot::Teller;
use crate::people::Person;
use crate::people::service::{Entry, Trail, TrailFrom};
use crate::render::{CustomId, Embed, Message, Row, cut, escape, page, stamp, theme};

/// A page of the trail; only what `who` did, if somebody is given.
#[must_use]
pub fn audit(trail: &Trail, who: Option<&Person>, tellers: &[Teller]) -> Message {
    let rows = pager(trail, who);
    let by = who.map(|who| escape::name(who.name.as_deref().unwrap_or(GONE)));
    if trail.entries.is_empty() {
        let text = match (&by, &trail.newer) {
            (_, Some(_)) => "There are no older changes.".to_owned(),
            (Some(by), None) => format!("{by} has changed nothing here yet."),
            (None, None) => "Nobody has changed anything here yet.".to_owned(),
        };
        return Message::text(text).rows(rows).ephemeral();
    }
    let lines: Vec<String> = trail
        .entries
        .iter()
        .map(|entry| line(entry, tellers))
        .collect();
    let title = match by {
        Some(by) => format!("What {by} changed"),
        None => "Who changed what".to_owned(),
    };
    let embed = Embed::text(lines.join("\n"))
        .title(title)
        .colour(theme::NEUTRAL);
    Message::embed(embed).rows(rows).ephemeral()
}

/// How people who were erased are called.
const GONE: &str = "a former member";

/// How scripts are called, which post readings and have no name.
const SCRIPT: &str = "A script";

fn pager(trail: &Trail, who: Option<&Person>) -> Option<Row> {
    let to = |from: TrailFrom| {
        let id = match from {
            TrailFrom::Latest => CustomId::new("audit", "latest").arg(""),
            TrailFrom::Before(row) => CustomId::new("audit", "before").arg(row),
            TrailFrom::After(row) => CustomId::new("audit", "after").arg(row),
        };
        match who {
            Some(who) => id.arg(who.id),
            None => id,
        }
    };
    page::newer_older(trail.newer.map(to), trail.older.map(to))
}

fn line(entry: &Entry, tellers: &[Teller]) -> String {
    let named = |name: &Option<String>| {
        name.as_deref()
            .map_or_else(|| GONE.to_owned(), escape::name)
    };
    let about = named(&entry.about);
    let told = tellers
        .iter()
        .find_map(|tell| tell(&entry.action, &entry.detail, &about))
        .unwrap_or_else(|| recorded(&entry.action, &entry.detail));
    format!(
        "• {} **{}** {told}",
        stamp::short(entry.at),
        if entry.is_script {
            SCRIPT.to_owned()
        } else {
            named(&entry.actor)
        }
    )
}

/// What no domain has words for: as it was recorded.
fn recorded(action: &str, detail: &str) -> String {
    let action = escape::inline(action);
    if detail.is_empty() {
        format!("did: {action}")
    } else {
        format!("did: {action} ({})", shown(detail))
    }
}

fn shown(detail: &str) -> String {
    cut(&escape::inline(detail), 140)
}

/// Tells of changes of settings and teams.
#[must_use]
pub fn tell(action: &str, detail: &str, about: &str) -> Option<String> {
    let what = shown(detail);
    Some(match action {
        "setup" => "looked through the settings".to_owned(),
        "setup channel" if detail.is_empty() => {
            "let kudos be announced where they are given".to_owned()
        }
        "setup channel" => format!("chose <#{what}> for announcements"),
        "setup timezone" => format!("set the time zone to {what}"),
        "setup chat-kudos" => format!("switched thanks in chat {what}"),
        "setup chat-forms" if detail.is_empty() => "let no form of thanks in chat count".to_owned(),
        "setup chat-forms" => format!("let these thanks in chat count: {what}"),
        "setup reaction-kudos" => format!("switched the kudos reaction {what}"),
        "setup reaction" => format!("chose {detail} as the kudos reaction"),
        "setup cadence-channel" if detail.is_empty() => {
            "let refused direct messages be said nowhere".to_owned()
        }
        "setup cadence-channel" => format!("chose <#{what}> for refused direct messages"),
        "setup digest" if detail == "off" => "switched the weekly digest off".to_owned(),
        "setup digest" => format!("set the weekly digest to {what}"),
        "setup leaderboards" => format!("switched leaderboards {what}"),
        "team created" => format!("made the team **{what}**"),
        "team renamed" => format!("renamed a team: {what}"),
        "team deleted" => format!("deleted the team **{what}**"),
        "team member added" => format!("added {about} to **{what}**"),
        "team member removed" => format!("took {about} out of **{what}**"),
        "team manager added" => format!("made {about} a manager of **{what}**"),
        "team manager removed" => format!("ended that {about} manages **{what}**"),
        "privacy erase" => "erased the data of a former member".to_owned(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_domain_has_words_for_is_shown_as_recorded() {
        assert_eq!(
            recorded("value polished", "A *b*"),
            r"did: value polished (A \*b\*)"
        );
        assert_eq!(recorded("value polished", ""), "did: value polished");
        assert_eq!(tell("value polished", "", ""), None);
    }
}
