//! Each red flag by itself: an act in which it just fires, one in which it just does not, and one that leaves it open.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use licit::{Format, Rulebook, route};
use resolve::route::{Nexus, State};
use serde_json::{Value, json};

fn assessed<T>(act: &Value, look: impl FnOnce(&licit::Route) -> T) -> T {
    let law = Rulebook::embedded();
    let read = law.read_act(act.to_string().as_bytes(), Format::Json).unwrap_or_else(|p| panic!("{act}: {p:?}"));
    look(&route(law, &read))
}

fn state(act: &Value, id: &str) -> State {
    assessed(act, |r| r.assessment.flags.iter().find(|f| f.flag.id == id).unwrap_or_else(|| panic!("no flag {id}")).state)
}

/// What makes it fire, what does not, and what leaves it open.
fn check(id: &str, fires: Value, not: Value, open: Value) {
    for (act, wanted) in [(fires, State::Fired), (not, State::NotFired), (open, State::Unknown)] {
        assert_eq!(state(&act, id), wanted, "{id}: {act}");
    }
}

/// A voyage with more said of it.
fn voyage(more: Value) -> Value {
    let mut leg = json!({"mode": "sea", "from": "Hamburg", "to": "Santos", "depart": "2020-03-01"});
    more.as_object().unwrap().iter().for_each(|(k, v)| leg[k] = v.clone());
    json!({"legs": [leg]})
}

fn ship(facts: Value) -> Value {
    voyage(json!({"vessel": facts}))
}

fn ais(facts: Value) -> Value {
    voyage(json!({"ais": facts}))
}

fn party(facts: Value) -> Value {
    let mut party = json!({"role": "buyer", "name": "Party One"});
    facts.as_object().unwrap().iter().for_each(|(k, v)| party[k] = v.clone());
    json!({"parties": [party]})
}

fn legs(list: &[(&str, &str, &str)]) -> Value {
    json!({"legs": list.iter().map(|(mode, from, to)| json!({"mode": mode, "from": from, "to": to})).collect::<Vec<_>>()})
}

fn with(mut act: Value, more: Value) -> Value {
    more.as_object().unwrap().iter().for_each(|(k, v)| act[k] = v.clone());
    act
}

fn goods(code: &str) -> Value {
    json!({"items": [{"description": "goods", "hs": code}]})
}

#[test]
fn the_tie_to_north_korea() {
    check("N01", legs(&[("sea", "Dalian", "Nampo")]), legs(&[("sea", "Dalian", "Busan")]), legs(&[("sea", "Dalian", "Xyzzy")]));
    let receives = |country: &str| json!({"parties": [{"role": "consignee", "name": "Party One", "nationality": country}]});
    check("N02", receives("KP"), receives("CN"), json!({"parties": [{"role": "seller", "name": "Party One"}]}));
    let handed = |other: Value| json!({"legs": [{"mode": "sts", "from": "Yellow Sea", "counterparty_vessel": other}]});
    check("N03", handed(json!({"flag": "KP"})), handed(json!({"flag": "SL"})), handed(json!({"name": "Example Star"})));
    check("N04", voyage(json!({"carrier": "Air Koryo"})), voyage(json!({"carrier": "Maersk"})), voyage(json!({})));
    let contact = |country: &str| json!({"parties": [{"role": "contact", "name": "Party One", "nationality": country}]});
    check("N05", contact("KP"), contact("CN"), party(json!({})));
    check("N06", legs(&[("sea", "Osaka", "Dalian")]), legs(&[("sea", "Osaka", "Shanghai")]), legs(&[("sea", "Osaka", "China")]));
    let to_turkey = |day: Value| json!({"legs": [{"mode": "road", "from": "Hamburg", "to": "Istanbul"}], "on": day});
    check("N07", to_turkey(json!("2022-06-28")), to_turkey(json!("2022-06-27")), to_turkey(json!("2022-06")));
    let tied = |v: bool| party(json!({"linked_to_listed": v}));
    check("N08", tied(true), tied(false), party(json!({})));
}

