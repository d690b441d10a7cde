//! Who was there before, in a bounded amount of memory.
//!
//! A table may have more people than memory should hold. A fixed field of bits (a blocked Bloom filter: Bloom 1970;
//! Putze, Sanders & Singler 2007) says of an id either "certainly new" or "perhaps seen"; the few of the second kind are
//! then looked for in a second reading, which is exact.

use std::collections::{HashMap, HashSet};

/// Blocks of 512 bits: 16 MiB.
const BLOCKS: usize = 1 << 18;
const WORDS: usize = 8;
/// Doubtful ids that are kept; whoever has more has a table without ids.
const MOST: usize = 100_000;

pub(super) struct Seen {
    field: Vec<[u64; WORDS]>,
    doubtful: HashSet<Vec<u8>>,
}

impl Seen {
    pub(super) fn new() -> Self {
        Self { field: Vec::new(), doubtful: HashSet::new() }
    }

    /// Notes an id.
    pub(super) fn note(&mut self, id: &[u8], _line: usize) {
        if self.field.is_empty() {
            self.field = vec![[0; WORDS]; BLOCKS];
        }
        let hash = hash(id);
        #[expect(clippy::cast_possible_truncation, reason = "only the low bits are wanted")]
        let block = &mut self.field[hash as usize & (BLOCKS - 1)];
        let mut bits = hash ^ hash.rotate_left(29);
        let mut known = true;
        for word in block.iter_mut() {
            bits = bits.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let bit = 1_u64 << (bits >> 58);
            known &= *word & bit != 0;
            *word |= bit;
        }
        if known && self.doubtful.len() < MOST {
            self.doubtful.insert(id.to_vec());
        }
    }

    /// Those who were perhaps there before.
    pub(super) fn doubtful(self) -> Doubtful {
        Doubtful(self.doubtful)
    }
}

pub(super) struct Doubtful(HashSet<Vec<u8>>);

impl Doubtful {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn look(self) -> Twice {
        Twice(self.0.into_iter().map(|id| (id, false)).collect())
    }
}

/// The second reading.
pub(super) struct Twice(HashMap<Vec<u8>, bool>);

impl Twice {
    /// Whether this id was met before in this reading.
    pub(super) fn again(&mut self, id: &[u8]) -> bool {
        self.0.get_mut(id).is_some_and(|met| std::mem::replace(met, true))
    }
}

/// Mixes an id's bytes; nobody gains by making two ids meet, since those are looked at again.
fn hash(id: &[u8]) -> u64 {
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

    #[test]
    fn whoever_is_there_twice_is_doubtful_and_hardly_anybody_else() {
        let mut seen = Seen::new();
        for person in 0..20_000 {
            seen.note(format!("person-{person}").as_bytes(), 0);
        }
        seen.note(b"person-77", 0);
        let doubtful = seen.doubtful();
        assert!(doubtful.0.contains(b"person-77".as_slice()));
        assert!(doubtful.0.len() < 5, "{}", doubtful.0.len());
        let mut twice = doubtful.look();
        assert_eq!([twice.again(b"person-77"), twice.again(b"person-77"), twice.again(b"nobody")], [false, true, false]);
    }
}
