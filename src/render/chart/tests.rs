//! No input breaks a picture.

use proptest::prelude::*;

use super::*;
use crate::render::limits::FILE_ALT;

fn number() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![
        Just(None),
        any::<f64>().prop_map(Some),
        (-100.0..100.0).prop_map(Some),
        Just(Some(f64::NAN)),
        Just(Some(f64::INFINITY)),
        Just(Some(f64::MAX)),
    ]
}

fn state() -> impl Strategy<Value = State> {
    prop::sample::select(State::ALL.to_vec())
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[a-z <&\"]{0,40}", Just(String::new())]
}

prop_compose! {
    fn point()(label in text(), value in number(), shown in text(), target in number(), is_forecast: bool)
        -> Point {
        Point { label, value, shown, target, is_forecast }
    }
}

prop_compose! {
    fn any_trend()(
        title in text(),
        latest in text(),
        state in state(),
        points in prop::collection::vec(point(), 0..8),
        bands in prop::collection::vec((state(), number(), number(), any::<Option<(usize, usize)>>()), 0..4),
        marks in prop::collection::vec((0_usize..9, text()), 0..4),
        compared in prop::option::of(prop::collection::vec(number(), 0..12)),
        ticks in prop::collection::vec((number(), text()), 0..3),
    ) -> Trend {
        let ticks = ticks.into_iter().filter_map(|(value, text)| Some(Tick { value: value?, text }));
        Trend {
            title,
            subtitle: String::new(),
            latest,
            state,
            goal: String::new(),
            points,
            bands: bands
                .into_iter()
                .map(|(state, from, to, points)| Band { state, from, to, points })
                .collect(),
            marks: marks.into_iter().map(|(at, text)| Mark { at, text }).collect(),
            name: String::new(),
            compare: compared.map(|values| Series { name: String::new(), values }),
            ticks: ticks.collect(),
        }
    }
}

prop_compose! {
    fn any_card()(
        title in text(),
        level in number(),
        state in state(),
        is_compared: bool,
        rows in prop::collection::vec((text(), state(), text(), prop::collection::vec(number(), 0..6), number()), 0..5),
    ) -> Card {
        let score = Verdict { text: title.clone(), level, confidence: title.clone(), state };
        let metrics = rows.into_iter().map(|(name, state, value, past, level)| Metric {
            goal: name.clone(),
            change: Some(Change { text: value.clone(), tone: Tone::Better }),
            other: level.map(|_| Figure { text: name.clone(), state }),
            is_stale: past.len() > 2,
            name,
            state,
            value,
            past,
            level,
        });
        Card {
            title: title.clone(),
            subtitle: title.clone(),
            score: Some(score.clone()),
            perspectives: vec![Perspective {
                name: String::new(),
                score: Some(score),
                other: None,
                metrics: metrics.collect(),
            }],
            beside: is_compared.then(|| Beside { own: title.clone(), other: title.clone(), score: None }),
            footer: String::new(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn any_trend_can_be_drawn(given in any_trend()) {
        let picture = trend(&given.with_ticks(|value| value.to_string())).unwrap();
        prop_assert!(length(&picture.alt) <= FILE_ALT);
    }

    #[test]
    fn any_axis_can_be_drawn(given in any_trend()) {
        prop_assert!(trend(&given).is_ok());
    }

    #[test]
    fn any_card_can_be_drawn(given in any_card()) {
        let picture = card(&given).unwrap();
        prop_assert!(length(&picture.alt) <= FILE_ALT);
    }
}

#[test]
fn what_does_not_fit_a_picture_is_counted() {
    let metric = Metric {
        name: "Kudos".to_owned(),
        state: State::Grey,
        value: String::new(),
        goal: String::new(),
        change: None,
        other: None,
        is_stale: false,
        past: Vec::new(),
        level: None,
    };
    let perspective = Perspective {
        name: "People".to_owned(),
        score: None,
        other: None,
        metrics: vec![metric; 100],
    };
    let sketch = card::sketch(&Card {
        perspectives: vec![perspective],
        ..Card::default()
    });
    assert_eq!(sketch.svg.matches(">Kudos<").count(), 60);
    assert!(sketch.svg.contains(">and 40 more metrics<"));
    assert!(sketch.alt.starts_with("100 grey."), "{}", sketch.alt);
}