#[test]
fn a_gateway_counts_on_the_way_into_the_country_and_not_out_of_it() {
    assert_eq!(state(&legs(&[("sea", "Singapore", "Dalian"), ("unknown", "Dalian", "Pyongyang")]), "N06"), State::Fired);
    assert_eq!(state(&legs(&[("sea", "Nampo", "Dalian")]), "N06"), State::NotFired);
    let oil = |origin: Value| {
        with(legs(&[("sea", "Vostochny", "Chongjin")]), json!({"items": [{"description": "diesel", "hs": "2710", "origin": origin}]}))
    };
    assert_eq!(state(&oil(json!("RU")), "N06"), State::NotFired);
    assert_eq!(state(&oil(json!("KR")), "N06"), State::Fired);
}

#[test]
fn the_shape_of_the_way() {
    check(
        "R01",
        with(legs(&[("sea", "Busan", "Singapore"), ("sea", "Singapore", "Manila"), ("sea", "Manila", "Nagasaki")]), json!({})),
        legs(&[("sea", "Busan", "Osaka"), ("sea", "Osaka", "Nagoya"), ("sea", "Nagoya", "Tokyo")]),
        legs(&[("sea", "Busan", "Xyzzy"), ("sea", "Xyzzy", "Manila"), ("sea", "Manila", "Qwerty")]),
    );
    let hops = |n: usize| {
        let stops = ["Rotterdam", "Singapore", "Hong Kong", "Osaka", "Busan"];
        legs(&stops.windows(2).take(n).map(|w| ("sea", w[0], w[1])).collect::<Vec<_>>())
    };
    check("R02", hops(4), hops(3), json!({"items": [{"description": "a car"}]}));
    check(
        "R03",
        legs(&[("sea", "Busan", "Singapore"), ("sea", "Singapore", "Nagasaki")]),
        legs(&[("sea", "Busan", "Singapore"), ("sea", "Singapore", "Manila")]),
        legs(&[("sea", "Busan", "Xyzzy"), ("sea", "Xyzzy", "Manila")]),
    );
    let declared = |then: Value| json!({"legs": [{"mode": "sea", "from": "Busan", "to": "Nakhodka", "status": "declared"}, then]});
    check(
        "R04",
        declared(json!({"mode": "sea", "from": "at sea", "to": "Wonsan"})),
        declared(json!({"mode": "rail", "from": "Nakhodka", "to": "Moscow"})),
        json!({"legs": [{"mode": "sea", "from": "Busan", "to": "Nakhodka", "status": "declared"}]}),
    );
    assert_eq!(state(&with(voyage(json!({})), json!({"events": [{"type": "no_port_call", "place": "Santos"}]})), "R04"), State::Fired);
    assert_eq!(state(&with(voyage(json!({})), json!({"declared": {"destination": "Lagos"}})), "R04"), State::Fired);
    assert_eq!(state(&with(voyage(json!({})), json!({"declared": {"destination": "Brazil"}})), "R04"), State::NotFired);
    assert_eq!(state(&with(voyage(json!({})), json!({"events": [{"type": "destination_change"}]})), "R05"), State::Fired);
    assert_eq!(state(&voyage(json!({})), "R05"), State::Unknown);
    let zone = |code: &str| with(legs(&[("sea", "Jebel Ali", "Mombasa")]), goods(code));
    check("R06", zone("8703"), zone("1006"), with(legs(&[("sea", "Jebel Ali", "Mombasa")]), json!({"items": [{"description": "things"}]})));
    let wait = |until: &str| json!({"legs": [{"mode": "sea", "from": "Hamburg", "to": "Dalian", "arrive": "2018-07-31"}, {"mode": "sea", "from": "Dalian", "to": "Osaka", "depart": until}]});
    check("R07", wait("2018-08-21"), wait("2018-08-20"), wait("2018-08"));
    let flight =
        |facts: Value| with(json!({}), json!({"legs": [with(json!({"mode": "air", "from": "Vladivostok", "to": "Moscow"}), facts)]}));
    check("R08", flight(json!({"unscheduled": true})), flight(json!({"unscheduled": false})), flight(json!({})));
    check("R09", legs(&[("rail", "Dandong", "Sinuiju")]), legs(&[("rail", "Hamburg", "Moscow")]), legs(&[("rail", "China", "Moscow")]));
    check(
        "R10",
        json!({"market": {"flow_anomaly_sd": 3}, "legs": []}),
        json!({"market": {"flow_anomaly_sd": 2.9}}),
        json!({"market": {"surge": 1}}),
    );
    check("R11", legs(&[("courier", "Paris", "Beijing")]), legs(&[("air", "Paris", "Beijing")]), legs(&[("unknown", "Paris", "Beijing")]));
    let coal = |day: &str, code: &str| {
        with(
            json!({"legs": [{"mode": "sea", "from": "Chongjin", "to": "Kholmsk", "arrive": "2017-08-01"}, {"mode": "sea", "from": "Kholmsk", "to": "Incheon", "depart": day}]}),
            goods(code),
        )
    };
    check("R12", coal("2017-09-30", "2701"), coal("2017-10-01", "1006"), with(legs(&[("sea", "Kholmsk", "Incheon")]), goods("2701")));
}

