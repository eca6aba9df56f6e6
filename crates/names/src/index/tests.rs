//! The index against itself and against judging everything: what is found, what is refused, what never fails.

use super::*;
use proptest::prelude::*;

fn index(names: &[(&str, u32)]) -> Index {
    let mut builder = Builder::new();
    names.iter().for_each(|(text, owner)| builder.add(text, None, *owner, false));
    builder.build()
}

fn some() -> Index {
    index(&[
        ("Kim Jong Un", 1),
        ("Kim Jong Il", 2),
        ("JSC Argument", 3),
        ("Muhammad al-Zawahiri", 4),
        ("Sberbank of Russia", 5),
        ("Olga Petrova", 6),
        ("Oleg Petrov", 7),
        ("Rosoboronexport", 8),
        ("Korea Mining Development Trading Corporation", 9),
    ])
}

fn found(index: &Index, query: &str, floor: f32) -> Vec<u32> {
    let ask = Ask { floor, limit: 10, ..Ask::default() };
    index.search(&Name::read(query, None), &ask, &mut Scratch::default()).iter().map(|f| f.owner).collect()
}

#[test]
fn a_name_is_found_by_itself_and_by_a_misspelling() {
    let index = some();
    assert_eq!(found(&index, "Kim Jong Un", 0.5)[0], 1);
    assert_eq!(found(&index, "UN, Kim Jong", 0.5)[0], 1);
    assert_eq!(found(&index, "Rosoboroneksport", 0.45), [8]);
    assert_eq!(found(&index, "Olga Pertova", 0.3)[0], 6);
    assert_eq!(found(&index, "Heinrich Boll", 0.5), [] as [u32; 0]);
}

#[test]
fn names_meet_however_their_letters_are_spaced_and_romanised() {
    let index = some();
    let gathered = |query: &str| -> Vec<u32> {
        let ask = Ask { floor: 0.7, limit: 10, ..Ask::default() };
        let mut scratch = Scratch::default();
        index.gather(&Name::read(query, None), &ask, &mut scratch).filter_map(|c| index.owner(c.entry)).collect()
    };
    for (query, owner) in [
        ("JSCARGUMENT", 3),
        ("Kim Jongun", 1),
        ("Kimjongun", 1),
        ("KimJong Un", 1),
        ("Sber bank of Russia", 5),
        ("Mohamed Alzawahiri", 4),
        ("Mukhammed az Zavakhiri", 4),
        ("O Petrova", 6),
        ("Rosoboron Export", 8),
    ] {
        assert!(gathered(query).contains(&owner), "{query}: {:?}", gathered(query));
    }
}

#[test]
fn an_initial_alone_finds_nothing() {
    assert_eq!(found(&some(), "K", 0.3), [] as [u32; 0]);
}

#[test]
fn whoever_is_not_accepted_takes_no_place() {
    let names: Vec<(String, u32)> = (0..500).map(|owner| ("Ivan Petrov".to_owned(), owner)).collect();
    let index = index(&names.iter().map(|(n, o)| (n.as_str(), *o)).collect::<Vec<_>>());
    let query = Name::read("Ivan Petrov", None);
    let odd = |owner: u32, _: u32| owner % 2 == 1;
    let last = |owner: u32, entry: u32| owner == 499 && entry == 499;
    let mut scratch = Scratch::default();
    let mut ask = Ask { floor: 0.4, limit: 3, accept: Some(&odd), ..Ask::default() };
    let owners = |found: &[Found]| found.iter().map(|f| f.owner).collect::<Vec<_>>();
    assert_eq!(owners(index.search(&query, &ask, &mut scratch)), [1, 3, 5]);
    ask.accept = Some(&last);
    assert_eq!(owners(index.search(&query, &ask, &mut scratch)), [499]);
}

#[test]
fn an_owner_comes_once_with_its_best_name() {
    let mut builder = Builder::new();
    builder.add("Ivan Petrof", None, 7, false);
    builder.add("Ivan Petrov", None, 7, true);
    builder.add("Ivan Petrov", None, 7, false);
    builder.add("Ivan Petroff", None, 8, false);
    let index = builder.build();
    let ask = Ask { floor: 0.5, limit: 10, ..Ask::default() };
    let mut scratch = Scratch::default();
    let found = index.search(&Name::read("Ivan Petrov", None), &ask, &mut scratch);
    assert_eq!(found.iter().map(|f| (f.owner, f.entry, f.weak)).collect::<Vec<_>>(), [(7, 2, false), (8, 3, false)]);
    assert_eq!(index.name(found[0].entry), "Ivan Petrov");
    assert_eq!(index.explain(&Name::read("Ivan Petrov", None), &found[0]).score, found[0].score);
}

