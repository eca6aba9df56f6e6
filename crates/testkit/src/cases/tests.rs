//! Tests of this module.

use super::*;
use serde_json::json;

const FILE: &str = r#"
# A file

```toml act
kind = "sale"
on = 2018-03-01
by = { name = "a firm", nationality = "CN", designated = false }
for = { name = "a ministry", nationality = ["KP"], role = "buyer" }
parties = [{ role = "vessel", flag = "PA" }]
to = "KP"
via = "RU"
items = [{ description = "lorry", hs = "8704", quantity = "20 item", value = "15000 USD", is = "un/x" }]
approvals = ["un/1718-committee 2017-12-20..2018-06-20 covers wheelchairs, crutches"]
judgements = { x-y = "yes" }
counters = { "un/dprk/oil" = "at least 500000 barrel", other = "3 t" }
```

| the world | change | in | verdict | because |
|---|---|---|---|---|
| as it is | = | un | prohibited | un/2397#7; un/2397#7/parts considered; bound: China, Russia |
| later | on = "2018-05" ; items.0.hs = "2709" ; judgements.x-y = none | un, eu | permitted | un/2397#25 lifts un/2397#7 ; not un/2397#6; duty un/2397#9 |
| asks | for.nationality = none ; to = none | un | insufficient_facts | asks for.nationality; asks to; asks items.0.hs; asks parties.0.flag |
"#;

fn changed(row: &str) -> Vec<String> {
    let table = FILE.split_inclusive("|---|---|---|---|---|\n").next().unwrap_or("");
    read("cases/a.md", &format!("{table}{row}\n")).1
}

#[test]
fn a_file_becomes_cases_in_the_form_of_the_contract() {
    let (cases, problems) = read("cases/un/a.md", FILE);
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(cases.len(), 3);
    assert_eq!(
        cases[0].act,
        json!({
            "id": "a/as it is", "kind": "sale", "on": "2018-03-01",
            "parties": [
                {"role": "supplier", "name": "a firm", "nationality": ["CN"], "designated": false},
                {"role": "buyer", "name": "a ministry", "nationality": ["KP"]},
                {"role": "vessel", "flag": "PA"},
            ],
            "places": {"destination": "KP", "transit": ["RU"]},
            "items": [{"description": "lorry", "hs": "8704", "quantity": {"value": 20, "unit": "item"},
                       "value": {"amount": "15000", "currency": "USD"}, "is": ["un/x"]}],
            "approvals": [{"authority": "un/1718-committee", "on": "2017-12-20", "until": "2018-06-20", "covers": ["wheelchairs", "crutches"]}],
            "judgements": {"x-y": {"answer": "yes", "by": "case"}},
            "counters": {"un/dprk/oil": {"at_least": 500_000, "unit": "barrel"}, "other": {"at_least": 3, "at_most": 3, "unit": "t"}},
        })
    );
    assert_eq!(cases[0].line, 20);
    let why = [
        Because::Decides("un/2397#7".into()),
        Because::Considered("un/2397#7/parts".into()),
        Because::Bound(vec!["China".into(), "Russia".into()]),
    ];
    assert_eq!(cases[0].because, why);
    assert_eq!(cases[1].jurisdictions, ["un", "eu"]);
    assert_eq!(cases[1].act["on"], json!("2018-05"));
    assert_eq!(cases[1].act["items"][0]["hs"], json!("2709"));
    assert_eq!(cases[1].act["judgements"], json!({}));
    let asks = ["parties[1].nationality", "places.destination", "items[0].hs", "parties[2].flag"];
    assert_eq!(cases[2].because, asks.map(|a| Because::Asks(a.into())));
}

