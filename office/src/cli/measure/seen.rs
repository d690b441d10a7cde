//! Who was there before, in a bounded amount of memory.
//!
//! Ids that only ever rise cannot repeat, and most tables are written so: as long as they do, the last one is all that is
//! kept. From the first that does not, a fixed field of bits (a blocked Bloom filter: Bloom 1970; Putze, Sanders & Singler
//! 2007) says of an id either "certainly new" or "perhaps seen"; the few of the second kind are then looked for in another
//! reading, which is exact.

use std::collections::{HashMap, HashSet};

/// Blocks of 512 bits: 16 MiB.
const BLOCKS: usize = 1 << 18;
const WORDS: usize = 8;
/// Odd numbers by which a hash is spread over a block's words, one bit in each.
const SPREAD: [u64; WORDS] = [
    0x9E37_79B9_7F4A_7C15,
    0xBF58_476D_1CE4_E5B9,
    0x94D0_49BB_1331_11EB,
    0xD6E8_FEB8_6659_FD93,
    0xC2B2_AE3D_27D4_EB4F,
    0x1656_67B1_9E37_79F9,
    0x85EB_CA77_C2B2_AE63,
    0x2725_4BDF_A9F6_13C9,
];
/// Ids that are noted together.
const TOGETHER: usize = 128;
/// Doubtful ids that are kept.
const MOST: usize = 100_000;

pub(super) struct Seen {
    last: Vec<u8>,
    /// The line with the first id that did not rise.
    ordered_until: Option<usize>,
    field: Vec<[u64; WORDS]>,
    waiting: Vec<Vec<u8>>,
    waits: usize,
    doubtful: HashSet<Vec<u8>>,
    too_many: bool,
}

impl Seen {
    pub(super) fn new() -> Self {
        Self {
            last: Vec::new(),
            ordered_until: None,
            field: Vec::new(),
            waiting: Vec::new(),
            waits: 0,
            doubtful: HashSet::new(),
            too_many: false,
        }
    }

    /// Notes an id.
    pub(super) fn note(&mut self, id: &[u8], line: usize) {
        if self.ordered_until.is_none() {
            if (id.len(), id) > (self.last.len(), &self.last) {
                self.last.clear();
                self.last.extend_from_slice(id);
                return;
            }
            self.ordered_until = Some(line);
            self.field = vec![[0; WORDS]; BLOCKS];
            self.waiting = vec![Vec::new(); TOGETHER];
        }
        let place = &mut self.waiting[self.waits];
        place.clear();
        place.extend_from_slice(id);
        self.waits += 1;
        if self.waits == TOGETHER {
            self.note_waiting();
        }
    }

    /// Notes those who wait. Their blocks lie far apart, and memory answers many questions in little more time than one:
    /// so all are asked for first.
    fn note_waiting(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let ids = &waiting[..std::mem::take(&mut self.waits)];
        let mut hashes = [0; TOGETHER];
        let mut touched = 0;
        for (hash, id) in hashes.iter_mut().zip(ids) {
            *hash = hashed(id);
            touched ^= self.field[block(*hash)][0];
        }
        std::hint::black_box(touched);
        for (hash, id) in hashes.iter().zip(ids) {
            let mut known = true;
            for (word, bit) in self.field[block(*hash)].iter_mut().zip(bits(*hash)) {
                known &= *word & bit != 0;
                *word |= bit;
            }
            if known {
                self.doubt(id);
            }
        }
        self.waiting = waiting;
    }

    /// The line up to which ids only rose, if they did not to the end: what stands before it was not noted and is to be
    /// read once more, each id given to `look_back`.
    pub(super) fn ordered_until(&self) -> Option<usize> {
        self.ordered_until
    }

    /// Asks of an id that was not noted whether it was perhaps there again later.
    pub(super) fn look_back(&mut self, id: &[u8]) {
        self.note_waiting();
        let hash = hashed(id);
        if self.field[block(hash)].iter().zip(bits(hash)).all(|(word, bit)| word & bit != 0) {
            self.doubt(id);
        }
    }