#[test]
fn who_is_favoured_is_found_from_a_lower_score_on() {
    let index = index(&[("Ivan Petrovich Sidorov", 1), ("Ivan Sidorenko", 2), ("Ivan Sidorkin", 3), ("Ivan Sidorov", 4)]);
    let query = Name::read("Ivan Sidorenkov", None);
    let mut scratch = Scratch::default();
    let mut scores = |floor: f32, favoured: Option<Favoured<'_>>| -> Vec<(u32, f32)> {
        let ask = Ask { floor, limit: 10, favoured, ..Ask::default() };
        index.search(&query, &ask, &mut scratch).iter().map(|f| (f.owner, f.score)).collect()
    };
    let all = scores(0.05, None);
    let [(first, high), (second, low), ..] = all[..] else { panic!("{all:?}") };
    assert_eq!(first, 2, "the nearest name: {all:?}");
    let between = f32::midpoint(high, low);
    assert_eq!(scores(between, None), [(first, high)]);
    for (owner, also) in all.iter().copied().skip(1) {
        let own = index.readings_of(|o| o == owner);
        assert_eq!(scores(between, Some(Favoured { readings: &own, floor: 0.05 })), [(first, high), (owner, also)], "and {second} is not");
    }
    let mut two = index.readings_of(|o| o == 1);
    two.add(&index.readings_of(|o| o == 4));
    let some: Vec<u32> = scores(between, Some(Favoured { readings: &two, floor: 0.01 })).iter().map(|f| f.0).collect();
    assert!(some.contains(&4) && !some.contains(&3), "{some:?}");
}

#[test]
fn a_known_other_kind_is_left_out() {
    let mut builder = Builder::new();
    builder.add("Victoria", Some(Kind::Vessel), 1, false);
    builder.add("Victoria", Some(Kind::Person), 2, false);
    builder.add("Victoria", None, 3, false);
    let index = builder.build();
    let ask = Ask { floor: 0.3, limit: 10, kind: Some(Kind::Vessel), ..Ask::default() };
    let mut scratch = Scratch::default();
    let mut owners: Vec<u32> = index.search(&Name::read("Victoria", None), &ask, &mut scratch).iter().map(|f| f.owner).collect();
    owners.sort_unstable();
    assert_eq!(owners, [1, 3]);
}

#[test]
fn odd_queries_are_answered() {
    let index = some();
    let long = "Kim Jong Un ".repeat(900);
    let longer = "x".repeat(10_000);
    let many: String = (0..5_000).map(|n| format!("{n} ")).collect();
    for query in [long.as_str(), &longer, &many, "", "  ", "!?", "\u{0}", "💥", "ß", "ﷺ"] {
        for floor in [0.0, 0.7, 1.5, f32::NAN] {
            assert!(found(&index, query, floor).len() <= 10);
        }
    }
    let none = Ask { limit: 0, ..Ask::default() };
    assert!(index.search(&Name::read("Kim", None), &none, &mut Scratch::default()).is_empty());
    assert!(found(&Builder::new().build(), "Kim Jong Un", 0.0).is_empty());
    let nameless = super::tests::index(&[("!!!", 1), ("", 2)]);
    assert_eq!((nameless.len(), found(&nameless, "!!!", 0.0).len()), (2, 0));
}

#[test]
fn a_scratch_serves_indexes_of_any_size() {
    let (small, large) = (index(&[("Olga Petrova", 6)]), some());
    let ask = Ask { floor: 0.4, limit: 10, ..Ask::default() };
    let query = Name::read("Olga Petrova", None);
    let mut scratch = Scratch::default();
    for index in [&large, &small, &large, &small] {
        assert_eq!(index.search(&query, &ask, &mut scratch)[0].owner, 6);
    }
}

#[test]
fn bytes_give_the_same_index_again() {
    for index in [some(), Builder::new().build(), index(&[("", 1)])] {
        assert_eq!(Index::from_bytes(index.to_bytes()).unwrap(), index);
    }
}