#[test]
fn what_is_wrong_in_a_file_is_told_with_its_line() {
    for (row, message) in [
        ("| a | on = 2018-03-01 | un | permitted |  |", "already is so"),
        ("| a | colour = \"red\" | un | permitted |  |", "does not start with a field"),
        ("| a | items.0.colour = \"red\" | un | permitted |  |", "unknown field `colour`"),
        ("| a | items.3.hs = \"87\" | un | permitted |  |", "only 1 entries"),
        ("| a | status = none | un | permitted |  |", "nothing to remove"),
        ("| a | judgements.z.y = none | un | permitted |  |", "nothing to remove"),
        ("| a | on = tomorrow | un | permitted |  |", "not a TOML value"),
        ("| a | on | un | permitted |  |", "is no change"),
        ("| a | = | un | allowed |  |", "unknown verdict"),
        ("| a | = |  | permitted |  |", "no jurisdiction"),
        ("| a | = | un | permitted |", "5 cells, not 4"),
        ("| a | = | un | permitted | un/2397#7 |", "cannot decide"),
        ("| a | = | un | prohibited | 2397 |", "no id"),
        ("| a | = | un | prohibited | un/1#2 beats un/1#3 |", "no reason"),
        ("| a | judgements.x-y = \"maybe\" | un | prohibited |  |", "yes"),
        ("", "no table of cases"),
    ] {
        let problems = changed(row);
        assert_eq!(problems.len(), 1, "{row}: {problems:?}");
        assert!(problems[0].starts_with("cases/a.md:") && problems[0].contains(message), "{row}: {problems:?}");
    }
    assert_eq!(read("b.md", "# nothing\n").1, ["b.md:1: the file holds no cases"]);
    assert!(read("b.md", "| the world |\n").1[0].contains("follows the act"));
    assert!(read("b.md", "```toml act\nkind = \n```\n| the world |\n").1[0].starts_with("b.md:2:"));
}

#[test]
fn a_value_may_hold_semicolons_and_a_key_slashes() {
    let row = "| a | by.name = \"a ; b\" ; counters.\"un/dprk/oil\" = \"1 barrel\" ; items.1.hs = \"27\" | un | permitted | |";
    let head = FILE.split_inclusive("|---|---|---|---|---|\n").next().unwrap_or("");
    let (cases, problems) = read("a.md", &format!("{head}{row}\n"));
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(cases[0].act["parties"][0]["name"], json!("a ; b"));
    assert_eq!(cases[0].act["counters"]["un/dprk/oil"]["at_most"], json!(1));
    assert_eq!(cases[0].act["items"][1], json!({"hs": "27"}));
}

#[test]
fn a_decision_is_checked_against_every_part_of_a_case() {
    let decision = json!({
        "jurisdiction": "un", "verdict": "prohibited", "possible": ["prohibited"],
        "provisions": [{"id": "un/1#7", "state": "decides"}, {"id": "un/1#8", "state": "lifted"}, {"id": "un/1#9", "state": "open"}],
        "exceptions": [{"id": "un/1#7/a", "status": "not_met", "defeats": ["un/1#7"]}, {"id": "un/1#8/a", "status": "met", "defeats": ["un/1#8"]}],
        "bearers": [{"who": "Russian Federation"}], "missing": [{"fact": "items[0].hs"}], "duties": [{"id": "un/1#3"}],
    });
    let case = |because: Because, verdict: &str| Case {
        file: "a.md".into(),
        line: 1,
        name: "a".into(),
        jurisdictions: vec!["un".into()],
        act: json!({}),
        verdict: verdict.into(),
        because: vec![because],
    };
    let lifts = |a: &str, b: &str| Because::Lifts { exception: a.into(), provision: b.into() };
    for right in [
        Because::Decides("un/1#7".into()),
        Because::Not("un/1#8".into()),
        Because::Not("un/1#77".into()),
        Because::Not("un/1#4".into()),
        Because::Not("un/1#7/a".into()),
        Because::Considered("un/1#7/a".into()),
        lifts("un/1#8/a", "un/1#8"),
        Because::Asks("items.0.hs".into()),
        Because::Asks("items[0]".into()),
        Because::Bound(vec!["russia".into()]),
        Because::Duty("un/1#3".into()),
    ] {
        assert_eq!(check(&case(right.clone(), "prohibited"), &decision), Vec::<String>::new(), "{right:?}");
    }
    for wrong in [
        Because::Decides("un/1#8".into()),
        Because::Decides("un/1#9".into()),
        Because::Decides("un/1#77".into()),
        Because::Not("un/1#7".into()),
        Because::Not("un/1#3".into()),
        Because::Not("un/1#8/a".into()),
        Because::Considered("un/1#8/a".into()),
        Because::Considered("un/1#8/b".into()),
        lifts("un/1#7/a", "un/1#7"),
        lifts("un/1#8/a", "un/1#7"),
        Because::Asks("items.0.h".into()),
        Because::Bound(vec!["Russia".into(), "China".into()]),
        Because::Duty("un/1#7".into()),
    ] {
        assert_eq!(check(&case(wrong.clone(), "prohibited"), &decision).len(), 1, "{wrong:?}");
    }
    assert_eq!(check(&case(Because::Not("un/1#8".into()), "permitted"), &decision).len(), 1);
}
