//! What the labels of the Office of Foreign Assets Control mean, wherever they stand: in the remarks of the old files, as types of
//! identity documents in XML, or in the Consolidated Screening List.

use super::squeeze;
use crate::{Identifier, IdentifierKind as Id, Link, ListedName, Listing, NameKind, Order, Ship, Span};
use names::Kind;

/// What a label says about the party.
#[derive(Clone, Copy)]
enum Meaning {
    /// A number of this kind.
    Number(Id),
    /// A number of a sort of its own; the label stays in front of it.
    Other,
    Birth,
    BirthPlace,
    Nationality,
    Gender,
    LegalEntity,
    Wallet,
    Tie,
    Operator,
    FormerFlag,
    Built,
    Function,
    /// What the listing does; kept with its label.
    Effect,
    /// Advice to the reader.
    Nothing,
}

/// Labels as they begin a remark. The longest that fits counts, so order does not matter.
const LABELS: &[(&str, Meaning)] = &[
    ("DOB", Meaning::Birth),
    ("POB", Meaning::BirthPlace),
    ("nationality", Meaning::Nationality),
    ("citizen", Meaning::Nationality),
    ("Nationality of Registration", Meaning::Nationality),
    ("Gender", Meaning::Gender),
    ("Passport", Meaning::Number(Id::Passport)),
    ("Diplomatic Passport", Meaning::Number(Id::Passport)),
    ("Stateless Person Passport", Meaning::Number(Id::Passport)),
    ("Travel Document Number", Meaning::Number(Id::Passport)),
    ("National ID No.", Meaning::Number(Id::NationalId)),
    ("National Foreign ID Number", Meaning::Number(Id::NationalId)),
    ("Identification Number", Meaning::Number(Id::NationalId)),
    ("Turkish Identification Number", Meaning::Number(Id::NationalId)),
    ("Personal ID Card", Meaning::Number(Id::NationalId)),
    ("Cedula No.", Meaning::Number(Id::NationalId)),
    ("Cedula de Residencia", Meaning::Number(Id::NationalId)),
    ("Cedula de Ciudadania", Meaning::Number(Id::NationalId)),
    ("Citizen's Card Number", Meaning::Number(Id::NationalId)),
    ("Bosnian Personal ID No.", Meaning::Number(Id::NationalId)),
    ("Kenyan ID No.", Meaning::Number(Id::NationalId)),
    ("C.U.R.P.", Meaning::Number(Id::NationalId)),
    ("D.N.I.", Meaning::Number(Id::NationalId)),
    ("N.I.E.", Meaning::Number(Id::NationalId)),
    ("I.F.E.", Meaning::Number(Id::NationalId)),
    ("DNI", Meaning::Number(Id::NationalId)),
    ("SSN", Meaning::Number(Id::NationalId)),
    ("CNP (Personal Numerical Code)", Meaning::Number(Id::NationalId)),
    ("Credencial electoral", Meaning::Number(Id::NationalId)),
    ("Numero de Identidad", Meaning::Number(Id::NationalId)),
    ("LE Number", Meaning::Number(Id::NationalId)),
    ("Residency Number", Meaning::Number(Id::NationalId)),
    ("Refugee ID Card", Meaning::Number(Id::NationalId)),
    ("Stateless Person ID Card", Meaning::Number(Id::NationalId)),
    ("Tazkira National ID Card", Meaning::Number(Id::NationalId)),
    ("Moroccan Personal ID No.", Meaning::Number(Id::NationalId)),
    ("British National Overseas Passport", Meaning::Number(Id::Passport)),
    ("Birth Certificate Number", Meaning::Other),
    ("Chinese Commercial Code", Meaning::Other),
    ("Driver's License No.", Meaning::Other),
    ("Electoral Registry No.", Meaning::Other),
    ("VisaNumberID", Meaning::Other),
    ("Tax ID No.", Meaning::Number(Id::Tax)),
    ("Fiscal Code", Meaning::Number(Id::Tax)),
    ("Italian Fiscal Code", Meaning::Number(Id::Tax)),
    ("RFC", Meaning::Number(Id::Tax)),
    ("US FEIN", Meaning::Number(Id::Tax)),
    ("NIT #", Meaning::Number(Id::Tax)),
    ("RUC #", Meaning::Number(Id::Tax)),
    ("RIF #", Meaning::Number(Id::Tax)),
    ("RTN", Meaning::Number(Id::Tax)),
    ("R.F.C.", Meaning::Number(Id::Tax)),
    ("C.U.I.T.", Meaning::Number(Id::Tax)),
    ("C.U.I.", Meaning::Number(Id::Tax)),
    ("V.A.T. Number", Meaning::Number(Id::Tax)),
    ("C.I.F.", Meaning::Number(Id::Tax)),
    ("Registration Number", Meaning::Number(Id::Registration)),
    ("Registration ID", Meaning::Number(Id::Registration)),
    ("Public Registration Number", Meaning::Number(Id::Registration)),
    ("Business Registration Number", Meaning::Number(Id::Registration)),
    ("Business Registration Document #", Meaning::Number(Id::Registration)),
    ("Business Number", Meaning::Number(Id::Registration)),
    ("Central Registration System Number", Meaning::Number(Id::Registration)),
    ("Chamber of Commerce Number", Meaning::Number(Id::Registration)),
    ("Commercial Registry Number", Meaning::Number(Id::Registration)),
    ("Company Number", Meaning::Number(Id::Registration)),
    ("UK Company Number", Meaning::Number(Id::Registration)),
    ("Company ID", Meaning::Number(Id::Registration)),
    ("C.R. No.", Meaning::Number(Id::Registration)),
    ("D-U-N-S Number", Meaning::Number(Id::Registration)),
    ("Economic Register Number (CBLS)", Meaning::Number(Id::Registration)),
    ("Enterprise Number", Meaning::Number(Id::Registration)),
    ("Folio Mercantil No.", Meaning::Number(Id::Registration)),
    ("Government Gazette Number", Meaning::Number(Id::Registration)),
    ("Certificate of Incorporation Number", Meaning::Number(Id::Registration)),
    ("Istanbul Chamber of Comm. No.", Meaning::Number(Id::Registration)),
    ("License", Meaning::Number(Id::Registration)),
    ("Trade License No.", Meaning::Number(Id::Registration)),
    ("Matricula Mercantil No", Meaning::Number(Id::Registration)),
    ("Registered Charity No.", Meaning::Number(Id::Registration)),
    ("Romanian C.R.", Meaning::Number(Id::Registration)),
    ("Unified Social Credit Code (USCC)", Meaning::Number(Id::Registration)),
    ("Legal Entity Number", Meaning::LegalEntity),
    ("SWIFT/BIC", Meaning::Number(Id::Bic)),
    ("IBAN", Meaning::Number(Id::Account)),
    ("Bank Account Number", Meaning::Number(Id::Account)),
    ("Digital Currency Address -", Meaning::Wallet),
    ("Website", Meaning::Number(Id::Web)),
    ("Email Address", Meaning::Number(Id::Email)),
    ("Phone Number", Meaning::Number(Id::Phone)),
    ("Telephone", Meaning::Number(Id::Phone)),
    ("Telephone No.", Meaning::Number(Id::Phone)),
    ("Telephone Number", Meaning::Number(Id::Phone)),
    ("Dubai Chamber of Commerce Membership No.", Meaning::Number(Id::Registration)),
    ("United Social Credit Code Certificate (USCCC)", Meaning::Number(Id::Registration)),
    ("Vessel Registration Identification", Meaning::Number(Id::Imo)),
    ("MMSI", Meaning::Number(Id::Mmsi)),
    ("Vessel Call Sign", Meaning::Number(Id::CallSign)),
    ("Other Vessel Call Sign", Meaning::Number(Id::CallSign)),
    ("Former Vessel Flag", Meaning::FormerFlag),
    ("Other Vessel Flag", Meaning::FormerFlag),
    ("Vessel Year of Build", Meaning::Built),
    ("Vessel Owner", Meaning::Operator),
    ("Vessel Operator", Meaning::Operator),
    ("Aircraft Tail Number", Meaning::Number(Id::Tail)),
    ("Previous Aircraft Tail Number", Meaning::Number(Id::Tail)),
    ("Aircraft Construction Number (also called L/N or S/N or F/N)", Meaning::Number(Id::Serial)),
    ("Aircraft Manufacturer's Serial Number (MSN)", Meaning::Number(Id::Serial)),
    ("Aircraft Serial Identification", Meaning::Number(Id::Serial)),
    ("Aircraft Operator", Meaning::Operator),
    ("Aircraft Mode S Transponder Code", Meaning::Other),
    ("Aircraft Manufacture Date", Meaning::Other),
    ("Aircraft Model", Meaning::Other),
    ("Aircraft Type", Meaning::Other),
    ("BIK (RU)", Meaning::Other),
    ("ISIN", Meaning::Other),
    ("Equity Ticker", Meaning::Other),
    ("Issuer Name", Meaning::Other),
    ("Organization Established Date", Meaning::Other),
    ("Organization Type:", Meaning::Function),
    ("Target Type", Meaning::Function),
    ("Linked To:", Meaning::Tie),
    ("Additional Sanctions Information -", Meaning::Effect),
    ("Secondary sanctions risk:", Meaning::Effect),
    ("Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions:", Meaning::Effect),
    ("U.S. Persons Must", Meaning::Effect),
    ("Executive Order", Meaning::Effect),
    ("CAATSA Section 235 Information:", Meaning::Effect),
    ("PEESA Information:", Meaning::Effect),
    ("Listing Date", Meaning::Effect),
    ("Effective Date", Meaning::Effect),
    ("Purchase/Sales For Divestment Date", Meaning::Effect),
    ("For more information", Meaning::Nothing),
    ("IFCA Determination -", Meaning::Effect),
    ("Subject to Secondary Sanctions", Meaning::Effect),
];