#[test]
fn tracking() {
    check(
        "A01",
        ais(json!({"max_gap_h": 24, "gap_area": "Sea of Japan"})),
        ais(json!({"max_gap_h": 23.9, "gap_area": "Sea of Japan"})),
        with(json!({}), json!({"legs": [{"mode": "sea", "from": "Kaohsiung", "to": "at sea", "ais": {"max_gap_h": 30}}]})),
    );
    check("A02", ais(json!({"max_gap_h": 168})), ais(json!({"max_gap_h": 167})), voyage(json!({})));
    check("A03", ais(json!({"mmsi_changes": 1})), ais(json!({"mmsi_changes": 0})), voyage(json!({})));
    check(
        "A04",
        ais(json!({"max_gap_h": 30, "draught_delta": -1.0})),
        ais(json!({"max_gap_h": 30, "draught_delta": 0.9})),
        ais(json!({"max_gap_h": 30})),
    );
    check(
        "A05",
        ais(json!({"sts_proximity_nm": 0.5, "sts_hours": 2, "speed_kn": 1})),
        ais(json!({"sts_proximity_nm": 0.6, "sts_hours": 2})),
        voyage(json!({})),
    );
    let transfer = |water: &str, more: Value| {
        with(json!({}), json!({"legs": [with(json!({"mode": "sts", "from": water, "to": "Example Star"}), more)]}))
    };
    check("A06", transfer("Gulf of Tonkin", json!({})), transfer("North Sea", json!({})), transfer("at sea", json!({})));
    check("A07", transfer("at sea", json!({"transfers": 2})), transfer("at sea", json!({"transfers": 1})), transfer("at sea", json!({})));
    check("A08", ais(json!({"on_land": true})), ais(json!({"spoofed": false})), voyage(json!({})));
}

#[test]
fn the_ship() {
    check(
        "V01",
        ship(json!({"name": "X", "listed": true})),
        ship(json!({"name": "X", "listed": false})),
        ship(json!({"name": "Qwertyuiop"})),
    );
    let flags = |second: &str, third: &str| {
        ship(json!({"flag_history": [{"flag": "PA", "from": "2015-01-01"}, {"flag": "TG", "from": second}, {"flag": "KM", "from": third}]}))
    };
    check("V02", flags("2018-01-01", "2018-12-31"), flags("2018-01-01", "2019-02-01"), voyage(json!({})));
    check("V03", ship(json!({"flag_status": "false"})), ship(json!({"registry_confirms": true})), voyage(json!({})));
    check("V04", voyage(json!({"flag": "TG"})), voyage(json!({"flag": "DK"})), voyage(json!({})));
    let cambodian = |day: &str| voyage(json!({"flag": "KH", "depart": day}));
    check("V04", cambodian("2016-08-31"), cambodian("2016-09-01"), cambodian("2016-08/2016-09"));
    let changed = |day: &str| ship(json!({"renamed": day, "sold": day}));
    check("V05", changed("2019-10-01"), changed("2019-06-01"), ship(json!({"renamed": "2019-10-01"})));
    check(
        "V06",
        ship(json!({"built": 1985, "imo_issued": 2005})),
        ship(json!({"built": 1985, "imo_issued": 2004})),
        ship(json!({"built": 1985})),
    );
    check(
        "V07",
        ship(json!({"built": 2000, "owner_fleet": 1})),
        ship(json!({"built": 2001, "owner_fleet": 1})),
        ship(json!({"built": 2000})),
    );
    check("V08", ship(json!({"pi_club": "none"})), ship(json!({"pi_club": "Gard"})), voyage(json!({})));
    let owner = |country: &str, day: &str| ship(json!({"owner": {"name": "One", "country": country, "inc_date": day}}));
    check("V09", owner("MH", "2019-03-02"), owner("MH", "2019-02-01"), ship(json!({"owner": {"name": "One", "country": "MH"}})));
    let called = |place: &str, day: &str| ship(json!({"history": [{"place": place, "date": day}]}));
    check("V10", called("Nampo", "2018-03-02"), called("Nampo", "2018-02-01"), voyage(json!({})));
}

