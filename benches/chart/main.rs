//! How long a picture takes: a card of 28 metrics with five years of weeks behind each, drawn and
//! again from what was kept, and every other kind of picture.

#[path = "../../tests/pictures/samples/mod.rs"]
mod samples;

use std::hint::black_box;

use bellwether::render::chart::{Charts, card};
use criterion::{Criterion, criterion_group, criterion_main};

fn chart(criterion: &mut Criterion) {
    let weeks = samples::quarter(260);
    let mut group = criterion.benchmark_group("chart");
    group.sample_size(30);
    group.bench_function("card of 28 metrics, five years, drawn", |bencher| {
        bencher.iter(|| card(black_box(&weeks)).is_ok());
    });
    if let Ok(runtime) = tokio::runtime::Builder::new_current_thread().build() {
        let charts = Charts::default();
        group.bench_function("card of 28 metrics, five years, kept", |bencher| {
            bencher
                .to_async(&runtime)
                .iter(|| async { charts.card(weeks.clone()).await.is_ok() });
        });
    }
    for (name, draw) in samples::ALL {
        group.bench_function(format!("{name}, drawn"), |bencher| {
            bencher.iter(|| draw().is_ok());
        });
    }
    group.finish();
}

criterion_group!(benches, chart);
criterion_main!(benches);
