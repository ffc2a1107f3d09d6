//! The bank of coaching questions, and which of them comes next.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::{Step, Theme};

/// A coaching question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What it is known by, for ever.
    pub key: String,
    /// The GROW step it belongs to.
    pub step: Step,
    /// What it is about.
    pub theme: Theme,
    /// The question, in plain text.
    pub text: String,
}

/// A question that was asked before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its key.
    pub key: String,
    /// How often; of several pairs, the most of any.
    pub times: i64,
    /// The last time.
    pub at: DateTime<Utc>,
}

/// Which questions fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this step alone.
    pub step: Option<Step>,
    /// About this theme alone.
    pub theme: Option<Theme>,
}

impl Filter {
    fn fits(self, question: &Question) -> bool {
        self.step.is_none_or(|step| step == question.step)
            && self.theme.is_none_or(|theme| theme == question.theme)
    }
}

#[derive(Deserialize)]
struct Entry {
    key: String,
    step: String,
    theme: String,
    text: String,
}

#[derive(Deserialize)]
struct Bank {
    question: Vec<Entry>,
}

/// The bank. An entry with an unknown step or theme is left out; a test keeps the file whole.
static BANK: LazyLock<Vec<Question>> = LazyLock::new(|| {
    let entries = toml::from_str::<Bank>(include_str!("questions.toml"));
    let entries = entries.map(|bank| bank.question).unwrap_or_default();
    entries
        .into_iter()
        .filter_map(|entry| {
            Some(Question {
                step: Step::from_word(&entry.step)?,
                theme: Theme::from_word(&entry.theme)?,
                key: entry.key,
                text: entry.text,
            })
        })
        .collect()
});

/// All questions, in the order of their file.
#[must_use]
pub fn all() -> &'static [Question] {
    &BANK
}

/// The question that is known by a key.
#[must_use]
pub fn by_key(key: &str) -> Option<&'static Question> {
    all().iter().find(|question| question.key == key)
}

/// The questions that fit, the one to be asked next first: those asked least often (so none comes
/// again until all that fit were asked), then those of the theme that was touched longest ago, then
/// those of the step that was asked least, then the one asked longest ago, then as in the file.
#[must_use]
pub fn in_order(asked: &[Asked], filter: Filter) -> Vec<&'static Question> {
    let known: HashMap<&str, &Asked> = asked.iter().map(|one| (one.key.as_str(), one)).collect();
    let mut themes: HashMap<Theme, DateTime<Utc>> = HashMap::new();
    let mut steps: HashMap<Step, i64> = HashMap::new();
    for question in all() {
        let Some(asked) = known.get(question.key.as_str()) else {
            continue;
        };
        let last = themes.entry(question.theme).or_insert(asked.at);
        *last = asked.at.max(*last);
        *steps.entry(question.step).or_default() += asked.times;
    }
    let mut fitting: Vec<&Question> = all().iter().filter(|one| filter.fits(one)).collect();
    // The sort is stable: what is alike stays as in the file.
    fitting.sort_by_key(|question| {
        let asked = known.get(question.key.as_str());
        (
            asked.map_or(0, |asked| asked.times),
            themes.get(&question.theme).copied(),
            steps.get(&question.step).copied().unwrap_or_default(),
            asked.map(|asked| asked.at),
        )
    });
    fitting
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn every_entry_of_the_bank_has_its_step_its_theme_and_a_key_of_its_own() {
        let entries = toml::from_str::<Bank>(include_str!("questions.toml"))
            .unwrap()
            .question;
        assert_eq!(entries.len(), 40);
        assert_eq!(all().len(), entries.len(), "a step or a theme is unknown");
        let keys: HashSet<&str> = all().iter().map(|one| one.key.as_str()).collect();
        assert_eq!(keys.len(), all().len(), "a key stands twice");
        for question in all() {
            assert!(
                question.key.len() <= 40,
                "{}: fits into a button",
                question.key
            );
            assert!(!question.text.is_empty());
            assert_eq!(by_key(&question.key), Some(question));
        }
        for step in Step::ALL {
            assert!(all().iter().any(|one| one.step == step), "{step:?}");
        }
        for theme in Theme::ALL {
            assert!(all().iter().any(|one| one.theme == theme), "{theme:?}");
        }
    }

    /// Asks `count` questions, one a day.
    fn ask(asked: &mut Vec<Asked>, filter: Filter, count: usize) -> Vec<&'static Question> {
        let mut said = Vec::new();
        for _ in 0..count {
            let question = in_order(asked, filter)[0];
            let days = asked.iter().map(|one| one.times).sum::<i64>();
            let at = DateTime::UNIX_EPOCH + TimeDelta::days(days);
            match asked.iter_mut().find(|one| one.key == question.key) {
                Some(one) => {
                    one.times += 1;
                    one.at = at;
                }
                None => asked.push(Asked {
                    key: question.key.clone(),
                    times: 1,
                    at,
                }),
            }
            said.push(question);
        }
        said
    }

    #[test]
    fn no_question_comes_again_until_all_that_fit_were_asked() {
        let mut asked = Vec::new();
        for round in 1..=3 {
            let said = ask(&mut asked, Filter::default(), all().len());
            let said: HashSet<&str> = said.iter().map(|one| one.key.as_str()).collect();
            assert_eq!(said.len(), all().len(), "round {round}");
        }
        let wills = Filter {
            step: Some(Step::Will),
            theme: None,
        };
        let fitting = all().iter().filter(|one| one.step == Step::Will).count();
        let said = ask(&mut asked, wills, fitting);
        let said: HashSet<&str> = said.iter().map(|one| one.key.as_str()).collect();
        assert_eq!(said.len(), fitting);
    }

    #[test]
    fn the_theme_touched_longest_ago_comes_first_and_the_steps_are_balanced() {
        let said = ask(&mut Vec::new(), Filter::default(), 14);
        for week in said.chunks(7) {
            let themes: HashSet<Theme> = week.iter().map(|one| one.theme).collect();
            assert_eq!(themes.len(), 7, "each theme once before one comes again");
        }
        for step in Step::ALL {
            let count = said.iter().filter(|one| one.step == step).count();
            assert!((2..=5).contains(&count), "{step:?} {count} times in 14");
        }
    }

    #[test]
    fn what_comes_next_depends_on_what_was_asked_alone() {
        let mut asked = Vec::new();
        ask(&mut asked, Filter::default(), 5);
        let next = in_order(&asked, Filter::default());
        asked.reverse();
        assert_eq!(in_order(&asked, Filter::default()), next);
    }

    #[test]
    fn only_what_fits_is_offered() {
        let filter = Filter {
            step: Some(Step::Goal),
            theme: Some(Theme::Customer),
        };
        let offered = in_order(&[], filter);
        assert!(!offered.is_empty());
        assert!(offered.iter().all(|one| filter.fits(one)));
    }
}
