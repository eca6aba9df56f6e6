//! Flat tables: rows of numbers, texts, and which readings hold a word.

/// Rows of ids of differing lengths, one after the other.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Rows {
    /// Row `r` is `items[starts[r]..starts[r + 1]]`.
    pub(super) starts: Vec<u32>,
    pub(super) items: Vec<u32>,
}

impl Rows {
    pub(super) fn new() -> Rows {
        Rows { starts: vec![0], items: Vec::new() }
    }

    pub(super) fn push(&mut self, row: impl IntoIterator<Item = u32>) {
        self.items.extend(row);
        self.starts.push(self.items.len() as u32);
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    #[inline]
    pub(super) fn row(&self, at: u32) -> &[u32] {
        &self.items[self.starts[at as usize] as usize..self.starts[at as usize + 1] as usize]
    }

    /// From (row, item) pairs: rows `0..rows`, items of a row in the order of the pairs.
    pub(super) fn gather(rows: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Rows {
        let mut starts = vec![0u32; rows + 1];
        for (row, _) in pairs.clone() {
            starts[row as usize + 1] += 1;
        }
        for r in 1..starts.len() {
            starts[r] += starts[r - 1];
        }
        let mut ends = starts.clone();
        let mut items = vec![0; starts.last().map_or(0, |e| *e as usize)];
        for (row, item) in pairs {
            let end = &mut ends[row as usize];
            items[*end as usize] = item;
            *end += 1;
        }
        Rows { starts, items }
    }

    /// Whether it can be used: `rows` rows in order, every item below `items`.
    pub(super) fn sound(&self, rows: usize, items: usize) -> bool {
        self.starts.len() == rows + 1 && starts_sound(&self.starts, self.items.len()) && self.items.iter().all(|i| (*i as usize) < items)
    }
}

fn starts_sound(starts: &[u32], end: usize) -> bool {
    starts.first() == Some(&0) && starts.last().is_some_and(|e| *e as usize == end) && starts.is_sorted()
}

/// Texts, one after the other.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Texts {
    pub(super) starts: Vec<u32>,
    pub(super) text: String,
}

impl Texts {
    pub(super) fn new() -> Texts {
        Texts { starts: vec![0], text: String::new() }
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.starts.push(self.text.len() as u32);
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub(super) fn get(&self, at: u32) -> &str {
        &self.text[self.starts[at as usize] as usize..self.starts[at as usize + 1] as usize]
    }

    pub(super) fn bytes(&self, at: u32) -> &[u8] {
        &self.text.as_bytes()[self.starts[at as usize] as usize..self.starts[at as usize + 1] as usize]
    }

    /// Whether it can be used.
    pub(super) fn sound(&self) -> bool {
        starts_sound(&self.starts, self.text.len()) && self.starts.iter().all(|s| self.text.is_char_boundary(*s as usize))
    }
}

/// Rows of bytes, one after the other.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Blobs {
    pub(super) starts: Vec<u32>,
    pub(super) data: Vec<u8>,
}

impl Blobs {
    pub(super) fn new() -> Blobs {
        Blobs { starts: vec![0], data: Vec::new() }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.data.extend_from_slice(bytes);
        self.starts.push(self.data.len() as u32);
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub(super) fn get(&self, at: u32) -> &[u8] {
        &self.data[self.starts[at as usize] as usize..self.starts[at as usize + 1] as usize]
    }

    /// Whether it can be used.
    pub(super) fn sound(&self) -> bool {
        starts_sound(&self.starts, self.data.len())
    }
}

/// Which readings hold a word: a sorted list of ids or, for a common word, one bit a reading, which is smaller than the list and lets
/// two common words be met by `and` of whole machine words.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Postings {
    /// The list or bits of word `w` are `data[starts[w]..starts[w + 1]]`.
    pub(super) starts: Vec<u32>,
    pub(super) data: Vec<u32>,
    /// How many readings hold the word.
    pub(super) counts: Vec<u32>,
    /// How many readings there are.
    pub(super) readings: usize,
}

/// What one word's postings are.
#[derive(Clone, Copy)]
pub(super) enum Posted<'a> {
    List(&'a [u32]),
    Bits(&'a [u32]),
}

/// A word held by more than one in this many readings is kept as bits. Up to 32 bits are no larger than the list; beyond, memory buys that a
/// reading can be asked about the word in one step.
const DENSE: usize = 256;

impl Postings {
    /// From lists of readings, each sorted.
    pub(super) fn build(lists: &Rows, readings: usize) -> Postings {
        let (mut starts, mut data, mut counts) = (vec![0u32], Vec::new(), Vec::new());
        for word in 0..lists.len() as u32 {
            let list = lists.row(word);
            if Self::dense(list.len(), readings) {
                let from = data.len();
                data.resize(from + readings.div_ceil(32), 0u32);
                for r in list {
                    data[from + (*r >> 5) as usize] |= 1 << (r & 31);
                }
            } else {
                data.extend_from_slice(list);
            }
            starts.push(data.len() as u32);
            counts.push(list.len() as u32);
        }
        Postings { starts, data, counts, readings }
    }

    fn dense(count: usize, readings: usize) -> bool {
        count > 64 && count > readings / DENSE
    }

    #[inline]
    pub(super) fn get(&self, word: u32) -> Posted<'_> {
        let data = &self.data[self.starts[word as usize] as usize..self.starts[word as usize + 1] as usize];
        if Self::dense(self.counts[word as usize] as usize, self.readings) { Posted::Bits(data) } else { Posted::List(data) }
    }

    /// Whether it can be used.
    pub(super) fn sound(&self, words: usize, readings: usize) -> bool {
        let row = |w: usize| (self.starts[w + 1] - self.starts[w]) as usize;
        self.readings == readings
            && self.counts.len() == words
            && self.starts.len() == words + 1
            && starts_sound(&self.starts, self.data.len())
            && (0..words).all(|w| match self.get(w as u32) {
                Posted::Bits(bits) => {
                    bits.len() == readings.div_ceil(32)
                        && bits.iter().map(|b| b.count_ones()).sum::<u32>() == self.counts[w]
                        && (readings.is_multiple_of(32) || bits.last().is_some_and(|b| b >> (readings % 32) == 0))
                }
                Posted::List(list) => {
                    row(w) == self.counts[w] as usize
                        && list.windows(2).all(|p| p[0] < p[1])
                        && list.last().is_none_or(|r| (*r as usize) < readings)
                }
            })
    }
}

impl<'a> Posted<'a> {
    /// Whether the reading holds the word.
    pub(super) fn holds(self, reading: u32) -> bool {
        match self {
            Posted::List(list) => list.binary_search(&reading).is_ok(),
            Posted::Bits(bits) => bit(bits, reading),
        }
    }

    /// Readings from `from` up to but not including `to`, ascending, while `each` says to go on. Returns whether it did to the end.
    pub(super) fn range(self, from: u32, to: u32, mut each: impl FnMut(u32) -> bool) -> bool {
        match self {
            Posted::List(list) => {
                let start = if from == 0 { 0 } else { list.partition_point(|r| *r < from) };
                list[start..].iter().take_while(|r| **r < to).all(|r| each(*r))
            }
            Posted::Bits(bits) => {
                for at in (from >> 5)..to.div_ceil(32).min(bits.len() as u32) {
                    let mut left = bits[at as usize];
                    while left != 0 {
                        let reading = (at << 5) + left.trailing_zeros();
                        left &= left - 1;
                        if reading >= from && (reading >= to || !each(reading)) {
                            return reading >= to;
                        }
                    }
                }
                true
            }
        }
    }
}

/// One bit of many.
#[inline]
pub(super) fn bit(bits: &[u32], at: u32) -> bool {
    bits[(at >> 5) as usize] >> (at & 31) & 1 != 0
}