fn meaning(text: &str) -> Option<(&'static str, Meaning)> {
    let ends = |label: &str| text.as_bytes().get(label.len()).is_none_or(|b| matches!(b, b' ' | b':' | b'.' | b','));
    LABELS.iter().filter(|(label, _)| text.starts_with(label) && ends(label)).max_by_key(|(label, _)| label.len()).copied()
}

/// A person's name with the comma after the family name taken out: `KIM, Jong Un` is said `KIM Jong Un` in Korea. What order it
/// has elsewhere is for whoever compares names.
pub(crate) fn said(name: &str, kind: Option<Kind>) -> String {
    match name.split_once(',') {
        Some((family, given)) if kind == Some(Kind::Person) => format!("{} {}", family.trim(), given.trim()),
        _ => name.to_string(),
    }
}

/// Whether a word for the sort of name means a former one.
pub(crate) fn name_kind(word: &str, weak: bool) -> NameKind {
    match word.trim_matches('.').to_ascii_lowercase().as_str() {
        "f.k.a" | "fka" | "formerly known as" => NameKind::Former,
        _ if weak => NameKind::Weak,
        _ => NameKind::Alias,
    }
}

/// The sort of party in OFAC's words.
pub(crate) fn kind(word: &str) -> Option<Kind> {
    match word.trim().to_ascii_lowercase().as_str() {
        "individual" => Some(Kind::Person),
        "vessel" => Some(Kind::Vessel),
        "aircraft" => Some(Kind::Aircraft),
        "" | "entity" => Some(Kind::Body),
        _ => None,
    }
}