#[test]
fn papers() {
    assert_eq!(state(&with(voyage(json!({})), json!({"events": [{"type": "consignee_change"}]})), "D01"), State::Fired);
    assert_eq!(state(&voyage(json!({})), "D01"), State::Unknown);
    let declared = |facts: Value| with(goods("8703"), json!({"declared": facts}));
    check(
        "D02",
        declared(json!({"consignee": "To the order of First Bank"})),
        declared(json!({"consignee_type": "forwarder", "end_user": "One"})),
        declared(json!({"port": "Santos"})),
    );
    check(
        "D03",
        declared(json!({"hs": "1701"})),
        with(goods("8703"), json!({"documents": {"misdeclared": false}})),
        declared(json!({"hs": "8704"})),
    );
    let origin = |found: &str| json!({"documents": {"certificate_of_origin": {"claimed": "RU", "found": found}}});
    check("D04", origin("KP"), origin("RU"), json!({"documents": {"origin_claimed": "RU"}}));
    let beyond = |port: &str| {
        with(legs(&[("sea", "Singapore", "Dalian"), ("rail", "Dalian", "Pyongyang")]), json!({"declared": {"final_port": port}}))
    };
    check("D05", beyond("Dalian"), beyond("Pyongyang"), legs(&[("sea", "Singapore", "Dalian")]));
    check(
        "D06",
        declared(json!({"cargo_desc": "general cargo"})),
        declared(json!({"cargo_desc": "Mercedes-Benz S 600, chassis WDD2221761A000001"})),
        voyage(json!({})),
    );
    let paper = |name: &str, word: &str| json!({"documents": {name: word}});
    check("D07", paper("bill_of_lading", "forged"), paper("bill_of_lading", "consistent"), paper("licence_check", "ok"));
    check("D08", paper("end_use_certificate", "refused"), paper("end_use_certificate", "signed"), paper("licence_check", "ok"));
    check("D09", paper("licence_check", "fail"), paper("licence_check", "ok"), paper("log", "consistent"));
}

#[test]
fn parties() {
    check("P01", party(json!({"listed": [{"list": "UN", "id": "KPe.020"}]})), party(json!({"designated": false})), voyage(json!({})));
    let owned = |share: u32| {
        party(
            json!({"type": "company", "owners": [{"name": "Korea Mining Development Trading Corporation", "type": "company", "share": share, "controls": false}]}),
        )
    };
    assert_eq!(state(&party(json!({})), "P02"), State::Unknown);
    assert_ne!(state(&owned(1), "P02"), State::Fired);
    let formed = |day: &str| with(party(json!({"inc_date": day})), goods("854231"));
    check("P03", formed("2022-02-25"), formed("2022-02-24"), formed("2022"));
    check("P04", party(json!({"addr_type": "virtual"})), party(json!({"addr_type": "office"})), party(json!({})));
    check("P05", party(json!({"business": "inconsistent"})), party(json!({"business": "fits"})), party(json!({})));
    check("P06", json!({"market": {"surge": 5}}), json!({"market": {"surge": 4.9}}), json!({"market": {"intermediaries": 1}}));
    let chain = |n: u32| json!({"market": {"intermediaries": n, "common_control": true}});
    check("P07", chain(3), chain(2), json!({"market": {"intermediaries": 3}}));
    check("P08", party(json!({"case_mentions": 1})), party(json!({"case_mentions": 0})), party(json!({})));
    check("P09", party(json!({"refuses_end_user": true})), party(json!({"refuses_end_user": false})), party(json!({})));
}

