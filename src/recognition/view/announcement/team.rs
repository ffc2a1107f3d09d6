//! A team of any size in one announcement: as many are mentioned, and so notified, as Discord lets one
//! message mention; the others are named.

use super::mention;
use crate::recognition::store::ledger::Receiver;
use crate::render::{Embed, cut, limits, theme};

/// What " and 12345 others" takes at most.
const AND_OTHERS: usize = 20;

/// The heading with the mentions that fit behind it, and how many of `shown` those are.
pub(super) fn addressed(heading: &str, shown: &[&Receiver]) -> (String, usize) {
    let mut content = heading.to_owned();
    let mut room = limits::CONTENT.saturating_sub(limits::length(heading) + AND_OTHERS);
    let mut mentioned = 0;
    for mention in shown.iter().copied().map(mention).take(limits::PINGS) {
        let needed = limits::length(&mention) + 1;
        if needed > room {
            break;
        }
        room -= needed;
        if mentioned > 0 {
            content.push(' ');
        }
        content.push_str(&mention);
        mentioned += 1;
    }
    match shown.len() - mentioned {
        0 => {}
        1 => content.push_str(" and 1 other"),
        others => content.push_str(&format!(" and {others} others")),
    }
    (content, mentioned)
}

/// The names of those whom the content has no room for, beside the praise.
pub(super) fn others(praise: &Embed, others: &[&Receiver]) -> Option<Embed> {
    const TITLE: &str = "Thanked with them";
    if others.is_empty() {
        return None;
    }
    let names: Vec<String> = others
        .iter()
        .map(|receiver| super::super::name(receiver.name.as_deref()))
        .collect();
    let room = limits::EMBED_TOTAL.saturating_sub(praise.length() + TITLE.len());
    let names = cut(&names.join(", "), room.min(limits::EMBED_DESCRIPTION));
    Some(Embed::text(names).title(TITLE).colour(theme::KUDOS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{PersonId, UserId};
    use crate::recognition::rules::Visibility;
    use crate::render::Message;

    fn receivers(count: i64) -> Vec<Receiver> {
        (1..=count)
            .map(|n| Receiver {
                person: PersonId(n),
                user: Some(UserId::from(1_400_000_000_000_000_000 + n.cast_unsigned())),
                name: Some(format!("Member number {n}")),
                visibility: Visibility::Public,
                told: None,
                withdrawn: None,
            })
            .collect()
    }

    #[test]
    fn a_team_of_any_size_fits_into_one_message() {
        for (count, most) in [(1, 1), (2, 2), (80, 80), (101, 90), (300, 90), (2_000, 90)] {
            let receivers = receivers(count);
            let shown: Vec<&Receiver> = receivers.iter().collect();
            let (content, mentioned) = addressed("🏆 <@1> thanks **North**: ", &shown);
            assert!(
                mentioned <= most && mentioned >= most.min(80),
                "{count}: {mentioned}"
            );
            assert_eq!(content.matches("<@14").count(), mentioned);
            let rest = shown.len() - mentioned;
            if rest > 0 {
                assert!(
                    content.ends_with(&format!("> and {rest} others")),
                    "{content}"
                );
            }
            let praise = Embed::text("x".repeat(2_000)).footer("Curiosity");
            let embed = others(&praise, shown.split_at(mentioned).1);
            assert_eq!(embed.is_some(), rest > 0);
            let mut message = Message::text(content).and_embed(praise);
            message.embeds.extend(embed);
            assert_eq!(message.check(), Ok(()), "{count}");
        }
    }
}
