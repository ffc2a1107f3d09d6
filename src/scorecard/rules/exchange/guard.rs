//! Cells that a spreadsheet could run as a formula: an apostrophe before them makes them text.
//!
//! What begins one is what OWASP lists (CSV injection): `=`, `+`, `-`, `@`, tab, line breaks, and the
//! wide forms of the first four. A plain number may be negative and stays one. The apostrophe is put
//! before whatever would be risky without its own apostrophes, so that taking one off is exact.

/// The text of a cell, with an apostrophe if it could run.
#[must_use]
pub fn guarded(text: &str) -> String {
    if is_risky(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// The text behind a cell: without the apostrophe that [`guarded`] gave it.
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_risky(text) => text,
        _ => cell,
    }
}

/// Whether a cell could run as a formula, but for apostrophes before it.
#[must_use]
pub fn is_risky(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    let begins = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    bare.starts_with(begins) && !is_number(bare)
}

/// "-5", "-0.5", "-5%": a value, whatever the program.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let digits = digits.strip_suffix('%').unwrap_or(digits);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, decimals]
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_could_run_gets_an_apostrophe_and_a_negative_number_stays_one() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("+49 30 1234", "'+49 30 1234"),
            ("-2+3", "'-2+3"),
            ("-", "'-"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("＝1+1", "'＝1+1"),
            ("'=1", "''=1"),
            ("-5", "-5"),
            ("-0.5", "-0.5"),
            ("-5%", "-5%"),
            ("-5.", "'-5."),
            ("it's fine", "it's fine"),
            ("'quoted'", "'quoted'"),
            ("", ""),
        ] {
            assert_eq!(guarded(text), cell);
            assert_eq!(unguarded(cell), text);
        }
    }

    proptest! {
        #[test]
        fn whatever_is_guarded_is_harmless_and_comes_back(text in "['=+@\t\r\n＝-]{0,4}[0-9.%]{0,3}\\PC{0,6}") {
            let cell = guarded(&text);
            let begins = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
            prop_assert!(!cell.starts_with(begins) || is_number(&cell));
            prop_assert_eq!(unguarded(&cell), text);
        }
    }
}