#[test]
fn goods_on_their_way() {
    let to_gateway = |code: &str| with(legs(&[("sea", "Osaka", "Dalian")]), goods(code));
    check("X01", to_gateway("8703"), to_gateway("1006"), to_gateway("87"));
    let to_turkey = |code: &str| with(legs(&[("sea", "Hamburg", "Mersin")]), with(goods(code), json!({"on": "2024"})));
    check("X02", to_turkey("854231"), to_turkey("850440"), to_turkey("85"));
    check("X03", to_turkey("850440"), to_turkey("854231"), to_turkey("85"));
    let market = |v: bool| json!({"market": {"implausible_use": v}});
    check("X04", market(true), market(false), json!({"market": {"surge": 1}}));
    let tanker =
        |dwt: u32| with(voyage(json!({"vessel": {"dwt": dwt}})), with(goods("2710"), json!({"declared": {"destination": "Taiwan"}})));
    check(
        "X05",
        tanker(19_999),
        tanker(20_000),
        with(voyage(json!({})), with(goods("2710"), json!({"declared": {"destination": "Taiwan"}}))),
    );
    let back = |code: &str| json!({"events": [{"type": "return_cargo", "goods": code}]});
    check("X06", back("2701"), back("1006"), voyage(json!({})));
    let arms = |facts: Value| with(ship(facts), goods("9306"));
    check("X07", arms(json!({"name": "Angara"})), arms(json!({"military": false})), arms(json!({"name": "Santa Maria"})));
}

#[test]
fn payments_context_and_what_mitigates() {
    let paid = |facts: Value| with(party(json!({"nationality": "SG"})), json!({"payments": [facts]}));
    check(
        "M01",
        paid(json!({"payer": "Another", "payer_country": "HK"})),
        paid(json!({"payer": "Party One", "payer_country": "HK"})),
        paid(json!({"payer": "Another"})),
    );
    check("M02", paid(json!({"type": "gold"})), paid(json!({"type": "wire"})), paid(json!({"ccy": "USD"})));
    check("M03", paid(json!({"ccy": "USD"})), paid(json!({"ccy": "EUR"})), paid(json!({"type": "wire"})));
    assert_eq!(state(&with(party(json!({"nationality": "US"})), json!({"payments": [{"ccy": "USD"}]})), "M03"), State::NotFired);
    assert_eq!(state(&with(voyage(json!({})), json!({"events": [{"type": "payer_change"}]})), "M04"), State::Fired);
    let price = |r: f64| json!({"market": {"unit_value_ratio": r}});
    check("M05", price(3.1), price(2.9), json!({"market": {"surge": 1}}));
    let gift = |kind: &str| json!({"kind": kind, "parties": [{"role": "supplier", "name": "one", "acts_for": "government of RU"}, {"role": "recipient", "name": "two", "nationality": "KP"}]});
    check("C01", gift("gift"), gift("sale"), json!({"parties": [{"name": "one", "acts_for": "government of RU"}]}));
    let seen = |place: &str| json!({"events": [{"type": "observation", "place": place}]});
    check("C02", seen("Pyongyang"), seen("Busan"), voyage(json!({})));
    check("C03", json!({"market": {"prior_attempts": 1}}), json!({"market": {"prior_attempts": 0}}), json!({"market": {"surge": 1}}));
    for (id, word) in [("Z01", "exemption"), ("Z02", "delivery_verification"), ("Z03", "continuous_ais"), ("Z04", "full_kyc")] {
        let says = |v: Value| with(voyage(json!({})), json!({"mitigation": [{"type": word, "verified": v}]}));
        check(id, says(json!(true)), says(json!(false)), says(Value::Null));
    }
}

#[test]
fn without_facts_every_flag_says_what_it_needs() {
    assessed(&json!({"items": [{}], "legs": [{}]}), |r| {
        for f in r.assessment.flags.iter().filter(|f| f.state == State::Unknown) {
            assert!(!f.flag.needs.is_empty() && !f.because.is_empty(), "{}", f.flag.id);
        }
        assert!(r.assessment.flags.iter().all(|f| f.state != State::Fired));
        assert_eq!((r.assessment.score, r.assessment.nexus), (0.0, Nexus::None));
    });
}

#[test]
fn what_is_only_alleged_shows_and_does_not_count() {
    let act = json!({"legs": [{"mode": "air", "from": "Vladivostok", "to": "Pyongyang", "status": "alleged", "carrier": "Air Koryo"}]});
    assessed(&act, |r| {
        let f = r.assessment.flags.iter().find(|f| f.flag.id == "N04").unwrap();
        assert!(f.state == State::Fired && !f.scores());
        assert_eq!((r.assessment.score, r.assessment.nexus), (0.0, Nexus::Alleged));
    });
    let denied = json!({"legs": [{"mode": "sea", "from": "Rajin", "to": "Dunai", "status": "denied"}]});
    assessed(&denied, |r| assert_eq!(r.assessment.nexus, Nexus::None));
}

