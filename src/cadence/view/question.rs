//! What somebody sees of a coaching question.

use crate::cadence::rules::question::Filter;
use crate::cadence::rules::{Step, Theme};
use crate::cadence::service::Offered;
use crate::render::component::Choice;
use crate::render::{Button, CustomId, Message, Row, Select, cut_graphemes, escape, theme};

/// A question, with another one behind a button and the way into an agenda.
#[must_use]
pub fn question(offered: &Offered) -> Message {
    let question = offered.question;
    let whose = match &offered.circle {
        Some(circle) => format!("For you and {}", circle.with()),
        None => "For you".to_owned(),
    };
    let text = format!(
        "**{}**\n-# {whose}{}{}{}{}",
        escape::inline(&question.text),
        theme::DOT,
        question.step.word(),
        theme::DOT,
        question.theme.noun()
    );
    let series = offered
        .circle
        .as_ref()
        .map_or(0, |circle| circle.series.id.0);
    let another = CustomId::new("session", "another")
        .arg(offered.guild)
        .arg(series)
        .arg(filter_word(offered.filter))
        .arg(offered.turn + 1);
    let mut buttons = vec![Button::secondary("Another one", another)];
    let ask = CustomId::new("session", "ask").arg(offered.guild);
    let mut choice = None;
    match offered.agendas.as_slice() {
        [] => {}
        [only] => buttons.push(Button::primary(
            "Add to agenda",
            ask.arg(&question.key).arg(only.series.id),
        )),
        several => {
            let choices = several.iter().take(25).map(|circle| {
                let label = format!(
                    "{} with {}",
                    circle.series.kind.noun(),
                    circle
                        .others
                        .iter()
                        .filter_map(|other| other.name.clone())
                        .collect::<Vec<_>>()
                        .join(", ")
                );
                Choice::new(cut_graphemes(&label, 80), circle.series.id.to_string())
            });
            let select = Select::text(ask.arg(&question.key), choices);
            choice = Some(Row::from(select.placeholder("Add to an agenda")));
        }
    }
    Message::text(text).row(buttons).rows(choice).ephemeral()
}

/// A filter in a button's words: "goal.demo", "-.demo".
fn filter_word(filter: Filter) -> String {
    format!(
        "{}.{}",
        filter.step.map_or("-", Step::word),
        filter.theme.map_or("-", Theme::word)
    )
}

/// The filter that a button's words mean.
#[must_use]
pub fn filter_of(word: &str) -> Option<Filter> {
    let (step, theme) = word.split_once('.')?;
    Some(Filter {
        step: Step::from_word(step),
        theme: Theme::from_word(theme),
    })
}
