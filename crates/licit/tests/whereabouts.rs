//! Something comes from one country and ends up in one: asked once, for all regimes, and no case in which it comes from two.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use licit::{Ask, Depth, ReadAct, Rulebook, decide};
use model::{Verdict, VerdictSet};
use rulebook::SourceFile;
use serde_json::{Value, json};
use testkit::small::{EVERYBODY, instrument};

/// Two regimes of one authority, which tell different countries apart.
const WORDS: &str = r#"# Two

```toml regime
id = "un/east"
title = "East"
jurisdiction = "un"
says = "All goods."
when = { any = [{ from = "BY" }, { from = "RU" }] }
```

```toml regime
id = "un/south"
title = "South"
jurisdiction = "un"
says = "All goods."
when = { any = [{ from = "IR" }, { from = "un/wide" }] }
```

```toml words
id = "un/wide"
countries = ["SY", "RU"]
while = [{ country = "BY", from = 2020-01-01 }]
```

"#;

/// A provision of an instrument of its regime.
fn page(number: u8, regime: &str, when: &str) -> String {
    let rule = format!(
        "## ¶1 Rule\n\nA rule.\n\n```toml prohibition\nid = \"un/{number}#1\"\ntitle = \"Rule\"\nsays = \"A rule.\"\nfrom = 2010-01-01\nreach = \"un/all\"\nwhen = {when}\n\
         confidence = \"recalled\"\n```\n"
    );
    ["# Page\n\n", &instrument(&format!("un/{number}"), regime, "2010-01-01"), &rule].concat()
}