#[test]
fn slips_are_findings_with_their_place_and_the_rest_is_answered() {
    let act = json!({
        "parties": [{"role": "bank", "name": "One", "identifiers": {"bic": "DEUT1EFF", "iban": "GB82WEST12345698765433"}}],
        "legs": [
            {"mode": "sea", "from": "Hamburg", "to": "Busan", "depart": "2020-03-01", "arrive": "2020-03-04", "vessel_imo": "9074728",
             "container": "CSQU3054384", "vessel": {"mmsi": "445123000", "flag": "PA"}},
            {"mode": "sea", "from": "Busan", "to": "Xyzzy", "depart": "2020-02-01"},
            {"mode": "sea", "from": "Lagos", "to": "Santos", "depart": "2020-05-02", "arrive": "2020-05-01"},
            {"mode": "sea", "from": "Santos", "to": "<b>port</b>, China"},
        ],
    });
    assessed(&act, |r| {
        let said: Vec<String> = r.assessment.oddities.iter().map(|o| format!("{}: {}", o.at, o.message)).collect();
        for wanted in [
            "legs[0].vessel.imo: IMO number 9074728 fails",
            "legs[0].vessel.mmsi: MMSI 445123000 is one of KP",
            "legs[0].container[0]: container CSQU3054384 fails",
            "legs[0]: ",
            "legs[1].to: unknown place “Xyzzy”",
            "legs[1]: the leg begins before",
            "legs[2].arrive: the leg arrives on 2020-05-01",
            "legs[2].from: the leg begins at Lagos",
            "legs[3].to: unknown place",
            "parties[0].identifiers.bic:",
            "parties[0].identifiers.iban:",
        ] {
            assert!(said.iter().any(|s| s.starts_with(wanted)), "{wanted} is not in {said:#?}");
        }
        let svg = r.svg();
        assert!(!svg.contains("<b>") && svg.ends_with("</svg>\n"));
    });
}

#[test]
fn places_are_found_in_many_spellings() {
    for (words, country) in [
        ("KRPUS", "KR"),
        ("부산", "KR"),
        ("port of Pusan", "KR"),
        ("Владивосток", "RU"),
        ("大连", "CN"),
        ("Qingdao, China", "CN"),
        ("Xyzzy, China", "CN"),
        ("بندر عباس", "IR"),
        ("Sevastopol", "UA"),
        ("Hai Phong", "VN"),
        ("dubai airport", "AE"),
    ] {
        let act = json!({"legs": [{"mode": "sea", "from": words, "to": "Hamburg"}]});
        assessed(&act, |r| {
            let from = &r.assessment.track.ways[0].from;
            assert_eq!(from.country.map(|c| c.code().to_owned()).as_deref(), Some(country), "{words}");
        });
    }
    let act = json!({"legs": [{"mode": "sea", "from": "Georgetown", "to": "Hamburg"}]});
    assessed(&act, |r| assert_eq!(r.assessment.track.ways[0].from.country, None, "Georgetown stays open"));
}

#[test]
fn unknown_fields_are_refused_with_the_nearest() {
    let law = Rulebook::embedded();
    for (act, place, help) in [
        (r#"{"items":[{}],"legs":[{"frm":"Busan"}]}"#, "legs[0].frm", "`from`"),
        (r#"{"items":[{}],"legs":[{"ais":{"max_gap":3}}]}"#, "legs[0].ais.max_gap", "`max_gap_h`"),
        (r#"{"items":[{}],"legs":[{"vessel":{"flagg":"PA"}}]}"#, "legs[0].vessel.flagg", "`flag`"),
        (r#"{"items":[{}],"legs":[{"mode":"see"}]}"#, "legs[0].mode", "`sea`"),
        (r#"{"items":[{}],"events":[{"type":"destination_chang"}]}"#, "events[0].type", "`destination_change`"),
        (r#"{"items":[{}],"mitigaton":[]}"#, "mitigaton", "`mitigation`"),
        (r#"{"items":[{}],"legs":[{"from":{"lat":91}}]}"#, "legs[0].from.lat", ""),
    ] {
        let problems = law.read_act(act.as_bytes(), Format::Json).unwrap_err();
        assert!(problems.iter().any(|p| p.at.ends_with(place) && p.help.as_deref().unwrap_or("").contains(help)), "{act}: {problems:?}");
    }
}
