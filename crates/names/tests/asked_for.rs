//! What users of other matchers asked for or complained of, one test each.

use names::{BuiltIn, DEFAULT_THRESHOLD as SHOWN, Kind, Name, compare, explain};

fn like(a: &str, b: &str, kind: Kind) -> f32 {
    score(a, b, Some(kind))
}

fn score(a: &str, b: &str, kind: Option<Kind>) -> f32 {
    compare(&Name::read(a, kind), &Name::read(b, kind), &BuiltIn).score
}

fn person(a: &str, b: &str) -> f32 {
    like(a, b, Kind::Person)
}

fn body(a: &str, b: &str) -> f32 {
    like(a, b, Kind::Body)
}

fn reasons(a: &str, b: &str, kind: Kind) -> String {
    let reasons = explain(&Name::read(a, Some(kind)), &Name::read(b, Some(kind)));
    reasons.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

#[test]
fn a_name_never_shrinks_to_its_legal_form() {
    assert!(body("11420 CORP.", "CORP") < SHOWN);
    assert!(body("CORP", "11420 CORP.") < SHOWN);
    assert!(body("A-B-C Company", "X Company") < SHOWN);
    assert!(body("ABC Company", "A.B.C. Company") > SHOWN);
}

#[test]
fn a_person_is_not_a_company_that_has_the_first_name() {
    assert!(score("emma daniels", "EMMA LLC", None) < SHOWN);
}

#[test]
fn one_letter_weighs_more_in_a_short_word() {
    assert!(person("Jon Smith", "John Smith") > SHOWN);
    assert!(person("Li Wu", "Lu Wu") < person("Jon Smith", "John Smith"));
}

#[test]
fn a_contradicted_fathers_name_is_worse_than_one_left_out() {
    let full = "Sergey Viktorovich Lavrov";
    let (left_out, contradicted) = (person("Sergey Lavrov", full), person("Sergey Borisovich Lavrov", full));
    assert!(left_out > SHOWN, "{left_out}");
    assert!(contradicted < left_out - 0.2, "{contradicted} {left_out}");
}

#[test]
fn auditors_names_of_companies_are_found() {
    for (a, b) in [
        ("LUKOIL OIL COMP", "LUKOIL OIL COMPANY"),
        ("CNOOC ENERGY TECH & SRVCES LTD", "CNOOC Energy Technology & Services Limited"),
        ("HAIGE GUANGZHOU", "GUANGZHOU HAIGE COMMUNICATIONS GROUP"),
        ("JSCARGUMENT", "JSC ARGUMENT"),
        ("OOO Kaskad", "Kaskad LLC"),
        ("VAN DER BILT CORP", "vanderbilt corp"),
    ] {
        let found = body(a, b);
        assert!(found > SHOWN, "{a} | {b}: {found}");
    }
}

#[test]
fn two_slips_do_not_lose_a_rare_name() {
    assert!(person("Barac Obamt", "Barack Obama") > SHOWN);
}

#[test]
fn two_names_that_cannot_be_read_are_not_equal_for_that() {
    let (a, b) = ("ᚠᚢᚦᚨᚱᚲ", "ᛒᛖᛗᛚᛜᛞ");
    assert!(person(a, b) < SHOWN);
    assert!(person(a, a) > SHOWN);
    assert!(person("\u{E0001}", "\u{E0002}") < SHOWN);
}

#[test]
fn lookalike_letters_are_seen_through_and_said() {
    // The first letter is a Cyrillic er.
    let disguised = Name::read("Рaul Biya", Some(Kind::Person));
    assert!(disguised.flags.lookalikes);
    assert!(compare(&disguised, &Name::read("Paul Biya", Some(Kind::Person)), &BuiltIn).score > SHOWN);
    assert!(reasons("Рaul Biya", "Paul Biya", Kind::Person).contains("look alike"));
}

#[test]
fn hidden_signs_and_long_names_are_bounded_and_flagged() {
    let turned = Name::read("\u{202E}Vladimir\u{200B} Putin", Some(Kind::Person));
    assert!(turned.flags.hidden);
    assert!(compare(&turned, &Name::read("Vladimir Putin", Some(Kind::Person)), &BuiltIn).score > SHOWN);
    let long = Name::read(&"x".repeat(10_000), Some(Kind::Person));
    assert!(long.flags.cut && long.text.len() <= names::LONGEST_NAME);
    let marks = Name::read("\u{301}\u{302}\u{303}", None);
    assert!(marks.words.is_empty());
    assert!(compare(&marks, &marks, &BuiltIn).score < SHOWN);
}

#[test]
fn numbers_of_ships_and_companies_must_agree() {
    assert!(like("Rye Song Gang 1", "Rye Song Gang 2", Kind::Vessel) < SHOWN);
    assert!(like("Sam Jong 2", "SAM JONG II", Kind::Vessel) > SHOWN);
    assert!(like("M/V Angara", "Angara", Kind::Vessel) > SHOWN);
    assert!(reasons("Diamond 8", "Diamond 9", Kind::Vessel).contains("number differs: “8” against “9”"));
}

#[test]
fn father_and_son_are_not_exchanged() {
    let turned = person("Abdullah bin Omar", "Omar bin Abdullah");
    assert!(turned < SHOWN && turned < person("Abdullah bin Omar", "Abdallah ibn Umar"), "{turned}");
    assert!(reasons("Abdullah bin Omar", "Omar bin Abdullah", Kind::Person).contains("son and father change places"));
}

#[test]
fn one_name_in_two_scripts_is_one_name() {
    for (a, b) in [
        ("김정은", "Kim Jong Un"),
        ("金正恩", "Kim Jong Un"),
        ("Ким Чен Ын", "Kim Jong-un"),
        ("Ким Чжон Ын", "김정은"),
        ("Си Цзиньпин", "Xi Jinping"),
        ("习近平", "Xi Jinping"),
        ("Владимир Путин", "Volodymyr Putin"),
        ("صدام حسين", "Saddam Hussein"),
        ("佩斯科夫", "Песков"),
        ("プーチン", "Putin"),
        ("בנימין נתניהו", "Benjamin Netanyahu"),
        ("Αλέξανδρος Τσίπρας", "Alexandros Tsipras"),
        ("田中花子", "Tanaka Hanako"),
    ] {
        let found = person(a, b);
        assert!(found > SHOWN, "{a} | {b}: {found}");
    }
    for (a, b) in [("김정은", "Kim Jong Il"), ("金正日", "Kim Jong Un"), ("Владимир Потанин", "Vladimir Putin"), ("习仲勋", "Xi Jinping")]
    {
        let found = person(a, b);
        assert!(found < SHOWN, "{a} | {b}: {found}");
    }
}

#[test]
fn siblings_and_neighbours_are_kept_apart() {
    for (a, b) in [("Kim Jong Un", "Kim Jong Il"), ("Boris Rotenberg", "Arkady Rotenberg"), ("Suzuki Ichiro", "Suzuki Jiro")] {
        let found = person(a, b);
        assert!(found < SHOWN, "{a} | {b}: {found}");
    }
    assert!(reasons("Kim Jong Un", "Kim Jong Il", Kind::Person).contains("name differs: “Un” against “Il”"));
}

#[test]
fn what_a_bank_does_is_part_of_its_name() {
    assert!(body("Korea Exchange Bank", "Korea Trading Bank") < SHOWN);
    assert!(body("Bank of Dandong", "Bank of Dalian") < SHOWN);
    assert!(body("Daesong Bank", "대성은행") > SHOWN);
}

#[test]
fn common_names_end_lower_than_rare_ones() {
    let (common, rare) = (person("Wang Wei", "Wang Wei"), person("Alisher Usmanov", "Alisher Usmanov"));
    assert!(common < rare - 0.05, "{common} {rare}");
    assert!(rare <= names::HIGHEST);
}

#[test]
fn titles_are_said_and_left_out() {
    assert!(person("Marshal Kim Jong Un", "Kim Jong Un") > SHOWN);
    assert!(reasons("Comrade Kim Jong Un", "Kim Jong Un", Kind::Person).contains("title “Comrade” left out"));
}