/// Reads remarks: statements with semicolons between. Gives back statements that look like a date but are none.
pub(crate) fn remarks(listing: &mut Listing, text: &str) -> Vec<String> {
    let mut problems = Vec::new();
    for statement in without_full_stop(text.trim()).split("; ") {
        let statement = statement.trim().trim_end_matches(';');
        let statement = statement.strip_prefix('(').map_or(statement, |s| s.strip_suffix(')').unwrap_or(s));
        let statement = statement.strip_prefix("alt. ").unwrap_or(statement);
        if let Some((word, name)) = ["a.k.a. ", "f.k.a. ", "n.k.a. ", "d.b.a. "].iter().find_map(|w| Some((w, statement.strip_prefix(w)?)))
        {
            // One pair of quotation marks, for names have marks of their own inside.
            let inside = ['\'', '"'].iter().find_map(|q| name.strip_prefix(*q)?.strip_suffix(*q));
            let name = inside.unwrap_or(name);
            listing.names.push(ListedName { text: said(name, listing.kind), kind: name_kind(word.trim(), true) });
        } else if let Some((label, meaning)) = meaning(statement) {
            let value = statement.get(label.len()..).unwrap_or_default().trim_start_matches([' ', ':']);
            let (value, country) = if matches!(meaning, Meaning::Number(_) | Meaning::LegalEntity | Meaning::Other) {
                number_and_country(value)
            } else {
                (value, "")
            };
            problems.extend(put(listing, label, meaning, value, country));
        } else {
            unlabelled(listing, statement);
        }
    }
    problems
}

