//! Writes SVG: the few shapes that pictures are made of, with every number finite and every text
//! escaped.

use std::fmt::Write as _;

use super::font::{self, Weight};
use super::palette::Colour;

/// A line's look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stroke {
    pub(super) colour: Colour,
    pub(super) width: f64,
    /// The lengths drawn and left out.
    pub(super) dash: Option<(f64, f64)>,
}

/// How a shape is filled and outlined.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paint {
    fill: Option<Colour>,
    stroke: Option<Stroke>,
    opacity: f64,
}

impl Paint {
    pub(super) fn fill(colour: Colour) -> Self {
        Self {
            fill: Some(colour),
            stroke: None,
            opacity: 1.0,
        }
    }

    pub(super) fn stroke(colour: Colour, width: f64) -> Self {
        Self::stroked(Stroke {
            colour,
            width,
            dash: None,
        })
    }

    pub(super) fn stroked(stroke: Stroke) -> Self {
        Self {
            fill: None,
            stroke: Some(stroke),
            opacity: 1.0,
        }
    }

    /// With an outline as well.
    pub(super) fn joined(mut self, colour: Colour, width: f64) -> Self {
        self.stroke = Some(Stroke {
            colour,
            width,
            dash: None,
        });
        self
    }

    pub(super) fn faded(mut self, opacity: f64) -> Self {
        self.opacity = opacity;
        self
    }
}

/// Where a text stands relative to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A text's look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    pub(super) size: f64,
    pub(super) weight: Weight,
    pub(super) colour: Colour,
}

impl Type {
    pub(super) fn regular(size: f64, colour: Colour) -> Self {
        Self {
            size,
            weight: Weight::Regular,
            colour,
        }
    }

    pub(super) fn bold(size: f64, colour: Colour) -> Self {
        Self {
            size,
            weight: Weight::Bold,
            colour,
        }
    }

    /// The width of a text, in logical pixels.
    pub(super) fn width(self, text: &str) -> f64 {
        font::width(text, self.size, self.weight)
    }

    /// The text as the fonts can draw it, cut to a width.
    pub(super) fn fit(self, text: &str, room: f64) -> String {
        font::fit(text, room, self.size, self.weight)
    }
}

/// The outline of a shape: moves first, then goes on by lines and arcs.
#[derive(Clone, Debug, Default)]
pub(super) struct Path {
    data: String,
    is_open: bool,
}

impl Path {
    /// A line to a point, or the start.
    pub(super) fn to(&mut self, x: f64, y: f64) {
        let verb = if self.is_open { 'L' } else { 'M' };
        self.is_open = true;
        self.push(verb, &[x, y]);
    }

    /// An anticlockwise half circle to a point.
    pub(super) fn arc(&mut self, radius: f64, x: f64, y: f64) {
        self.push('A', &[radius, radius, 0.0, 0.0, 0.0, x, y]);
    }

    /// Ends the figure where it is; the next point starts another.
    pub(super) fn lift(&mut self) {
        self.is_open = false;
    }

    pub(super) fn close(&mut self) {
        self.data.push('Z');
        self.is_open = false;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.data.is_empty()
    }

    fn push(&mut self, verb: char, numbers: &[f64]) {
        self.data.push(verb);
        for (index, number) in numbers.iter().enumerate() {
            if index > 0 {
                self.data.push(' ');
            }
            push_number(&mut self.data, *number);
        }
    }
}

/// A picture in the making. Units are logical pixels from the upper left corner.
#[derive(Debug)]
pub(super) struct Svg {
    body: String,
    width: f64,
}

impl Svg {
    pub(super) fn new(width: f64) -> Self {
        Self {
            body: String::with_capacity(16 * 1024),
            width,
        }
    }

    /// The rectangle `(x, y, width, height)` with rounded corners.
    pub(super) fn rect(&mut self, (x, y, w, h): (f64, f64, f64, f64), radius: f64, paint: Paint) {
        if w <= 0.0 || h <= 0.0 {
            return;
        }
        self.open("rect");
        self.numbers(&[("x", x), ("y", y), ("width", w), ("height", h)]);
        if radius > 0.0 {
            self.numbers(&[("rx", radius)]);
        }
        self.paint(paint);
    }

