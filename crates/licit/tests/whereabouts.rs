//! Something comes from one country and ends up in one: asked once, for all regimes, and no case in which it comes from two.

use licit::{Ask, Rulebook, decide};
use rulebook::SourceFile;
use serde_json::json;

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

```toml reach
id = "un/all"
says = "Everybody."
binds = ["giver"]
```
"#;

/// A provision that no single origin can meet.
const EAST: &str = r#"# East

```toml instrument
id = "un/1"
regime = "un/east"
issuer = "Nobody"
symbol = "T/1"
title = "East"
adopted = 2010-01-01
source = "none"
confidence = "recalled"
```

## ¶1 From both

Nothing comes from both.

```toml prohibition
id = "un/1#1"
title = "Both"
says = "From both."
from = 2010-01-01
reach = "un/all"
when = { all = [{ from = "BY" }, { from = "RU" }] }
confidence = "recalled"
```
"#;

const SOUTH: &str = r#"# South

```toml instrument
id = "un/2"
regime = "un/south"
issuer = "Nobody"
symbol = "T/2"
title = "South"
adopted = 2010-01-01
source = "none"
confidence = "recalled"
```

## ¶1 Cars

No cars.

```toml prohibition
id = "un/2#1"
title = "Cars"
says = "No cars."
from = 2010-01-01
reach = "un/all"
when = { all = [{ item = { hs = ["8703"] } }, { not = { from = "SY" } }] }
confidence = "recalled"
```
"#;

fn book() -> Result<Rulebook, licit::LawProblems> {
    let files = [("law/un/words.md", WORDS), ("law/un/east.md", EAST), ("law/un/south.md", SOUTH)];
    let files = files.map(|(name, text)| SourceFile { name: name.into(), text: text.into() });
    Rulebook::read(&files)
}

#[test]
fn what_comes_from_one_country_does_not_come_from_another() {
    let book = book().unwrap();
    let mut seen = Vec::new();
    for (on, hs) in [("2019-06-01", "8703"), ("2020-06-01", "8703"), ("2020-06-01", "8413"), ("2020-06-01", "")] {
        let mut item = json!({"description": "goods"});
        if !hs.is_empty() {
            item["hs"] = json!(hs);
        }
        let act = json!({
            "kind": "sale", "on": on, "items": [item], "places": {"destination": "CN"},
            "parties": [{"role": "seller", "name": "a", "designated": false}, {"role": "buyer", "name": "b", "nationality": "CN", "designated": false}],
        });
        let act = book.read_act(act.to_string().as_bytes(), licit::Format::Json).unwrap_or_else(|p| panic!("{p:?}"));
        let answer = decide(&book, &act, &Ask::default());
        let decision = &answer.decisions[0];
        let slow = testkit::reference::verdicts(book.law(), &act.act, "un");
        assert_eq!(Some(decision.possible), slow, "{on} {hs}");
        let asked: Vec<_> = decision.missing.iter().filter(|m| m.fact == "items[0].origin").collect();
        assert_eq!(asked.len(), 1, "{on} {hs}: {:?}", decision.missing);
        let left = |m: &licit::MissingFact| {
            m.outcomes
                .iter()
                .map(|(l, set)| format!("{l}: {}", set.iter().map(|v| v.word()).collect::<Vec<_>>().join(" or ")))
                .collect::<Vec<_>>()
        };
        seen.push((on, hs, left(asked[0])));
    }
    let told = |at: usize| seen[at].2.join("; ");
    // Until 2020 what comes from Belarus concerns the east alone, which forbids nothing of it; a car from Syria is not forbidden.
    assert_eq!(told(0), "BY|SY: permitted; IR|RU: prohibited; elsewhere: out_of_scope");
    assert_eq!(told(1), "BY|IR|RU: prohibited; SY: permitted; elsewhere: out_of_scope");
    assert_eq!(told(2), "BY|IR|RU|SY: permitted; elsewhere: out_of_scope");
    assert_eq!(told(3), "BY|IR|RU: permitted or prohibited; SY: permitted; elsewhere: out_of_scope");
}
