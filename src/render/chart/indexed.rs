//! Pixels with a palette. Pictures have few colours, most of them shades at the edges of shapes; one
//! byte for each pixel makes files a quarter as large as four, and quick to write.

use rustc_hash::FxHashMap;

/// What PNG allows.
const COLOURS: usize = 256;
/// How many of them may be translucent.
const CLEAR: usize = 48;

/// An image of at most 256 colours.
pub(super) struct Indexed {
    /// Red, green and blue of each colour.
    pub(super) palette: Vec<u8>,
    /// The opacity of each colour.
    pub(super) alpha: Vec<u8>,
    /// The colour of each pixel.
    pub(super) pixels: Vec<u8>,
}

type Pixel = [u8; 4];

/// The most frequent colours as they are, every other one as the nearest of them. From pixels of
/// four bytes, red, green, blue and opacity, premultiplied.
pub(super) fn indexed(bytes: &[u8]) -> Indexed {
    // Each colour by the order in which it is met.
    let mut met: FxHashMap<Pixel, usize> = FxHashMap::default();
    let mut counts: Vec<(Pixel, usize)> = Vec::new();
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (pixel, length) in equal_neighbours(bytes) {
        let colour = *met.entry(pixel).or_insert_with(|| {
            counts.push((pixel, 0));
            counts.len() - 1
        });
        if let Some((_, count)) = counts.get_mut(colour) {
            *count += length;
        }
        runs.push((colour, length));
    }
    let mut colours = counts.clone();
    // By colour where counts are equal, so that the order depends on nothing else.
    colours.sort_unstable_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
    // The few translucent ones are the rounded corners, which would be jagged without them.
    let (opaque, mut clear): (Vec<_>, Vec<_>) = colours
        .into_iter()
        .partition(|(pixel, _)| pixel[3] == u8::MAX);
    let others = clear.split_off(CLEAR.min(clear.len()));
    let colours = clear.into_iter().chain(opaque).chain(others);
    let colours: Vec<Pixel> = colours.map(|(pixel, _)| pixel).collect();
    let kept = colours.get(..COLOURS).unwrap_or(&colours);
    let places: Vec<u8> = counts
        .iter()
        .map(|(pixel, _)| nearest(*pixel, kept))
        .collect();
    let mut pixels = Vec::with_capacity(bytes.len() / 4);
    for (colour, length) in runs {
        let place = places.get(colour).copied().unwrap_or_default();
        pixels.resize(pixels.len() + length, place);
    }
    let plain = kept.iter().map(|pixel| demultiplied(*pixel));
    Indexed {
        palette: plain
            .flat_map(|[red, green, blue, _]| [red, green, blue])
            .collect(),
        alpha: kept.iter().map(|[.., alpha]| *alpha).collect(),
        pixels,
    }
}

/// Equal neighbours and how many they are.
fn equal_neighbours(bytes: &[u8]) -> impl Iterator<Item = (Pixel, usize)> {
    let (pixels, _) = bytes.as_chunks::<4>();
    pixels
        .chunk_by(|one, other| one == other)
        .filter_map(|run| Some((*run.first()?, run.len())))
}

fn nearest(pixel: Pixel, kept: &[Pixel]) -> u8 {
    let distance = |other: &Pixel| -> u32 {
        pixel
            .iter()
            .zip(other)
            .map(|(one, other)| u32::from(one.abs_diff(*other)).pow(2))
            .sum()
    };
    (0..=u8::MAX)
        .zip(kept)
        .min_by_key(|(_, other)| distance(other))
        .map_or(0, |(place, _)| place)
}

fn demultiplied([red, green, blue, alpha]: Pixel) -> Pixel {
    let plain = |channel: u8| {
        let value = (u32::from(channel) * 255).checked_div(u32::from(alpha));
        u8::try_from(value.unwrap_or(0)).unwrap_or(u8::MAX)
    };
    [plain(red), plain(green), plain(blue), alpha]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_colours_stay_as_they_are() {
        let bytes = [[9, 9, 9, 255], [9, 9, 9, 255], [1, 2, 3, 255], [0, 0, 0, 0]].concat();
        let image = indexed(&bytes);
        assert_eq!(image.palette, [0, 0, 0, 9, 9, 9, 1, 2, 3]);
        assert_eq!(image.alpha, [0, 255, 255]);
        assert_eq!(image.pixels, [1, 1, 2, 0]);
    }

    #[test]
    fn the_rarest_colours_become_the_nearest() {
        let mut bytes: Vec<u8> = (0..=255_u8)
            .flat_map(|grey| [grey, 0, 0, 255].repeat(2))
            .collect();
        bytes.extend([100, 2, 0, 255]);
        let image = indexed(&bytes);
        assert_eq!(image.alpha.len(), 256);
        assert_eq!(image.pixels.last(), Some(&100));
    }
}