    fn doubt(&mut self, id: &[u8]) {
        if self.doubtful.len() < MOST {
            self.doubtful.insert(id.to_vec());
        } else {
            self.too_many = true;
        }
    }

    /// Those who were perhaps there twice.
    pub(super) fn twice(mut self) -> Twice {
        self.note_waiting();
        Twice { met: self.doubtful.into_iter().map(|id| (id, false)).collect(), too_many: self.too_many }
    }
}

/// The block that a hash belongs to.
#[expect(clippy::cast_possible_truncation, reason = "only the low bits are wanted")]
fn block(hash: u64) -> usize {
    hash as usize & (BLOCKS - 1)
}

/// A hash's bit in each of its block's words.
fn bits(hash: u64) -> [u64; WORDS] {
    SPREAD.map(|odd| 1 << (hash.wrapping_mul(odd) >> 58))
}

/// The last reading.
pub(super) struct Twice {
    met: HashMap<Vec<u8>, bool>,
    too_many: bool,
}

impl Twice {
    pub(super) fn is_empty(&self) -> bool {
        self.met.is_empty()
    }

    /// Whether there were more doubtful ids than are kept, so that not all will be looked for.
    pub(super) fn too_many(&self) -> bool {
        self.too_many
    }

    /// Whether this id was met before in this reading.
    pub(super) fn again(&mut self, id: &[u8]) -> bool {
        self.met.get_mut(id).is_some_and(|met| std::mem::replace(met, true))
    }
}

/// Mixes an id's bytes; nobody gains by making two ids meet, since those are looked at again.
fn hashed(id: &[u8]) -> u64 {
    let mut mixed = 0x51_7C_C1_B7_27_22_0A_95_u64 ^ id.len() as u64;
    for part in id.chunks(8) {
        let mut bytes = [0; 8];
        bytes[..part.len()].copy_from_slice(part);
        // The high half is folded back each time: a difference in a part's last byte would otherwise stay in the top bits
        // and be undone by the next part.
        mixed = (mixed ^ u64::from_le_bytes(bytes)).wrapping_mul(0x51_7C_C1_B7_27_22_0A_95);
        mixed ^= mixed >> 29;
    }
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF_58_47_6D_1C_E4_E5_B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94_D0_49_BB_13_31_11_EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(ids: impl IntoIterator<Item = String>) -> Seen {
        let mut seen = Seen::new();
        for (line, id) in ids.into_iter().enumerate() {
            seen.note(id.as_bytes(), line);
        }
        seen
    }

    #[test]
    fn whoever_is_there_twice_is_doubtful_and_hardly_anybody_else() {
        let mut seen = noted((0..20_000).rev().map(|person| format!("person-{person}")).chain(["person-77".to_owned()]));
        assert_eq!(seen.ordered_until(), Some(1));
        seen.look_back(b"person-19999");
        assert!(seen.doubtful.contains(b"person-77".as_slice()));
        assert!(seen.doubtful.len() < 5, "{}", seen.doubtful.len());
        let mut twice = seen.twice();
        assert_eq!([twice.again(b"person-77"), twice.again(b"person-77"), twice.again(b"nobody")], [false, true, false]);
    }

    #[test]
    fn ids_that_rise_are_not_noted_and_are_looked_at_once_one_comes_back() {
        let rising = || (1..20_000).map(|person| person.to_string());
        let seen = noted(rising());
        assert_eq!((seen.ordered_until(), seen.field.len(), seen.twice().is_empty()), (None, 0, true));
        let mut seen = noted(rising().chain(["12".to_owned()]));
        assert_eq!(seen.ordered_until(), Some(19_999));
        for id in rising() {
            seen.look_back(id.as_bytes());
        }
        assert!(seen.doubtful.contains(b"12".as_slice()));
        assert!(seen.doubtful.len() < 5, "{}", seen.doubtful.len());
    }
}
