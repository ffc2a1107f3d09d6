//! The colours and glyphs that are used everywhere.
//!
//! A colour has a contrast of at least 3 to 1 against Discord's light and dark backgrounds (WCAG 2.2,
//! 1.4.11), and never carries a meaning alone: a glyph or a word stands beside it.

/// Kudos: gold.
pub const KUDOS: u32 = 0xB9_7A_0E;
/// Neither good nor bad: a slate blue.
pub const NEUTRAL: u32 = 0x7A_86_A8;
/// Done: green.
pub const DONE: u32 = 0x2E_9E_5B;
/// Worth a look: orange.
pub const WARN: u32 = 0xCE_6C_0C;
/// Refused or failed: red.
pub const ERROR: u32 = 0xE0_52_4D;

/// A kudos, and the default reaction that gives one.
pub const TROPHY: &str = "🏆";
/// Something was done; also how chat kudos are confirmed.
pub const TICK: &str = "✅";
/// Worth a look; also what a chat kudos over its limit gets.
pub const WARNING: &str = "⚠️";
/// Only the people concerned see it.
pub const LOCK: &str = "🔒";
/// Separates parts of a line.
pub const DOT: &str = " · ";
/// Towards newer, lower, earlier pages.
pub const BACK: &str = "‹";
/// Towards older, higher, later pages.
pub const FORTH: &str = "›";

/// Contrast as WCAG 2.2 defines it, for every palette's test.
#[cfg(test)]
pub(crate) mod testing {
    fn luminance(colour: u32) -> f64 {
        let channel = |shift: u32| {
            let value = f64::from((colour >> shift) & 0xFF) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
    }

    pub(crate) fn contrast(one: u32, other: u32) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }
}

#[cfg(test)]
mod tests {
    use super::testing::contrast;
    use super::*;

    #[test]
    fn every_colour_is_legible_on_light_and_dark() {
        for colour in [KUDOS, NEUTRAL, DONE, WARN, ERROR] {
            for background in [0xFF_FF_FF, 0xF2_F3_F5, 0x31_33_38, 0x2B_2D_31, 0x1A_1A_1E] {
                let found = contrast(colour, background);
                assert!(found >= 3.0, "{colour:06X} on {background:06X}: {found:.2}");
            }
        }
    }
}
