//! A small law for tests.

use crate::small::{EVERYBODY, instrument};
use jiff::civil::date;
use model::{Act, ActKind, Condition, Country, Finding, Item, Kinds, Party, PartyType, Role, Span, parse_hs};
use rulebook::{Rulebook, SourceFile};

const LAW: &str = r#"## ¶1 Words

Words.

```toml regime
id = "un/tiny"
title = "Tiny"
jurisdiction = "un"
says = "When the country has a part."
when.any = [{ to = "KP" }, { from = "KP" }, { party = { tied = "KP" } }]
```

```toml words
id = "giving"
kinds = ["sale", "gift"]
```

```toml judgement
id = "safe"
question = "Safe?"
by = "us"
```

```toml judgement
id = "bad"
question = "Bad?"
by = "us"
```

```toml judgement
id = "capped"
question = "Within the cap?"
by = "us"
```

```toml parameter
id = "un/tiny/cap"
unit = "t"
period = "fixed"
values = [{ from = 2012-01-01, to = 2012-12-31, value = 10, by = "un/1#2" }, { from = 2013-01-01, value = 20, by = "un/1#2" }]
```

```toml list
id = "un/tiny/luxury"
title = "Luxury"
file = "luxury.csv"
question = "Luxury?"
confidence = "recalled"
```

## ¶2 Machines

No machines.

```toml prohibition
id = "un/1#2"
title = "Machines"
says = "No machines."
from = 2012-01-01
to = 2014-12-31
reach = "un/all"
when.all = [{ act = "giving" }, { to = "KP" }, { item = { hs = ["84-85", "8703"] } }]
confidence = "recalled"
```

```toml exemption
id = "un/1#2/parts"
says = "Parts."
defeats = ["un/1#2", "un/1#3"]
when = { judgement = "safe" }
confidence = "recalled"
```

```toml derogation
id = "un/1#2/committee"
says = "The committee."
defeats = ["un/1#2"]
authority = "un/1-committee"
route = "specific"
when = { not = { judgement = "bad", presume = "no", because = "nobody said so" } }
confidence = "recalled"
```

## ¶3 Luxury

No luxury.

```toml prohibition
id = "un/1#3"
title = "Luxury"
says = "No luxury."
from = 2012-01-01
reach = "un/all"
when.all = [{ act = "giving" }, { to = "KP" }, { defined = "un/tiny/luxury-goods" }, { party = { role = ["seller", "supplier"], type = ["company", "bank"] } }]
confidence = "recalled"
```

```toml definition
id = "un/tiny/luxury-goods"
says = "Luxury."
when = { item = { list = "un/tiny/luxury" } }
confidence = "recalled"
```

## ¶4 Coal

No coal above the cap.

```toml prohibition
id = "un/1#4"
title = "Coal"
says = "No coal."
from = 2012-01-01
reach = "un/all"
when.all = [{ from = "KP" }, { item = { hs = ["2701"] } }]
confidence = "recalled"
```

```toml exemption
id = "un/1#4/cap"
says = "Within the cap."
defeats = ["un/1#4"]
when.any = [{ within = { limit = "un/tiny/cap", counter = "coal", judgement = "capped" } }, { contract-before = 2011-06-01 }]
confidence = "recalled"
```

```toml derogation
id = "un/1#5"
says = "Anything."
defeats = ["regime:un/tiny"]
from = 2011-01-01
authority = "un/1-committee"
route = "discretionary"
confidence = "recalled"
```
"#;

const ROWS: &str = "entry,text,hs,match,words,not_words,over,basis,from,to
watch,Watches,9101,certain,gold watch,,,text,,
maybe,Other watches,9102,possible,watch,,,text,2013-01-01,
rug,Rugs,5701;5702,certain,,,USD 500,text,,
";

/// The tiny law.
pub fn book() -> Rulebook {
    let file = |name: &str, text: &str| SourceFile { name: name.into(), text: text.into() };
    let law = ["# Tiny\n\n", &instrument("un/1", "un/tiny", "2010-01-01"), EVERYBODY, LAW].concat();
    let (book, problems) = Rulebook::read(&[file("law/un/tiny.md", &law), file("law/un/lists/luxury.csv", ROWS)]);
    assert!(problems.is_empty(), "{problems:#?}");
    book
}

/// An act that sells one lorry (8704) from China to the DPRK on a day of 2013, all said.
pub fn sale() -> Act {
    let party = |role, country: Option<Country>| Party {
        role: Some(role),
        nationality: country.into_iter().collect(),
        kind: Some(PartyType::Company),
        designated: Some(false),
        ..Party::default()
    };
    let item = Item {
        hs: parse_hs("8704").into_iter().collect(),
        hs_stated: true,
        identified: true,
        condition: Some(Condition::New),
        ..Item::default()
    };
    let (from, to) = (Country::new("CN"), Country::new("KP"));
    Act {
        id: "sale".into(),
        kind: Kinds::only(ActKind::Sale),
        on: Some(Span { first: date(2013, 6, 1), last: date(2013, 6, 1) }),
        parties: vec![party(Role::Supplier, from), party(Role::Recipient, to)],
        items: vec![item],
        origin: from,
        destination: to,
        ..Act::default()
    }
}

/// A sale of what has this code.
pub fn sale_of(code: &str) -> Act {
    let mut act = sale();
    act.items[0].hs = parse_hs(code).into_iter().collect();
    act
}

/// The act with a finding on record.
pub fn found(mut act: Act, name: &str, yes: bool) -> Act {
    act.judgements.insert(name.into(), Finding { yes, by: "test".into() });
    act
}
