//! The fonts inside the binary: how wide a text is in them, and what they cannot draw.
//!
//! Inter in two weights holds Latin, Greek and Cyrillic; DejaVu Sans adds Hebrew, Arabic, Armenian
//! and Georgian. An emoji is left out, and a run in another script becomes one "…", as no font can
//! hold all of them and empty boxes look broken. Alternative texts keep what was written.

use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::{Database, Source};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};
use unicode_segmentation::UnicodeSegmentation;

/// The family that SVG names; what it has not is looked for in the other font.
pub(super) const FAMILY: &str = "Inter";

static REGULAR: &[u8] = include_bytes!("../../../assets/fonts/Inter-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../../../assets/fonts/Inter-SemiBold.ttf");
static OTHER_SCRIPTS: &[u8] = include_bytes!("../../../assets/fonts/DejaVuSans.ttf");

/// Stands for a run that no font can draw.
const UNKNOWN: &str = "…";

/// How heavy a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// One font, read for measuring.
struct Face {
    map: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    units: f64,
}

impl Face {
    fn new(bytes: &'static [u8]) -> Option<Self> {
        let font = FontRef::new(bytes).ok()?;
        let place = LocationRef::default();
        Some(Self {
            map: font.charmap(),
            metrics: font.glyph_metrics(Size::unscaled(), place),
            units: f64::from(font.metrics(Size::unscaled(), place).units_per_em),
        })
    }

    fn has(&self, c: char) -> bool {
        self.map.map(c).is_some()
    }

    /// The advance in em, if the font has the character.
    fn advance(&self, c: char) -> Option<f64> {
        let glyph = self.map.map(c)?;
        Some(f64::from(self.metrics.advance_width(glyph)?) / self.units)
    }
}

/// Everything read once from the bytes above.
struct Fonts {
    regular: Option<Face>,
    bold: Option<Face>,
    other: Option<Face>,
    database: Arc<Database>,
}

static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let mut database = Database::new();
    for bytes in [REGULAR, BOLD, OTHER_SCRIPTS] {
        database.load_font_source(Source::Binary(Arc::new(bytes)));
    }
    for set in [
        Database::set_serif_family::<&str>,
        Database::set_sans_serif_family::<&str>,
    ] {
        set(&mut database, FAMILY);
    }
    Fonts {
        regular: Face::new(REGULAR),
        bold: Face::new(BOLD),
        other: Face::new(OTHER_SCRIPTS),
        database: Arc::new(database),
    }
});

/// The fonts as the rasteriser reads them.
pub(super) fn database() -> Arc<Database> {
    Arc::clone(&FONTS.database)
}

fn face(weight: Weight) -> Option<&'static Face> {
    match weight {
        Weight::Regular => FONTS.regular.as_ref(),
        Weight::Bold => FONTS.bold.as_ref(),
    }
}

fn other() -> Option<&'static Face> {
    FONTS.other.as_ref()
}

fn advance(c: char, weight: Weight) -> Option<f64> {
    let of = |face: Option<&Face>| face?.advance(c);
    of(face(weight)).or_else(|| of(other()))
}

/// Whether every character is in the font of this weight. If one is not, the rasteriser may set the
/// whole text in the other font.
fn is_plain(text: &str, weight: Weight) -> bool {
    text.chars()
        .all(|c| face(weight).is_some_and(|face| face.has(c)))
}

/// The advances of a part of a text, in em; those of the wider font where either may be taken.
fn advances(part: &str, is_plain: bool, weight: Weight) -> f64 {
    let of = |c| {
        let own = advance(c, weight)?;
        let others = other()
            .filter(|_| !is_plain)
            .and_then(|face| face.advance(c));
        Some(others.unwrap_or(own).max(own))
    };
    part.chars().filter_map(of).sum()
}