fn book() -> Result<Rulebook, licit::LawProblems> {
    // No single origin meets the first.
    let east = page(1, "un/east", r#"{ all = [{ from = "BY" }, { from = "RU" }] }"#);
    let south = page(2, "un/south", r#"{ all = [{ item = { hs = ["8703"] } }, { not = { from = "SY" } }] }"#);
    let files = [("law/un/words.md", [WORDS, EVERYBODY].concat()), ("law/un/east.md", east), ("law/un/south.md", south)];
    Rulebook::read(&files.map(|(name, text)| SourceFile { name: name.into(), text }))
}

/// A sale of pumps to China by somebody of whom nothing is known, with changes: a place in it, and what stands there instead.
fn sale(book: &Rulebook, changes: &[(&str, Value)]) -> ReadAct {
    let mut act = json!({
        "kind": "sale", "on": "2020-06-01", "items": [{"hs": "8413", "description": "goods", "origin": null}],
        "places": {"origin": null, "destination": "CN", "transit": []},
        "parties": [
            {"role": "seller", "name": "a", "nationality": null, "designated": false},
            {"role": "buyer", "name": "b", "nationality": "CN", "designated": false},
        ],
    });
    for (place, value) in changes {
        *act.pointer_mut(place).unwrap() = value.clone();
    }
    book.read_act(act.to_string().as_bytes(), licit::Format::Json).unwrap_or_else(|p| panic!("{p:?}"))
}

/// What each answer to a missing fact leaves.
fn left(m: &licit::MissingFact) -> String {
    let words = |set: VerdictSet| set.iter().map(Verdict::word).collect::<Vec<_>>().join(" or ");
    m.outcomes.iter().map(|(label, set)| format!("{label}: {}", words(*set))).collect::<Vec<_>>().join("; ")
}

#[test]
fn what_comes_from_one_country_does_not_come_from_another() {
    let book = book().unwrap();
    let mut seen = Vec::new();
    for (on, hs) in [("2019-06-01", "8703"), ("2020-06-01", "8703"), ("2020-06-01", "8413"), ("2020-06-01", "")] {
        let hs = Some(hs).filter(|hs| !hs.is_empty());
        let act = sale(&book, &[("/on", json!(on)), ("/items/0/hs", json!(hs))]);
        let answer = decide(&book, &act, &Ask::default());
        let decision = &answer.decisions[0];
        let slow = testkit::reference::verdicts(book.law(), &act.act, "un");
        assert_eq!(Some(decision.possible), slow, "{on} {hs:?}");
        let asked: Vec<_> = decision.missing.iter().filter(|m| m.fact == "items[0].origin").collect();
        assert_eq!(asked.len(), 1, "{on} {hs:?}: {:?}", decision.missing);
        seen.push((on, hs, left(asked[0])));
    }
    let told = |at: usize| seen[at].2.as_str();
    // The goods go to China, so they are taken not to come from there. Until 2020 what comes from Belarus concerns the east alone, which forbids nothing of it; a car from Syria is not forbidden.
    assert_eq!(told(0), "BY|SY: permitted; IR|RU: prohibited; elsewhere but CN: out_of_scope");
    assert_eq!(told(1), "BY|IR|RU: prohibited; SY: permitted; elsewhere but CN: out_of_scope");
    assert_eq!(told(2), "BY|IR|RU|SY: permitted; elsewhere but CN: out_of_scope");
    assert_eq!(told(3), "BY|IR|RU: permitted or prohibited; SY: permitted; elsewhere but CN: out_of_scope");
}

/// One regime forbids what does not come from Russia, the other what does: each leaves some origins free, both together none.
const BOTH: &str = r#"# Both

```toml regime
id = "un/not"
title = "Not from there"
jurisdiction = "un"
says = "What goes to China."
when = { to = "CN" }
```

```toml regime
id = "un/only"
title = "Only from there"
jurisdiction = "un"
says = "What comes from Russia."
when = { from = "RU" }
```

"#;

#[test]
fn where_each_regime_leaves_some_countries_free_and_both_leave_none_the_act_is_forbidden() {
    let pages = [
        ("law/un/words.md", [BOTH, EVERYBODY].concat()),
        ("law/un/not.md", page(1, "un/not", r#"{ not = { from = "RU" } }"#)),
        ("law/un/only.md", page(2, "un/only", r#"{ act = "sale" }"#)),
    ];
    let book = Rulebook::read(&pages.map(|(name, text)| SourceFile { name: name.into(), text })).unwrap();
    for (kind, wanted) in [("sale", "prohibited"), ("gift", "permitted or prohibited")] {
        let act = sale(&book, &[("/kind", json!(kind))]);
        for depth in [Depth::Brief, Depth::Full] {
            let answer = decide(&book, &act, &Ask { depth, ..Ask::default() });
            let decision = &answer.decisions[0];
            assert_eq!(Some(decision.possible), testkit::reference::verdicts(book.law(), &act.act, "un"), "{kind}");
            assert_eq!(decision.possible.iter().map(Verdict::word).collect::<Vec<_>>().join(" or "), wanted, "{kind}");
            assert!(decision.exact && decision.missing.is_empty() == (kind == "sale"), "{kind}: {:?}", decision.missing);
        }
    }
}

#[test]
fn where_it_ends_up_is_asked_by_country() {
    let words = [BOTH, EVERYBODY].concat();
    let pages = [("law/un/words.md", words), ("law/un/not.md", page(1, "un/not", r#"{ to = "CN" }"#))];
    let book = Rulebook::read(&pages.map(|(name, text)| SourceFile { name: name.into(), text })).unwrap();
    let nowhere = [("/places/destination", json!(null)), ("/parties/1/nationality", json!(null))];
    let from = [("/places/origin", json!("RU")), ("/parties/0/nationality", json!("RU"))];
    let act = sale(&book, &[nowhere, from].concat());
    let answer = decide(&book, &act, &Ask::default());
    let asked: Vec<_> = answer.decisions[0].missing.iter().map(|m| (m.fact.as_str(), left(m))).collect();
    assert_eq!(asked, [("places.destination", "CN: prohibited; elsewhere: permitted".to_owned())]);
}

/// Three regimes of one authority that alike demand that something happens in Brazil; one of them is not written down.
const HOOKED: &str = r#"# Hooked

```toml regime
id = "un/north"
title = "North"
jurisdiction = "un"
says = "What goes to China."
when.all = [{ in = "BR" }, { to = "CN" }]
```

```toml regime
id = "un/south"
title = "South"
jurisdiction = "un"
says = "What comes from Iran."
when.all = [{ in = "BR" }, { from = "IR" }]
```

```toml regime
id = "un/west"
title = "West"
jurisdiction = "un"
says = "What comes from Cuba."
encoded = false
when.all = [{ in = "BR" }, { from = "CU" }]
```

"#;

#[test]
fn whether_the_law_reaches_anybody_is_asked_first() {
    let pages = [
        ("law/un/words.md", [HOOKED, EVERYBODY].concat()),
        ("law/un/north.md", page(1, "un/north", r#"{ item = { hs = ["8703"] } }"#)),
        ("law/un/south.md", page(2, "un/south", r#"{ act = "sale" }"#)),
    ];
    let book = Rulebook::read(&pages.map(|(name, text)| SourceFile { name: name.into(), text })).unwrap();
    let asked = |hs: &str, changes: &[(&str, Value)]| {
        let act = sale(&book, &[changes, &[("/items/0/hs", json!(hs))]].concat());
        let answer = decide(&book, &act, &Ask::default());
        let decision = &answer.decisions[0];
        let slow = testkit::reference::verdicts(book.law(), &act.act, "un").unwrap();
        assert!(decision.possible.contains(slow) && decision.possible.word() == slow.word(), "{:?} {slow:?}", decision.possible);
        let told: Vec<String> = decision.missing.iter().map(|m| format!("{}: {}", m.fact, left(m))).collect();
        (decision.exact, told)
    };
    let (through, from_cuba) = (("/places/transit", json!(["BR"])), ("/items/0/origin", json!("CU")));
    // Nothing is known of the seller: only whether it happens there is asked, for cars that may come from anywhere. The set of verdicts is a bound.
    assert_eq!(asked("8703", &[]), (false, vec!["places: BR: prohibited; elsewhere: out_of_scope".into()]));
    assert_eq!(asked("87", &[]), (false, vec!["places: BR: permitted or prohibited; elsewhere: out_of_scope".into()]));
    // It does happen there: what else makes a difference. What an answer brings under law that is not written down may be anything.
    let open = "permitted or needs_authorisation or prohibited";
    assert_eq!(asked("8703", std::slice::from_ref(&through)), (true, Vec::new()));
    assert_eq!(
        asked("8413", &[through]),
        (true, vec![format!("items[0].origin: CU: {open}; IR: prohibited; elsewhere but CN: permitted")])
    );
    assert_eq!(asked("8413", &[from_cuba]), (true, vec![format!("places: BR: {open}; elsewhere: out_of_scope")]));
    assert_eq!(asked("8703", &[("/places/origin", json!("US"))]), (true, Vec::new()));
}

#[test]
fn a_group_of_countries_is_called_by_its_title() {
    let read = |words: &str| {
        let group = format!("```toml words\nid = \"un/far\"\n{words}\n```\n\n");
        let pages = [
            ("law/un/words.md", [&HOOKED.replace("\"BR\"", "\"un/far\""), &group, EVERYBODY].concat()),
            ("law/un/north.md", page(1, "un/north", r#"{ act = "sale" }"#)),
            ("law/un/south.md", page(2, "un/south", r#"{ act = "sale" }"#)),
        ];
        Rulebook::read(&pages.map(|(name, text)| SourceFile { name: name.into(), text }))
    };
    let question = |words: &str| {
        let book = read(words).unwrap();
        let act = sale(&book, &[("/items/0/hs", json!("8703"))]);
        let answer = decide(&book, &act, &Ask::default());
        answer.decisions[0].missing[0].question.to_string()
    };
    let countries = r#"countries = ["BR", "AR", "CL", "UY"]"#;
    assert_eq!(question(countries), "Does any of it happen in UN/FAR, or begin or end there?");
    let titled = format!("title = \"the far south\"\n{countries}");
    assert_eq!(question(&titled), "Does any of it happen in the far south, or begin or end there?");
    let wrong = read("title = \"the far south\"\nkinds = [\"sale\"]").err().unwrap();
    assert!(format!("{wrong:?}").contains("`title` goes with `countries`"), "{wrong:?}");
}