/// Remarks end with a full stop. After an abbreviation it is one and the same: `Linked To: NOWHERE, S.A.`
fn without_full_stop(text: &str) -> &str {
    let Some(before) = text.strip_suffix('.') else { return text };
    let last = before.rsplit(' ').next().unwrap_or_default();
    let initials = last.contains('.') && last.split('.').all(|p| p.len() <= 2 && p.bytes().all(|b| b.is_ascii_uppercase()));
    if initials || matches!(last, "LTD" | "CO" | "INC" | "CORP" | "BROS") { text } else { before }
}

/// Takes over a value whose label stands apart from it. Gives back what could not be read.
pub(crate) fn labelled(listing: &mut Listing, label: &str, value: &str, country: &str) -> Option<String> {
    let label = squeeze(label);
    match meaning(&label) {
        Some((known, Meaning::Wallet)) => {
            let currency = label.get(known.len()..).unwrap_or_default().trim();
            put(listing, known, Meaning::Wallet, &format!("{currency} {value}"), country)
        }
        // Sometimes the country was written behind the number after all.
        Some((_, meaning @ Meaning::Number(_))) if country.is_empty() && value.ends_with(')') => {
            let (value, country) = number_and_country(value);
            put(listing, &label, meaning, value, country)
        }
        Some((_, meaning)) => put(listing, &label, meaning, value, country),
        None if value.is_empty() => None,
        None => put(listing, label.trim_end_matches(':'), Meaning::Other, value, country),
    }
}

/// A statement without a label that we know: a number of some sort, or for a person an office.
fn unlabelled(listing: &mut Listing, statement: &str) {
    let (value, country) = number_and_country(statement);
    let digits = value.bytes().any(|b| b.is_ascii_digit());
    let office = listing.kind == Some(Kind::Person) && !statement.is_empty() && statement != "-0-";
    if digits && !country.is_empty() {
        let (label, number) = value.rsplit_once(' ').unwrap_or(("Number", value));
        let value = format!("{label}: {number}");
        listing.identifiers.push(Identifier { kind: Id::Other, value, country: country.to_string() });
    } else if office {
        listing.positions.extend(titles(statement));
    }
}

/// `26740 (Iran) issued 14 Dec 2005` is a number and a country.
fn number_and_country(value: &str) -> (&str, &str) {
    if let Some((number, rest)) = value.rsplit_once(" (")
        && let Some((country, _)) = rest.split_once(')')
    {
        return (number.trim(), country.trim());
    }
    let end = [" issued ", " expires "].iter().filter_map(|w| value.find(w)).min().unwrap_or(value.len());
    (value.get(..end).unwrap_or(value).trim(), "")
}

