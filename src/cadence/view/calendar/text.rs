//! The lines of an iCalendar file: folded, ended and escaped as RFC 5545 (sections 3.1 and 3.3.11) has it.

/// The most octets of a line, its end aside.
const OCTETS: usize = 75;

/// Lines on their way into a file.
#[derive(Debug, Default)]
pub(super) struct Lines(String);

impl Lines {
    /// One more line, folded where it is too long: never within a character.
    pub(super) fn put(&mut self, line: &str) {
        let mut taken = 0;
        for c in line.chars() {
            if taken + c.len_utf8() > OCTETS {
                self.0.push_str("\r\n ");
                taken = 1;
            }
            self.0.push(c);
            taken += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// The text of the file.
    pub(super) fn into_text(self) -> String {
        self.0
    }
}

/// A text as the value of a property: on one line, with what has a meaning there escaped.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
