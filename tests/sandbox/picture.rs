//! docs/first-minute.svg: the terminal after docs/first-minute.txt, drawn from a real run.
//!
//! `UPDATE_PICTURE=1 cargo test --test sandbox picture` draws it anew.

use std::fmt::Write;
use std::path::Path;

use crate::shell::Shell;

const WIDTH: usize = 760;
const LINE: usize = 20;
const TOP: usize = 52;
const LEFT: usize = 20;

#[test]
fn the_picture_of_the_first_minute_is_what_a_real_run_prints() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let script = std::fs::read_to_string(docs.join("first-minute.txt")).unwrap();
    let said = Shell::new().plays(&[], &script);
    assert_eq!((said.status, said.err.as_str()), (0, ""), "{said:?}");
    let drawn = draw(said.out.trim_end());
    let picture = docs.join("first-minute.svg");
    if std::env::var_os("UPDATE_PICTURE").is_some() {
        std::fs::write(&picture, &drawn).unwrap();
    }
    let shown = std::fs::read_to_string(&picture).unwrap_or_default();
    assert!(
        shown == drawn,
        "docs/first-minute.svg is not what the terminal shows; draw it anew with\n\
         UPDATE_PICTURE=1 cargo test --test sandbox picture\n{}",
        said.out
    );
}

/// The transcript as a terminal's window.
fn draw(transcript: &str) -> String {
    let height = TOP + LINE * transcript.lines().count() + 4;
    let mut svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="A terminal in which Ann thanks Bo">
<style>
text {{ font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #d6dae3; white-space: pre; }}
.place {{ fill: #6ccbd9; }}
.typed {{ fill: #ffffff; font-weight: 600; }}
.faint {{ fill: #949bab; }}
.button {{ fill: #f0c26b; }}
</style>
<rect width="{WIDTH}" height="{height}" rx="10" fill="#1b1e26"/>
<circle cx="22" cy="20" r="6" fill="#e0524d"/><circle cx="42" cy="20" r="6" fill="#ce9a0c"/><circle cx="62" cy="20" r="6" fill="#2e9e5b"/>
<text x="88" y="25" class="faint">bellwether sandbox</text>
"##
    );
    for (number, line) in transcript.lines().enumerate() {
        let y = TOP + LINE * number + 4;
        let spans: String = spans(line)
            .iter()
            .map(|(class, words)| {
                let words = escaped(words);
                format!(r#"<tspan class="{class}">{words}</tspan>"#)
            })
            .collect();
        if !spans.is_empty() {
            writeln!(
                svg,
                r#"<text x="{LEFT}" y="{y}" xml:space="preserve">{spans}</text>"#
            )
            .unwrap();
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// A line in its letterings.
fn spans(line: &str) -> Vec<(&'static str, String)> {
    if let Some((prompt, typed)) = line.split_once("> ")
        && !prompt.contains(' ')
    {
        return vec![
            ("faint", format!("{prompt}> ")),
            ("typed", typed.to_owned()),
        ];
    }
    let margin: String = line.chars().take(12).collect();
    let rest: String = line.chars().skip(12).collect();
    let class = if rest.starts_with('[') && rest.ends_with(']') {
        "button"
    } else {
        "said"
    };
    let all = [("place", margin), (class, rest)];
    all.into_iter()
        .filter(|(_, words)| !words.trim().is_empty() || !line.trim().is_empty())
        .collect()
}

fn escaped(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
