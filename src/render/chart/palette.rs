//! The colours of pictures: a dark card that stands out from a light and from a dark client alike.
//!
//! The states keep apart in hue and in lightness for the common kinds of colour blindness, after
//! Okabe and Ito's bluish green, orange and vermilion, <https://jfly.uni-koeln.de/color/>, lightened
//! for a dark ground. Text has a contrast of at least 4.5 to 1, shapes and lines of 3 to 1 (WCAG
//! 2.2, 1.4.3 and 1.4.11).

use std::fmt;

/// An sRGB colour, `0xRRGGBB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour(pub(super) u32);

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:06X}", self.0)
    }
}

/// The card.
pub(super) const CARD: Colour = Colour(0x1C_20_29);
/// A panel on the card.
pub(super) const PANEL: Colour = Colour(0x26_2B_37);
/// The card's edge, seen against a dark client.
pub(super) const EDGE: Colour = Colour(0x4B_54_68);
/// Lines that only order.
pub(super) const RULE: Colour = Colour(0x38_3F_4E);
/// What is read first.
pub(super) const INK: Colour = Colour(0xF4_F6_FA);
/// What is read second.
pub(super) const MUTED: Colour = Colour(0xB4_BC_CC);
/// On target.
pub(super) const GREEN: Colour = Colour(0x3C_CB_9F);
/// Worth watching.
pub(super) const AMBER: Colour = Colour(0xF5_BD_4A);
/// Off target.
pub(super) const RED: Colour = Colour(0xFF_7F_6B);
/// No reading.
pub(super) const GREY: Colour = Colour(0x9D_A7_BA);
/// The series that is asked for.
pub(super) const SERIES: Colour = Colour(0x76_BF_FA);
/// What it is compared with.
pub(super) const OTHER: Colour = Colour(0xD3_A8_F5);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::theme::testing::contrast;

    #[test]
    fn text_is_legible_on_card_and_panel() {
        for ground in [CARD, PANEL] {
            for colour in [INK, MUTED, GREEN, AMBER, RED, GREY, SERIES, OTHER] {
                let found = contrast(colour.0, ground.0);
                assert!(found >= 4.5, "{colour} on {ground}: {found:.2}");
            }
        }
    }

    #[test]
    fn states_differ_in_lightness_too() {
        for (one, other) in [(GREEN, AMBER), (AMBER, RED), (GREEN, GREY), (AMBER, GREY)] {
            let found = contrast(one.0, other.0);
            assert!(found >= 1.15, "{one} beside {other}: {found:.2}");
        }
    }
}