#[test]
fn damaged_bytes_are_refused() {
    let bytes = some().to_bytes();
    for length in 0..bytes.len() {
        assert!(Index::from_bytes(&bytes[..length]).is_err(), "{length} of {} bytes", bytes.len());
    }
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1 << (at % 8);
        assert!(Index::from_bytes(&changed).is_err(), "byte {at}");
    }
    let mut longer = bytes.clone();
    longer.push(0);
    assert_eq!(Index::from_bytes(&longer), Err(Damaged::Checksum));
    let mut other = bytes;
    other[8] = 9;
    assert_eq!(Index::from_bytes(&other), Err(Damaged::Version(9)));
    assert_eq!(Index::from_bytes(b"not an index at all"), Err(Damaged::NotAnIndex));
}

/// A forger can make the checksum fit; then an accepted index must still be searched without harm.
#[test]
fn forged_bytes_are_refused_or_harmless() {
    let bytes = some().to_bytes();
    let mut refused = 0;
    for at in 44..bytes.len() {
        for change in [1u8, 0x80, 0xff] {
            let mut forged = bytes.clone();
            forged[at] ^= change;
            let sum = blake3::hash(&forged[44..]);
            forged[12..44].copy_from_slice(sum.as_bytes());
            match Index::from_bytes(&forged) {
                Err(_) => refused += 1,
                Ok(index) => drop(["Kim Jong Un", "JSCARGUMENT", "O Petrov", "Kimjongun"].map(|q| found(&index, q, 0.3))),
            }
        }
    }
    assert!(refused > bytes.len(), "{refused}");
}

fn token() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "mohammed", "ahmad", "ivan", "ivanov", "petrov", "kim", "jong", "un", "al", "trading", "company", "ltd", "petrova", "sberbank",
            "shipping", "j",
        ])
        .prop_map(str::to_owned),
        "[a-e]{1,9}",
    ]
}

fn name() -> impl Strategy<Value = String> {
    prop::collection::vec(token(), 1..5).prop_map(|t| t.join(" "))
}

/// Two or three words of two to four syllables.
fn made_up() -> impl Strategy<Value = String> {
    prop::collection::vec("([bdgklmnprstvz][aeiou]){2,4}", 2..4).prop_map(|w| w.join(" "))
}

/// One letter of a name left out, doubled, exchanged or put in.
fn edited(name: &str, at: usize, how: usize) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let at = at % letters.len();
    match how {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 if at + 1 < letters.len() => letters.swap(at, at + 1),
        2 => {}
        _ => letters.insert(at, 'q'),
    }
    letters.into_iter().collect()
}

