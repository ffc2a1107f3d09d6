//! A count of the steps that reading took, so that a test can hold the promise of linear time
//! without a clock.

/// Steps taken: a byte looked at, a token looked at. The reader counts them as it goes.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Work(usize);

impl Work {
    /// Adds `steps`.
    pub(super) fn add(&mut self, steps: usize) {
        self.0 = self.0.saturating_add(steps);
    }

    /// All steps so far.
    #[cfg(test)]
    pub(super) fn steps(self) -> usize {
        self.0
    }
}
