//! The words that the scorecard's messages share.

use crate::render::{escape, theme};
use crate::scorecard::rules::card::Guarded;
use crate::scorecard::rules::history::{Change, Freshness, History, Judged, Lens, Unjudged};
use crate::scorecard::rules::scoring::Colour;
use crate::scorecard::rules::trend::Course;
use crate::scorecard::rules::{Band, Better, Unit, show};
use crate::scorecard::store::metrics::Metric;

/// "▼ red": the glyph and the word that always stand beside a colour.
pub(super) fn badge(colour: Colour) -> String {
    format!("{} {}", colour.glyph(), colour.word())
}

/// The same of a green whose guard is red: "◐ green, in doubt".
pub(super) fn badge_of(colour: Colour, guarded: Guarded) -> String {
    match guarded {
        Guarded::Plain => badge(colour),
        Guarded::InDoubt => format!("◐ {}, in doubt", colour.word()),
    }
}

/// The unit that the figures of a judged period were in.
pub(super) fn unit_of(metric: &Metric, history: &History, judged: &Judged, lens: Lens) -> Unit {
    let period = judged.point.map_or(judged.period, |point| point.period);
    let definition = history.definition(&period, lens);
    definition.map_or(metric.definition.unit, |definition| definition.unit)
}

/// The colour of an embed.
pub(super) const fn tint(colour: Colour) -> u32 {
    match colour {
        Colour::Red => theme::ERROR,
        Colour::Amber => theme::WARN,
        Colour::Green => theme::DONE,
        Colour::Grey => theme::NEUTRAL,
    }
}

/// "**Response hours**".
pub(super) fn bold(metric: &Metric) -> String {
    format!("**{}**", escape::name(&metric.definition.name))
}

/// "green from 80 %, red below 60 %".
pub(super) fn range(band: &Band, unit: Unit) -> String {
    let say = |number| show::number(number, unit);
    match (band.low(), band.high()) {
        (Some(low), Some(high)) => format!(
            "green from {} to {}, red below {} or above {}",
            say(low.green),
            say(high.green),
            say(low.red),
            say(high.red)
        ),
        (Some(low), None) => format!("green from {}, red below {}", say(low.green), say(low.red)),
        (None, Some(high)) => format!(
            "green up to {}, red above {}",
            say(high.green),
            say(high.red)
        ),
        (None, None) => "no range".to_owned(),
    }
}

/// Why a reading has no colour, as a sentence with the next step.
pub(super) const fn unjudged(why: Unjudged) -> &'static str {
    match why {
        Unjudged::NoRange => {
            "It has no good and bad range yet; `/metric edit` gives it one, and then it is judged."
        }
        Unjudged::NoTarget => {
            "Its range is a share of the period's target, and there is none; `/metric target` sets it."
        }
        Unjudged::Baseline => {
            "Its range follows from the first two periods, so it is judged from the third on."
        }
        Unjudged::FlatBaseline => {
            "The first two periods were 0, which makes no range; `/metric edit` gives it one."
        }
    }
}

/// "+1.5 h since September 2026, worse".
pub(super) fn change(change: &Change, unit: Unit) -> String {
    format!(
        "{} since {}{}",
        show::change(change.by, unit),
        change.from.period.label(),
        course(change.course)
    )
}

/// "+1.5 h, worse".
pub(super) fn changed(change: &Change, unit: Unit) -> String {
    format!("{}{}", show::change(change.by, unit), course(change.course))
}

/// From what is compared with to what is shown; none between units and without both.
pub(super) fn difference(
    (now, unit): (&Judged, Unit),
    (then, unit_then): (&Judged, Unit),
    better: Better,
) -> Option<Change> {
    let (to, from) = (now.point?, then.point?);
    let band = now.verdict.band.as_ref().ok();
    (unit == unit_then).then(|| Change::between(from, to, better, band))
}

const fn course(course: Course) -> &'static str {
    match course {
        Course::Better => ", better",
        Course::Worse => ", worse",
        Course::Same => "",
    }
}

/// Of when the figure is.
pub(super) fn freshness(judged: &Judged, is_running: bool) -> String {
    let asked = judged.period.label();
    let own = judged.point.map(|point| point.period.label());
    match (judged.freshness, own) {
        (Freshness::Fresh, _) if is_running => format!("{asked} so far"),
        (Freshness::Fresh, _) => asked,
        (Freshness::Latest, Some(own)) => format!("{own}, the latest; {asked} has no reading yet"),
        (Freshness::Stale, Some(own)) => format!("{own}, stale: {asked} has no reading yet"),
        (Freshness::Missing, _) | (_, None) => format!("{asked} has no reading"),
    }
}