/// Owners by their best score among all entries, judged one by one.
fn one_by_one(index: &Index, query: &Name) -> Vec<(u32, f32)> {
    let mut best: Vec<(u32, f32)> = Vec::new();
    for entry in 0..index.len() as u32 {
        let listed = Name::read(index.name(entry), None);
        let score = judge(query, &listed, |i, j| tie(&query.words[i], &listed.words[j]), &BuiltIn).score;
        let owner = index.owner(entry).unwrap();
        match best.iter_mut().find(|b| b.0 == owner) {
            Some(b) => b.1 = b.1.max(score),
            None => best.push((owner, score)),
        }
    }
    best
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn the_same_name_is_found_and_every_score_is_the_judges(
        names in prop::collection::vec((name(), 0u32..60), 1..120),
        other in name(),
        edits in prop::collection::vec((any::<usize>(), 0usize..4), 0..3),
        own in any::<bool>(),
        at in any::<prop::sample::Index>(),
    ) {
        let index = super::tests::index(&names.iter().map(|(n, o)| (n.as_str(), *o)).collect::<Vec<_>>());
        let mut text = if own { at.get(&names).0.clone() } else { other };
        for (at, how) in edits {
            if !text.is_empty() {
                text = edited(&text, at, how);
            }
        }
        let query = Name::read(&text, None);
        let ask = Ask { floor: 0.3, limit: 1_000, ..Ask::default() };
        let mut scratch = Scratch::default();
        let found = index.search(&query, &ask, &mut scratch);
        prop_assert!(found.windows(2).all(|w| w[0].score >= w[1].score));
        let judged = one_by_one(&index, &query);
        for f in found {
            let best = judged.iter().find(|(owner, _)| *owner == f.owner).map_or(0.0, |(_, score)| *score);
            prop_assert!(f.score <= best && f.score >= ask.floor, "{} {} {} {}", text, f.owner, f.score, best);
        }
        // Who bears the very name is found, if the name says enough to reach the floor at all.
        let same = |n: &Name| n.words.iter().map(|w| (&w.text, w.role)).eq(query.words.iter().map(|w| (&w.text, w.role)));
        for (n, owner) in &names {
            let itself = Name::read(n, None);
            let own = judge(&query, &itself, |i, j| tie(&query.words[i], &itself.words[j]), &BuiltIn).score;
            if same(&itself) && own >= 0.3 && query.words.iter().any(|w| w.best().len() > 1) {
                prop_assert!(found.iter().any(|f| f.owner == *owner), "{} is not found by itself ({})", n, own);
            }
        }
    }

    /// What is remembered of the words of earlier queries, and what had to make room, changes no answer.
    #[test]
    fn earlier_queries_change_no_answer(
        names in prop::collection::vec((name(), 0u32..60), 1..120),
        queries in prop::collection::vec(prop_oneof![name(), Just("Мухаммед Иванов".to_owned()), Just("محمد احمد".to_owned())], 1..40),
        floor in prop_oneof![Just(0.0f32), Just(0.225), Just(0.45)],
    ) {
        let index = super::tests::index(&names.iter().map(|(n, o)| (n.as_str(), *o)).collect::<Vec<_>>());
        let ask = Ask { floor, limit: 50, ..Ask::default() };
        let mut used = Scratch::default();
        for query in &queries {
            let query = Name::read(query, None);
            let found = index.search(&query, &ask, &mut used).to_vec();
            prop_assert_eq!(found, index.search(&query, &ask, &mut Scratch::default()).to_vec());
        }
    }

    /// Whom the asker favours takes nobody's place, and favours nobody else.
    #[test]
    fn who_is_favoured_takes_no_place(
        names in prop::collection::vec((name(), 0u32..60), 1..120),
        query in name(),
        third in 0u32..3,
    ) {
        let index = super::tests::index(&names.iter().map(|(n, o)| (n.as_str(), *o)).collect::<Vec<_>>());
        let query = Name::read(&query, None);
        let favours = |owner: u32| owner % 3 == third;
        let readings = index.readings_of(favours);
        let plain = Ask { floor: crate::DEFAULT_THRESHOLD, limit: 1_000, ..Ask::default() };
        let ask = Ask { favoured: Some(Favoured { readings: &readings, floor: plain.floor / 2.0 }), ..plain };
        let mut scratch = Scratch::default();
        let before = index.search(&query, &plain, &mut scratch).to_vec();
        let found = index.search(&query, &ask, &mut scratch);
        for f in before {
            prop_assert!(found.iter().any(|g| g.owner == f.owner && g.score == f.score), "{} {} is lost", query.text, f.owner);
        }
        for f in found {
            let shared = index.reading_entries.row(index.entry_readings[f.entry as usize]).iter().any(|e| favours(index.entry_owners[*e as usize]));
            prop_assert!(f.score >= if shared { plain.floor / 2.0 } else { plain.floor }, "{} {} {}", query.text, f.owner, f.score);
        }
    }

    /// At the default threshold whoever is judged like the query is found, though few are judged.
    #[test]
    fn whoever_is_like_is_found(
        names in prop::collection::vec(made_up(), 1..80),
        at in any::<prop::sample::Index>(),
        edit in (any::<usize>(), 0usize..4),
        slip in any::<bool>(),
    ) {
        let listed: Vec<(&str, u32)> = names.iter().zip(0..).map(|(n, owner)| (n.as_str(), owner)).collect();
        let index = super::tests::index(&listed);
        let own = at.get(&names);
        let query = Name::read(&if slip { edited(own, edit.0, edit.1) } else { own.clone() }, None);
        let ask = Ask { floor: crate::DEFAULT_THRESHOLD, limit: 1_000, ..Ask::default() };
        let mut found: Vec<(u32, f32)> = index.search(&query, &ask, &mut Scratch::default()).iter().map(|f| (f.owner, f.score)).collect();
        let mut like: Vec<(u32, f32)> = one_by_one(&index, &query).into_iter().filter(|(_, score)| *score >= ask.floor).collect();
        found.sort_by_key(|f| f.0);
        like.sort_by_key(|f| f.0);
        prop_assert_eq!(found, like, "{}", query.text);
    }

    #[test]
    fn foreign_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Index::from_bytes(&bytes).is_err());
    }
}
