//! A list being read: listings and problems as they come, within the limits, duplicates put together.

use super::{Limits, Problem, Read, Refused};
use crate::programmes::Regimes;
use crate::{ListedName, Listing, NameKind};
use std::collections::HashMap;

/// A list being read.
pub(crate) struct Draft<'l> {
    read: Read,
    limits: &'l Limits,
    /// Where each reference is in the listings.
    known: HashMap<String, usize>,
    regimes: Regimes,
}

/// One line: all white space becomes single blanks, none at the ends.
pub(crate) fn squeeze(text: &str) -> String {
    let text = text.trim();
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}');
    let clean = !text.contains("  ") && !text.contains(|c: char| c != ' ' && blank(c));
    if clean {
        return text.to_string();
    }
    text.split(blank).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

impl<'l> Draft<'l> {
    /// Begins a list.
    pub fn new(list: &str, format: &'static str, limits: &'l Limits) -> Self {
        let read = Read {
            list: list.to_string(),
            format,
            version: None,
            records: 0,
            declared: None,
            listings: Vec::new(),
            problems: Vec::new(),
            more_problems: 0,
        };
        Self { read, limits, known: HashMap::new(), regimes: Regimes::of(list) }
    }

    /// The list's own date.
    pub fn version(&mut self, version: impl Into<String>) {
        self.read.version = Some(version.into()).filter(|v: &String| !v.is_empty());
    }

    /// How many records the file says it has.
    pub fn declared(&mut self, count: usize) {
        self.read.declared = Some(count);
    }

    /// Notes a problem; the reading goes on.
    pub fn problem(&mut self, at: impl Into<String>, message: impl Into<String>) {
        if self.read.problems.len() < self.limits.problems {
            self.read.problems.push(Problem { at: at.into(), message: message.into() });
        } else {
            self.read.more_problems += 1;
        }
    }

    /// Takes over a listing. Blank and repeated values are dropped, regimes are filled in, and a second record under the same
    /// reference adds to the first. `line` is where it stands, 0 when the format has no lines.
    pub fn add(&mut self, listing: Listing, line: usize) -> Result<(), Refused> {
        self.take(listing, line, false)
    }

    /// The same for formats in which one party has several records, one for each address: adding to the first is no problem.
    pub fn add_part(&mut self, listing: Listing, line: usize) -> Result<(), Refused> {
        self.take(listing, line, true)
    }

    fn take(&mut self, mut listing: Listing, line: usize, part: bool) -> Result<(), Refused> {
        self.read.records += 1;
        if self.read.records > self.limits.listings {
            let message = format!("more than {} entries", self.limits.listings);
            return Err(Refused::new(
                format!("line {line}"),
                message,
                "no list is that long; if it is really one, raise the limit `listings`",
            ));
        }
        listing.id = squeeze(&listing.id);
        let at = if line == 0 { format!("entry {}", listing.id) } else { format!("line {line}, entry {}", listing.id) };
        if listing.id.is_empty() {
            self.problem(format!("line {line}"), "the entry has no reference and is left out");
            return Ok(());
        }
        self.tidy(&mut listing, &at);
        if listing.names.is_empty() {
            self.problem(at, "the entry has no name and is left out");
            return Ok(());
        }
        listing.regimes = self.regimes.look_up(&listing.programmes);
        match self.known.get(&listing.id).and_then(|i| self.read.listings.get_mut(*i)) {
            None => {
                self.known.insert(listing.id.clone(), self.read.listings.len());
                self.read.listings.push(listing);
            }
            Some(first) if part => first.absorb(listing),
            Some(first) if *first == listing => self.problem(at, "the same entry was given before; kept once"),
            Some(first) => {
                first.absorb(listing);
                self.problem(at, "another entry has the same reference; put together with it");
            }
        }
        Ok(())
    }

    /// The finished list. Refused when nothing in it is a listing, or when entries are missing by its own count.
    pub fn finish(self, file: &str) -> Result<Read, Refused> {
        let read = self.read;
        if let Some(declared) = read.declared.filter(|d| *d != read.records) {
            let message = format!("the list says it has {declared} entries, but there are {}", read.records);
            return Err(Refused::new(file, message, "the file may be cut off; download it again"));
        }
        if read.listings.is_empty() {
            let first = read.problems.first().map_or_else(String::new, |p| format!("; {}: {}", p.at, p.message));
            return Err(Refused::new(file, format!("not one entry could be read{first}"), "check that this is the whole list"));
        }
        Ok(read)
    }

