//! The words about personal data, made from the claims, so that they cannot fall behind. Pure.

use std::fmt::Write;

use super::{Claim, End, Holding, Keep};
use crate::config::Retention;

/// How long something is kept, as the end of "Kept …".
#[must_use]
pub fn kept(keep: Keep, settings: &Retention) -> String {
    match keep {
        Keep::UntilErased => "until you erase it".to_owned(),
        Keep::Said(words) => words.to_owned(),
        Keep::Days { days, after, .. } => format!("for {} {after}", days_of(days(settings))),
        Keep::Useful { days, after } => format!("for {} {after}", days_of(days)),
    }
}

/// "1 day", "30 days".
#[must_use]
pub fn days_of(days: u32) -> String {
    if days == 1 {
        "1 day".to_owned()
    } else {
        format!("{days} days")
    }
}

/// A holding in a few lines of Discord's markdown.
#[must_use]
pub fn lines(holding: &Holding, settings: &Retention) -> String {
    format!(
        "**{}.** {} *Why:* {} *Who sees it:* {} *Kept* {}. *Erased:* {}",
        holding.title,
        holding.what,
        holding.why,
        holding.seen_by,
        kept(holding.keep, settings),
        holding.erased
    )
}

/// The part of docs/PRIVACY.md that comes from the claims, with the default settings.
#[must_use]
pub fn document(claims: &[Claim]) -> String {
    let mut text = String::new();
    let settings = Retention::default();
    for claim in claims {
        // Writing to a string cannot fail.
        let _written = writeln!(text, "### {}\n", claim.title);
        for holding in claim.holdings {
            let _written = write!(text, "{}", section(holding, &settings));
        }
    }
    text
}

fn section(holding: &Holding, settings: &Retention) -> String {
    let sections = if holding.sections.is_empty() {
        "not by itself".to_owned()
    } else {
        let names = holding.sections.iter().map(|name| format!("`{name}`"));
        names.collect::<Vec<_>>().join(", ")
    };
    let setting = match holding.keep {
        Keep::UntilErased | Keep::Useful { .. } | Keep::Said(_) => String::new(),
        Keep::Days { setting, .. } => format!(" (`[retention] {setting}`)"),
    };
    let mut text = format!(
        "**{}.** {}\n\n- Why: {}\n- Seen by: {}\n- Kept {}{setting}\n- In the export: {sections}\n- Erased: {}\n",
        holding.title,
        holding.what,
        holding.why,
        holding.seen_by,
        kept(holding.keep, settings),
        holding.erased,
    );
    let columns: Vec<String> = holding
        .columns
        .iter()
        .map(|column| {
            let end = match column.end {
                End::Gone => "emptied",
                End::Nobody => "names an empty row",
                End::Redacted => "without the name",
            };
            format!("`{}.{}` ({end})", column.table, column.name)
        })
        .collect();
    let _written = writeln!(
        text,
        "- Columns, and what an erasure leaves: {}\n",
        columns.join(", ")
    );
    text
}
