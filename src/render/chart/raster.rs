//! SVG to PNG.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, ID};
use resvg::usvg::{FontResolver, Options, Tree};
use skrifa::{FontRef, MetadataProvider};

use super::{Undrawable, font, indexed};

/// Pixels for each logical pixel: sharp on the screens of phones.
pub(super) const SCALE: f32 = 2.0;

/// Draws a document. The same document gives the same bytes.
pub(super) fn draw(svg: &str) -> Result<Vec<u8>, Undrawable> {
    let options = Options {
        font_family: font::FAMILY.to_owned(),
        fontdb: font::database(),
        font_resolver: FontResolver {
            select_font: FontResolver::default_font_selector(),
            select_fallback: Box::new(|c, used, fonts| fallback(c, used, fonts)),
        },
        ..Options::default()
    };
    let tree =
        Tree::from_str(svg, &options).map_err(|error| Undrawable::Layout(error.to_string()))?;
    let size = tree.size().to_int_size();
    let size = size.scale_by(SCALE).unwrap_or(size);
    let (width, height) = (size.width(), size.height());
    let mut pixmap = Pixmap::new(width, height).ok_or(Undrawable::Size { width, height })?;
    resvg::render(
        &tree,
        Transform::from_scale(SCALE, SCALE),
        &mut pixmap.as_mut(),
    );
    encode(&pixmap)
}

/// The first font not yet tried that has the character.
fn fallback(c: char, used: &[ID], fonts: &Database) -> Option<ID> {
    fonts
        .faces()
        .map(|face| face.id)
        .find(|id| !used.contains(id) && has(fonts, *id, c))
}

fn has(fonts: &Database, id: ID, c: char) -> bool {
    let glyph = |data: &[u8], index| FontRef::from_index(data, index).ok()?.charmap().map(c);
    fonts.with_face_data(id, glyph).flatten().is_some()
}

/// The pixels as PNG.
fn encode(pixmap: &Pixmap) -> Result<Vec<u8>, Undrawable> {
    let image = indexed::indexed(pixmap.data());
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, pixmap.width(), pixmap.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(image.palette);
    encoder.set_trns(image.alpha);
    // A third level would take three times as long and save a quarter.
    encoder.set_deflate_compression(png::DeflateCompression::Level(1));
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&image.pixels)?;
    writer.finish()?;
    Ok(png)
}