    fn tidy(&mut self, listing: &mut Listing, at: &str) {
        let (most, longest) = (self.limits.names, self.limits.field);
        let mut long = 0;
        let mut many = 0;
        for name in &mut listing.names {
            name.text = squeeze(&name.text);
            long += usize::from(shorten(&mut name.text, longest));
        }
        listing.names.retain(|n| n.text.chars().any(char::is_alphanumeric));
        one_name_each(&mut listing.names);
        many += usize::from(cap(&mut listing.names, most));
        for list in [
            &mut listing.birth_places,
            &mut listing.nationalities,
            &mut listing.countries,
            &mut listing.addresses,
            &mut listing.positions,
            &mut listing.programmes,
            &mut listing.basis,
            &mut listing.effects,
        ] {
            for text in list.iter_mut() {
                *text = squeeze(text);
                long += usize::from(shorten(text, longest));
            }
            list.retain(|t| !t.is_empty());
            once(list, Clone::clone);
            many += usize::from(cap(list, most));
        }
        for identifier in &mut listing.identifiers {
            identifier.value = squeeze(&identifier.value);
            identifier.country = squeeze(&identifier.country);
            long += usize::from(shorten(&mut identifier.value, longest));
        }
        listing.identifiers.retain(|i| !i.value.is_empty());
        once(&mut listing.identifiers, Clone::clone);
        many += usize::from(cap(&mut listing.identifiers, most));
        for link in &mut listing.links {
            (link.to, link.how) = (squeeze(&link.to), squeeze(&link.how));
        }
        listing.links.retain(|l| !l.to.is_empty());
        once(&mut listing.links, Clone::clone);
        once(&mut listing.births, |b| *b);
        let nationalities = &listing.nationalities;
        listing.countries.retain(|c| !nationalities.contains(c));
        if long > 0 {
            self.problem(at, format!("{long} values longer than {longest} bytes are cut"));
        }
        if many > 0 {
            self.problem(at, format!("more than {most} values of one sort; the rest is left out"));
        }
    }
}

impl Listing {
    /// Adds what another record under the same reference says.
    fn absorb(&mut self, other: Self) {
        let second = other.names.into_iter().map(|mut n| {
            if n.kind == NameKind::Primary {
                n.kind = NameKind::Alias;
            }
            n
        });
        self.names.extend(second);
        one_name_each(&mut self.names);
        merge(&mut self.births, other.births);
        merge(&mut self.birth_places, other.birth_places);
        merge(&mut self.nationalities, other.nationalities);
        merge(&mut self.countries, other.countries);
        merge(&mut self.addresses, other.addresses);
        merge(&mut self.identifiers, other.identifiers);
        merge(&mut self.positions, other.positions);
        merge(&mut self.programmes, other.programmes);
        merge(&mut self.regimes, other.regimes);
        merge(&mut self.basis, other.basis);
        merge(&mut self.effects, other.effects);
        merge(&mut self.links, other.links);
        self.kind = self.kind.or(other.kind);
        self.female = self.female.or(other.female);
        self.listed_on = self.listed_on.into_iter().chain(other.listed_on).min();
        self.published_on = self.published_on.or(other.published_on);
        self.amended_on = self.amended_on.max(other.amended_on);
        // Still listed under one record is still listed.
        self.delisted_on = self.delisted_on.zip(other.delisted_on).map(|(a, b)| a.max(b));
        self.ship = self.ship.take().or(other.ship);
    }
}

fn merge<T: PartialEq>(into: &mut Vec<T>, more: Vec<T>) {
    for value in more {
        if !into.contains(&value) {
            into.push(value);
        }
    }
}

/// Keeps the first of equal values. Most lists of values have one or two, so that looking back is quicker than a set.
fn once<T, K: Ord>(values: &mut Vec<T>, key: impl Fn(&T) -> K) {
    if values.len() > 1 {
        let mut seen = std::collections::BTreeSet::new();
        values.retain(|v| seen.insert(key(v)));
    }
}

/// The same words twice are one name; once called a good one, it is not a weak one.
fn one_name_each(names: &mut Vec<ListedName>) {
    if names.len() < 2 {
        return;
    }
    let mut first: HashMap<String, usize> = HashMap::new();
    let mut kept: Vec<ListedName> = Vec::with_capacity(names.len());
    for name in names.drain(..) {
        match first.get(&name.text).and_then(|i| kept.get_mut(*i)) {
            Some(known) if matches!(known.kind, NameKind::Weak | NameKind::Former) && name.kind != NameKind::Weak => known.kind = name.kind,
            Some(_) => {}
            None => {
                first.insert(name.text.clone(), kept.len());
                kept.push(name);
            }
        }
    }
    *names = kept;
}

fn cap<T>(values: &mut Vec<T>, most: usize) -> bool {
    let over = values.len() > most;
    values.truncate(most);
    over
}

fn shorten(text: &mut String, most: usize) -> bool {
    if text.len() <= most {
        return false;
    }
    let mut end = most;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    true
}