/// The width of a line in the unit of its size: the sum of its characters, without kerning.
pub(super) fn width(text: &str, size: f64, weight: Weight) -> f64 {
    advances(text, is_plain(text, weight), weight) * size
}

/// Characters that are never seen by themselves.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ad}')
        || c.is_control()
}

/// Pictographs, their joiners, flags and skin tones; an approximation by block.
fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}'
        | '\u{2300}'..='\u{23ff}' | '\u{e0020}'..='\u{e007f}' | '\u{20e3}' | '\u{3030}' | '\u{303d}'
        | '\u{3297}' | '\u{3299}')
}

/// Whether the fonts have every letter of a text, emoji aside. A caller with another name for the
/// same thing, such as a key in ASCII, may show that instead.
#[must_use]
pub fn is_drawable(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphanumeric()).peekable();
    letters.peek().is_some() && letters.all(|c| advance(c, Weight::Regular).is_some())
}

/// The text as the fonts can draw it, on one line.
fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for cluster in text.graphemes(true) {
        if cluster.chars().all(char::is_whitespace) {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
            continue;
        }
        let is_known = |c: char| is_invisible(c) || advance(c, Weight::Regular).is_some();
        if cluster.chars().all(is_known) && !cluster.contains('\u{fe0f}') {
            out.extend(cluster.chars().filter(|c| !is_invisible(*c)));
        } else if !cluster.chars().any(is_emoji)
            && !cluster.contains('\u{fe0f}')
            && !out.ends_with(UNKNOWN)
        {
            out.push_str(UNKNOWN);
        }
    }
    out.truncate(out.trim_end().len());
    if out.is_empty() && !text.trim().is_empty() {
        out.push_str(UNKNOWN);
    }
    out
}

/// A text as the fonts can draw it, at most `room` wide, ending in "…" when something was left out.
pub(super) fn fit(text: &str, room: f64, size: f64, weight: Weight) -> String {
    let shown = shown(text);
    if width(&shown, size, weight) <= room {
        return shown;
    }
    let is_plain = is_plain(&shown, weight);
    let mut kept = String::new();
    let mut used = advances("…", is_plain, weight) * size;
    for cluster in shown.graphemes(true) {
        used += advances(cluster, is_plain, weight) * size;
        if used > room {
            break;
        }
        kept.push_str(cluster);
    }
    kept.truncate(kept.trim_end_matches([' ', ',', '·', '.']).len());
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_fonts_can_be_read() {
        assert!(FONTS.regular.is_some() && FONTS.bold.is_some() && FONTS.other.is_some());
        assert_eq!(FONTS.database.len(), 3);
    }

    #[test]
    fn what_no_font_has_does_not_show_as_boxes() {
        for (text, drawn) in [
            ("First reply", "First reply"),
            ("🚀 Launches ❤️ per week", "Launches per week"),
            ("👩‍👩‍👧🇨🇭", "…"),
            ("売上高 Q3", "… Q3"),
            ("שלום עולם", "שלום עולם"),
            ("  two\n lines ", "two lines"),
            ("a\u{202e}b\u{0}c", "abc"),
            ("Żółć, Ñandú, Ελλάδα, Привет", "Żółć, Ñandú, Ελλάδα, Привет"),
            ("± ≥ ≤ − – → € ₹ ½ % ·", "± ≥ ≤ − – → € ₹ ½ % ·"),
        ] {
            assert_eq!(shown(text), drawn, "{text}");
        }
    }

    #[test]
    fn what_can_be_read_is_drawable() {
        for (text, is) in [
            ("Response", true),
            ("🚀", false),
            ("売上高", false),
            ("🚀 a", true),
        ] {
            assert_eq!(is_drawable(text), is, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_cut_text_fits(text in any::<String>(), room in 0.0_f64..400.0) {
            let kept = fit(&text, room, 20.0, Weight::Bold);
            prop_assert!(kept == "…" || width(&kept, 20.0, Weight::Bold) <= room);
        }
    }
}