    pub(super) fn circle(&mut self, (x, y): (f64, f64), radius: f64, paint: Paint) {
        self.open("circle");
        self.numbers(&[("cx", x), ("cy", y), ("r", radius)]);
        self.paint(paint);
    }

    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), stroke: Stroke) {
        let mut path = Path::default();
        path.to(from.0, from.1);
        path.to(to.0, to.1);
        self.path(&path, Paint::stroked(stroke));
    }

    pub(super) fn path(&mut self, path: &Path, paint: Paint) {
        if path.is_empty() {
            return;
        }
        self.open("path");
        let _ = write!(self.body, " d=\"{}\"", path.data);
        self.paint(paint);
    }

    /// One line of text on its baseline. Characters that no font has were taken out by
    /// [`Type::fit`], or the text is our own.
    pub(super) fn text(&mut self, (x, y): (f64, f64), anchor: Anchor, look: Type, text: &str) {
        if text.is_empty() {
            return;
        }
        self.open("text");
        self.numbers(&[("x", x), ("y", y), ("font-size", look.size)]);
        let _ = write!(self.body, " fill=\"{}\"", look.colour);
        match anchor {
            Anchor::Start => {}
            Anchor::Middle => self.body.push_str(" text-anchor=\"middle\""),
            Anchor::End => self.body.push_str(" text-anchor=\"end\""),
        }
        if look.weight == Weight::Bold {
            self.body.push_str(" font-weight=\"600\"");
        }
        self.body.push('>');
        push_escaped(&mut self.body, text);
        self.body.push_str("</text>");
    }

    /// The whole document, as high as it became.
    pub(super) fn finish(self, height: f64) -> String {
        let mut out = String::with_capacity(self.body.len() + 200);
        out.push_str("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"");
        push_number(&mut out, self.width);
        out.push_str("\" height=\"");
        push_number(&mut out, height);
        let _ = write!(out, "\" font-family=\"{}\">", font::FAMILY);
        out.push_str(&self.body);
        out.push_str("</svg>");
        out
    }

    fn open(&mut self, name: &str) {
        self.body.push('<');
        self.body.push_str(name);
    }

    fn numbers(&mut self, attributes: &[(&str, f64)]) {
        for (name, value) in attributes {
            let _ = write!(self.body, " {name}=\"");
            push_number(&mut self.body, *value);
            self.body.push('"');
        }
    }

    fn paint(&mut self, paint: Paint) {
        match paint.fill {
            Some(colour) => {
                let _ = write!(self.body, " fill=\"{colour}\"");
            }
            None => self.body.push_str(" fill=\"none\""),
        }
        if let Some(stroke) = paint.stroke {
            let _ = write!(self.body, " stroke=\"{}\"", stroke.colour);
            self.numbers(&[("stroke-width", stroke.width)]);
            self.body
                .push_str(" stroke-linejoin=\"round\" stroke-linecap=\"round\"");
            if let Some((drawn, left_out)) = stroke.dash {
                let _ = write!(self.body, " stroke-dasharray=\"{drawn} {left_out}\"");
            }
        }
        if paint.opacity < 1.0 {
            self.numbers(&[("opacity", paint.opacity)]);
        }
        self.body.push_str("/>");
    }
}

/// A number with at most two decimals; 0 for what is not finite.
fn push_number(out: &mut String, value: f64) {
    let value = if value.is_finite() { value } else { 0.0 };
    let start = out.len();
    let _ = write!(out, "{value:.2}");
    if out.get(start..).is_some_and(|text| text.contains('.')) {
        out.truncate(out.trim_end_matches('0').trim_end_matches('.').len());
    }
}

fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            // What XML 1.0 cannot hold, even escaped.
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => out.push(' '),
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_finite() {
        for (value, shown) in [
            (0.0, "0"),
            (10.0, "10"),
            (-2.5, "-2.5"),
            (1.005, "1"),
            (f64::NAN, "0"),
            (f64::INFINITY, "0"),
        ] {
            let mut out = String::from("100");
            push_number(&mut out, value);
            assert_eq!(out, format!("100{shown}"));
        }
    }

    #[test]
    fn text_cannot_leave_its_element() {
        let mut out = String::new();
        push_escaped(&mut out, "</text><a b=\"c\" d='e'>&\u{0}");
        assert_eq!(
            out,
            "&lt;/text&gt;&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp; "
        );
    }
}