fn put(listing: &mut Listing, label: &str, meaning: Meaning, value: &str, country: &str) -> Option<String> {
    let value = value.trim();
    let mut number = |kind, value: String| listing.identifiers.push(Identifier { kind, value, country: country.to_string() });
    match meaning {
        Meaning::Number(kind) => match value.strip_prefix("IMO") {
            Some(imo) if matches!(kind, Id::Imo | Id::NationalId | Id::Registration) => {
                let kind = if listing.kind == Some(Kind::Vessel) { Id::Imo } else { Id::ImoCompany };
                number(kind, imo.trim().to_string());
            }
            _ if kind == Id::Imo => number(Id::Other, format!("{label}: {value}")),
            _ => number(kind, value.to_string()),
        },
        Meaning::LegalEntity => {
            let lei = value.len() == 20 && value.bytes().all(|b| b.is_ascii_alphanumeric());
            number(if lei { Id::Lei } else { Id::Registration }, value.to_string());
        }
        Meaning::Other => number(Id::Other, format!("{}: {value}", label.trim_end_matches(':'))),
        Meaning::Wallet => {
            let (currency, address) = value.split_once(' ').unwrap_or(("", value));
            number(Id::Wallet, format!("{currency}:{}", address.trim()));
        }
        Meaning::Birth => match Span::parse(value, Order::MonthDay) {
            Some(span) => listing.births.push(span),
            None => return Some(format!("“{}” is not understood as a date of birth", value.chars().take(60).collect::<String>())),
        },
        Meaning::BirthPlace => listing.birth_places.push(value.to_string()),
        Meaning::Nationality => listing.nationalities.push(value.to_string()),
        Meaning::Gender => listing.female = [("Female", true), ("Male", false)].iter().find(|(w, _)| *w == value).map(|(_, f)| *f),
        Meaning::Tie => listing.links.push(Link { to: value.trim_end_matches(')').to_string(), how: "linked to".into() }),
        Meaning::Operator => {
            listing.links.push(Link { to: value.to_string(), how: label.rsplit(' ').next().unwrap_or(label).to_lowercase() })
        }
        Meaning::FormerFlag => listing.ship.get_or_insert_with(Ship::default).former_flags.push(value.to_string()),
        Meaning::Built => listing.ship.get_or_insert_with(Ship::default).built = value.get(..4).and_then(|y| y.parse().ok()),
        Meaning::Function => listing.positions.push(value.to_string()),
        Meaning::Effect => listing.effects.extend(format!("{label} {value}").split("; ").map(str::to_string)),
        Meaning::Nothing => {}
    }
    None
}

/// Which of the two lists of OFAC a file is: by what the caller says, by its name, or by programmes that only the list of those
/// who are not blocked has.
pub(crate) fn which_list(hint: Option<&str>, file: &str, text: &str) -> &'static str {
    let lower = file.to_ascii_lowercase();
    let cons = match hint {
        Some(hint) => hint == "us-ofac-cons",
        None => lower.starts_with("cons") || (!lower.starts_with("sdn") && (text.contains("NS-PLC") || text.contains("CMIC-EO13959"))),
    };
    if cons { "us-ofac-cons" } else { "us-ofac-sdn" }
}

/// Titles in one field, with semicolons between.
pub(crate) fn titles(field: &str) -> impl Iterator<Item = String> {
    field.split("; ").map(|t| t.trim().trim_end_matches('.').to_string())
}

/// Tonnages as numbers in one spelling, with what they count.
pub(crate) fn tonnages(dead_weight: &str, gross: &str) -> Vec<String> {
    let given = [("DWT", dead_weight), ("GRT", gross)];
    given.iter().filter(|(_, t)| !t.trim().is_empty()).map(|(w, t)| format!("{w} {}", t.trim().replace(',', ""))).collect()
}

/// What being on the list does.
pub(crate) fn effects(list: &str) -> Vec<String> {
    if list == "us-ofac-sdn" { vec!["asset freeze".into()] } else { Vec::new() }
}
