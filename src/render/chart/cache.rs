//! Draws off the async threads, one picture at a time, and keeps what was drawn.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Card, Picture, Sketch, Trend, Undrawable, card, raster, trend};

/// How much is kept unless told otherwise: some forty cards.
const BYTES: usize = 16 * 1024 * 1024;

/// Draws pictures and keeps the latest by their content: whoever asks for what was drawn before gets
/// the same bytes. Cheap to clone; clones share what is kept.
#[derive(Clone)]
pub struct Charts {
    shelf: Arc<Mutex<Shelf>>,
    /// One at a time: a card takes tens of megabytes while it is drawn.
    easel: Arc<tokio::sync::Mutex<()>>,
}

impl Default for Charts {
    fn default() -> Self {
        Self::keeping(BYTES)
    }
}

impl Charts {
    /// Keeps at most so many bytes.
    #[must_use]
    pub fn keeping(bytes: usize) -> Self {
        Self {
            shelf: Arc::new(Mutex::new(Shelf::new(bytes))),
            easel: Arc::default(),
        }
    }

    /// A scorecard.
    ///
    /// # Errors
    /// As [`super::card`], or when the process is ending.
    pub async fn card(&self, card: Card) -> Result<Picture, Undrawable> {
        self.picture(move || card::sketch(&card)).await
    }

    /// One metric over time.
    ///
    /// # Errors
    /// As [`super::trend`], or when the process is ending.
    pub async fn trend(&self, trend: Trend) -> Result<Picture, Undrawable> {
        self.picture(move || trend::sketch(&trend)).await
    }

    async fn picture(
        &self,
        sketch: impl FnOnce() -> Sketch + Send + 'static,
    ) -> Result<Picture, Undrawable> {
        let Sketch { svg, alt } = tokio::task::spawn_blocking(sketch).await?;
        let svg: Arc<str> = svg.into();
        if let Some(png) = self.shelf().get(&svg) {
            return Ok(picture(&png, alt));
        }
        let turn = self.easel.lock().await;
        // Whoever was before us may have drawn the same.
        if let Some(png) = self.shelf().get(&svg) {
            return Ok(picture(&png, alt));
        }
        let drawn = Arc::clone(&svg);
        let png = tokio::task::spawn_blocking(move || raster::draw(&drawn)).await??;
        let png: Arc<[u8]> = png.into();
        self.shelf().put(svg, Arc::clone(&png));
        drop(turn);
        Ok(picture(&png, alt))
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Charts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Charts").finish_non_exhaustive()
    }
}

fn picture(png: &[u8], alt: String) -> Picture {
    Picture {
        png: png.to_vec(),
        alt,
    }
}

/// What was drawn, by the document it was drawn from: two different ones are never taken for the
/// same.
struct Shelf {
    kept: HashMap<Arc<str>, Kept>,
    bytes: usize,
    most: usize,
    uses: u64,
}

struct Kept {
    png: Arc<[u8]>,
    used: u64,
}

impl Shelf {
    fn new(most: usize) -> Self {
        Self {
            kept: HashMap::new(),
            bytes: 0,
            most,
            uses: 0,
        }
    }

    fn get(&mut self, svg: &str) -> Option<Arc<[u8]>> {
        self.uses += 1;
        let kept = self.kept.get_mut(svg)?;
        kept.used = self.uses;
        Some(Arc::clone(&kept.png))
    }

    /// Keeps a picture, and lets go of those that were not asked for the longest.
    fn put(&mut self, svg: Arc<str>, png: Arc<[u8]>) {
        let size = svg.len() + png.len();
        if size > self.most || self.kept.contains_key(&svg) {
            return;
        }
        while self.bytes + size > self.most {
            let oldest = self.kept.iter().min_by_key(|(_, kept)| kept.used);
            let Some(oldest) = oldest.map(|(svg, _)| Arc::clone(svg)) else {
                break;
            };
            if let Some(gone) = self.kept.remove(&oldest) {
                self.bytes -= oldest.len() + gone.png.len();
            }
        }
        self.uses += 1;
        self.bytes += size;
        let used = self.uses;
        self.kept.insert(svg, Kept { png, used });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(shelf: &mut Shelf, name: &str, bytes: usize) {
        shelf.put(name.into(), vec![0; bytes].into());
    }

    #[test]
    fn what_was_not_asked_for_the_longest_goes_first() {
        let mut shelf = Shelf::new(30);
        put(&mut shelf, "a", 9);
        put(&mut shelf, "b", 9);
        put(&mut shelf, "c", 9);
        assert!(shelf.get("a").is_some());
        put(&mut shelf, "d", 9);
        assert!(shelf.get("b").is_none());
        assert!(shelf.get("a").is_some() && shelf.get("c").is_some() && shelf.get("d").is_some());
        assert_eq!(shelf.bytes, 30);
    }

    #[test]
    fn what_is_larger_than_the_shelf_is_not_kept() {
        let mut shelf = Shelf::new(30);
        put(&mut shelf, "a", 9);
        put(&mut shelf, "b", 90);
        assert!(shelf.get("a").is_some() && shelf.get("b").is_none());
    }

    #[tokio::test]
    async fn the_same_values_are_drawn_once() {
        let charts = Charts::default();
        let card = Card {
            title: "Solution engineers".to_owned(),
            ..Card::default()
        };
        let (one, other) = tokio::join!(charts.card(card.clone()), charts.card(card.clone()));
        assert_eq!(one.unwrap(), other.unwrap());
        assert_eq!(charts.shelf().kept.len(), 1);
        let again = charts.card(card.clone()).await.unwrap();
        assert_eq!(again, super::super::card(&card).unwrap());
    }
}
