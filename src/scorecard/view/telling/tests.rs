//! What is told of missing and red numbers, and that the longest fits.

use super::super::testing::{day, history, metric, period};
use super::*;
use crate::measures::Scope;
use crate::render::component::Choose;
use crate::render::limits::{self, length};
use crate::scorecard::rules::Perspective;
use crate::scorecard::rules::history::Lens;
use crate::time::Zone;

fn guild() -> Guild {
    Guild {
        id: GuildId::from(1),
        name: "Acme *One*".to_owned(),
        zone: Zone::UTC,
        recognition_channel: None,
        chat_kudos: true,
        forms_off: Vec::new(),
        reaction_kudos: true,
        reaction: "🏆".to_owned(),
        leaderboards: true,
        refused_channel: None,
        owner: None,
        set_up_by: None,
        cadence_channel: None,
        digest: None,
        digest_told: None,
    }
}

fn is_missing(name: &str, is_manager: bool, owner: Option<&str>) -> MissingNumber {
    MissingNumber {
        metric: metric(1, name, Perspective::Customer),
        period: period("2026-10"),
        is_manager,
        owner: owner.map(str::to_owned),
    }
}

fn instant() -> DateTime<Utc> {
    DateTime::from_timestamp(1_793_000_000, 0).unwrap()
}

fn text(message: &Message) -> String {
    let embed = message.embeds.first().unwrap();
    let title = embed.title.clone().unwrap_or_default();
    let footer = embed.footer.clone().unwrap_or_default();
    format!("{title}\n{}\n{footer}", words(embed))
}

fn is_told(news: News, value: &str, owner: Option<&str>) -> Told {
    let metric = metric(1, "Discovery before *demo*", Perspective::Customer);
    let known = history(&metric, &[("2026-09", "70"), ("2026-10", value)], &[]);
    Told {
        judged: known.judged(period("2026-10"), day("2026-11-24"), false, Lens::OfItsTime),
        owner: owner.map(str::to_owned),
        guard: Some("Demos *done*".to_owned()),
        news,
        metric,
    }
}

#[test]
fn a_missing_number_is_named_with_its_period_and_to_a_manager_with_who_was_reminded() {
    let mark = missing_mark(GuildId::from(1), instant(), None);
    let told = [
        is_missing("Response *hours*", false, None),
        is_missing("Win rate", true, Some("Bo_")),
        is_missing("Demos", true, None),
    ];
    insta::assert_snapshot!(text(&missing(&guild(), &told, mark)), @r"
    3 numbers are missing
    • **Response \*hours\***, October 2026
    • **Win rate**, October 2026: Bo\_ was reminded
    • **Demos**, October 2026: nobody records it now; `/metric remind` names somebody
    In Acme \*One\*. You are told of each once.
    ");
}

#[test]
fn a_red_metric_says_what_to_do_first_and_whose_it_is() {
    let mark = news_mark(GuildId::from(1), instant());
    let told = [
        is_told(News::Red, "40", Some("Bo_")),
        is_told(News::Recovered, "90", None),
    ];
    insta::assert_snapshot!(text(&news(&guild(), PersonId(1), &told, mark)), @r"
    1 turned red, 1 recovered
    • ▼ red · Discovery before \*demo\*: **40 %**, −30 points since September 2026, worse · October 2026
    **What to do:** Talk
    Its guard Demos \*done\* is red, too.
    -# Its owner is Bo\_.

    • ● green · Discovery before \*demo\*: **90 %**, +20 points since September 2026, better · October 2026
    Its guard Demos \*done\* is red, too.
    In Acme \*One\*. /metric show opens one, /scorecard review walks the reds.
    ");
}

#[test]
fn who_is_told_and_when_is_one_sentence() {
    let said = |owner: Option<&str>, managers: &[&str], grace_days| {
        let mut metric = metric(1, "Win rate", Perspective::Customer);
        metric.grace_days = grace_days;
        metric.scope = Scope::Guild;
        reminding(&Reminding {
            metric,
            owner: owner.map(str::to_owned),
            managers: managers.iter().map(|name| (*name).to_owned()).collect(),
            period: period("2026-11"),
            day: day("2026-12-03"),
            changed: owner.is_some(),
        })
        .content
    };
    insta::assert_snapshot!(
        [said(Some("Bo"), &["Ann", "Max"], 2), said(None, &[], 0)].join("\n\n"),
        @r"
    ✅ **Bo** records **Win rate**. When a number is missing 2 working days after its period, they are told once, and on the second working day after that **Ann** and **Max**.
    For November 2026 that is Thursday, 3 December.

    Nobody owns **Win rate**. When a number is missing on the first working day after its period, nobody is told, as nobody manages it. `/metric remind` with `owner` names somebody.
    For November 2026 that is Thursday, 3 December.
    "
    );
}

#[test]
fn the_most_and_longest_missing_numbers_fit_into_one_message() {
    let name = "*".repeat(80);
    let all: Vec<MissingNumber> = (0..40)
        .map(|_| is_missing(&name, true, Some(&name)))
        .collect();
    let put_off = Some(instant());
    let mark = missing_mark(GuildId::from(u64::MAX / 2), instant(), put_off);
    assert!(length(&mark.to_string()) <= limits::CUSTOM_ID);
    let message = missing(&guild(), &all, mark);
    let embed = message.embeds.first().unwrap();
    assert!(length(words(embed)) <= limits::EMBED_DESCRIPTION);
    let select = message.rows.iter().find_map(|row| match row {
        Row::Select(select) => Some(select),
        Row::Buttons(_) => None,
    });
    let Choose::Text(choices) = &select.unwrap().of else {
        panic!("a list");
    };
    assert!(choices.len() <= limits::OPTIONS);
    for choice in choices {
        assert!(length(&choice.label) <= limits::OPTION_TEXT);
        assert!(length(&choice.value) <= limits::OPTION_TEXT);
    }
}

fn words(embed: &Embed) -> &str {
    embed.description.as_deref().unwrap_or_default()
}
