//! How fast the chat grammar reads: what most messages are, what kudos look like, and what somebody
//! writes who wants it to be slow.

use std::hint::black_box;

use bellwether::recognition::grammar::{Context, Forms, read};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// Discord's longest message.
const LONGEST: usize = 4_000;

fn context(reply_to: Option<u64>) -> Context<'static> {
    Context {
        author: 1,
        bot: 99,
        reply_to,
        forms: Forms::default(),
        kudos_emoji: "🏆",
    }
}

fn repeated(unit: &str) -> String {
    unit.chars().cycle().take(LONGEST).collect()
}

fn group(criterion: &mut Criterion, name: &str, reply_to: Option<u64>, texts: &[(&str, String)]) {
    let context = context(reply_to);
    let mut group = criterion.benchmark_group(name);
    for (label, text) in texts {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(*label, |bencher| {
            bencher.iter(|| read(black_box(text), black_box(&context)));
        });
    }
    group.finish();
}

fn grammar(criterion: &mut Criterion) {
    let talk = "Morning all, the Acme call moved to three; I will bring the new deck. ";
    group(
        criterion,
        "grammar/plain",
        None,
        &[
            ("short", talk.to_owned()),
            ("longest", repeated(talk)),
            ("with a mention", format!("<@123456789012345678> {talk}")),
        ],
    );
    group(
        criterion,
        "grammar/plain reply",
        Some(4),
        &[("short", talk.to_owned())],
    );
    group(
        criterion,
        "grammar/kudos",
        None,
        &[
            ("plus plus", "<@123456789012345678>++".to_owned()),
            (
                "sentence",
                "Great call today, thanks so much <@123456789012345678> and \
                 <@223456789012345678> for the demo! #customer-first"
                    .to_owned(),
            ),
            (
                "longest",
                format!("{}\nthanks <@123456789012345678>", repeated(talk)),
            ),
        ],
    );
    let adversarial: Vec<_> = [
        "`", "|", "[", "<@1>", "<@2>", "<", "thanks ", "[a](", "` `` ", "a://",
    ]
    .map(|unit| (unit, format!("thanks <@2> {}", repeated(unit))))
    .into();
    group(criterion, "grammar/adversarial", Some(4), &adversarial);
}

criterion_group!(benches, grammar);
criterion_main!(benches);
