//! Everything that is left to chance in the demo, from one seed: the same seed gives the same service.

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

/// A stream of chance, and of ids that grow in the order in which they are drawn.
#[derive(Debug)]
pub(super) struct Chance {
    rng: ChaCha8Rng,
    millis: u64,
}

impl Chance {
    /// The stream of this seed. Ids carry instants counted up from `first_millis` (since 1970), so that rows written
    /// in their order lie together in every index.
    pub fn new(seed: u64, first_millis: u64) -> Self {
        Self { rng: ChaCha8Rng::seed_from_u64(seed), millis: first_millis }
    }

    /// A number below `n`; 0 when `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        let wide = u64::try_from(n.max(1)).unwrap_or(1);
        usize::try_from(self.rng.next_u64() % wide).unwrap_or(0)
    }

    /// A number from `from` to `to`, both included.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        let width = u64::try_from(to - from + 1).unwrap_or(1);
        from + i64::try_from(self.rng.next_u64() % width).unwrap_or(0)
    }

    /// Yes in so many of a hundred draws.
    pub fn percent(&mut self, share: u64) -> bool {
        self.rng.next_u64() % 100 < share
    }

    /// One of a list that is not empty.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// The next id.
    pub fn id(&mut self) -> Uuid {
        self.millis += 1;
        let mut random = [0; 10];
        self.rng.fill_bytes(&mut random);
        uuid::Builder::from_unix_timestamp_millis(self.millis, &random).into_uuid()
    }
}
