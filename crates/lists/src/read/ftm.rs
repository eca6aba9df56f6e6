//! FollowTheMoney entities, one JSON object a line, as OpenSanctions and others exchange them.
//!
//! Parties are entities of the schemas that can be one. What the format keeps in entities of their own is brought back to the party:
//! sanctions (dates, programme, authority), passports and other documents, addresses, and the edges between parties, which become links in
//! the words of the edge: `owned by (51%)`, `director of`.

use super::{Draft, Format, Limits, Read, Refused, one};
use crate::gather::{Gather, day, earlier, joined};
use crate::input::Opened;
use crate::json::{Fields, each_line, has_keys};
use crate::{IdentifierKind, Listing, NameKind, Order, Span};
use names::Kind;
use std::collections::HashMap;

pub(crate) const FORMATS: &[Format] = &[Format { name: "FollowTheMoney (JSON lines)", lists: &[], several: false, recognises, read }];

fn recognises(file: &Opened<'_>) -> bool {
    has_keys(file, &["id", "schema", "properties"])
}

/// An edge between two parties: the schema, the properties with its two ends, and what each end is to the other.
struct Edge {
    schema: &'static str,
    ends: [&'static str; 2],
    words: [&'static str; 2],
}

/// Parties at one end of an edge; real edges have one.
const MOST_ENDS: usize = 100;

/// The edges of the format that tie parties.
const EDGES: [Edge; 9] = [
    Edge { schema: "Ownership", ends: ["owner", "asset"], words: ["owner of", "owned by"] },
    Edge { schema: "Directorship", ends: ["director", "organization"], words: ["director of", "directed by"] },
    Edge { schema: "Family", ends: ["person", "relative"], words: ["relative", "relative"] },
    Edge { schema: "Associate", ends: ["person", "associate"], words: ["associate", "associate"] },
    Edge { schema: "Employment", ends: ["employee", "employer"], words: ["employed by", "employer of"] },
    Edge { schema: "Membership", ends: ["member", "organization"], words: ["member of", "has member"] },
    Edge { schema: "Representation", ends: ["agent", "client"], words: ["agent of", "represented by"] },
    Edge { schema: "Succession", ends: ["predecessor", "successor"], words: ["succeeded by", "successor of"] },
    Edge { schema: "UnknownLink", ends: ["subject", "object"], words: ["linked to", "linked to"] },
];

fn kind(schema: &str) -> Option<Option<Kind>> {
    match schema {
        "Person" => Some(Some(Kind::Person)),
        "Company" | "Organization" | "PublicBody" => Some(Some(Kind::Body)),
        "Vessel" => Some(Some(Kind::Vessel)),
        "Airplane" => Some(Some(Kind::Aircraft)),
        // A legal entity may be a person.
        "LegalEntity" | "CryptoWallet" => Some(None),
        _ => None,
    }
}

fn read(files: &[Opened<'_>], hint: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let file = one(files)?;
    let stem = file.name.split('.').next().unwrap_or("ftm");
    let mut draft = Draft::new(hint.unwrap_or(stem), "FollowTheMoney (JSON lines)", limits);
    // An edge may come before the parties that it ties, so that all lines are read before a party is done.
    let mut parties: Vec<(Listing, usize)> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    each_line(file, &mut draft, |draft, e, line| {
        let Some(kind) = kind(&e.text("schema")) else { return Ok(()) };
        let id = e.text("id");
        if known.contains_key(id.as_ref()) {
            draft.problem(format!("line {line}, entry {id}"), "another entity has the same id; this one is left out");
            return Ok(());
        }
        known.insert(id.clone().into_owned(), parties.len());
        parties.push((party(e, kind), line));
        Ok(())
    })?;
    let mut lost = 0;
    // What is no party was not kept: the lines are read a second time, and their faults were noted the first time.
    let mut again = Draft::new("", "FollowTheMoney (JSON lines)", limits);
    each_line(file, &mut again, |_, e, _| {
        let mut at = |id: &str, add: &mut dyn FnMut(&mut Listing)| match known.get(id).and_then(|at| parties.get_mut(*at)) {
            Some((listing, _)) => add(listing),
            None => lost += 1,
        };
        attach(e, &mut at);
        Ok(())
    })?;
    if lost > 0 {
        draft.problem(file.name.clone(), format!("{lost} sanctions, documents or ties belong to parties that are not in the file"));
    }
    for (mut listing, line) in parties {
        listing.primary_first();
        draft.add(listing, line)?;
    }
    draft.finish(&file.name)
}

fn party(e: Fields<'_>, kind: Option<Kind>) -> Listing {
    let p = e.child("properties");
    let mut listing = Listing::under(&e.text("id"));
    listing.kind = kind;
    listing.add_name(&e.text("caption"), NameKind::Primary);
    for (key, kind) in [
        ("name", NameKind::Primary),
        ("alias", NameKind::Alias),
        ("previousName", NameKind::Former),
        ("weakAlias", NameKind::Weak),
        ("abbreviation", NameKind::Weak),
    ] {
        for name in p.texts(key) {
            listing.add_name(&name, kind);
        }
    }
    for date in p.texts("birthDate") {
        if let Some(span) = Span::parse(&date, Order::DayMonth) {
            listing.born(span);
        }
    }
    match p.texts("gender").next().as_deref() {
        Some("female") => listing.female = Some(true),
        Some("male") => listing.female = Some(false),
        _ => {}
    }
    let gather = |into: &mut Vec<String>, keys: &[&str]| keys.iter().flat_map(|k| p.texts(k)).for_each(|t| into.gather(&t));
    gather(&mut listing.birth_places, &["birthPlace"]);
    gather(&mut listing.nationalities, &["nationality", "citizenship", "jurisdiction"]);
    gather(&mut listing.countries, &["country", "mainCountry"]);
    gather(&mut listing.addresses, &["address"]);
    gather(&mut listing.positions, &["position", "title"]);
    gather(&mut listing.programmes, &["program", "programId"]);
    gather(&mut listing.programmes, &["topics"]);
    marks(&mut listing, p);
    listing
}

/// Properties that hold a number or mark.
const MARKS: [(&str, IdentifierKind); 20] = [
    ("passportNumber", IdentifierKind::Passport),
    ("idNumber", IdentifierKind::NationalId),
    ("socialSecurityNumber", IdentifierKind::NationalId),
    ("taxNumber", IdentifierKind::Tax),
    ("vatCode", IdentifierKind::Tax),
    ("innCode", IdentifierKind::Tax),
    ("registrationNumber", IdentifierKind::Registration),
    ("ogrnCode", IdentifierKind::Registration),
    ("dunsCode", IdentifierKind::Registration),
    ("uscCode", IdentifierKind::Registration),
    ("mmsi", IdentifierKind::Mmsi),
    ("callSign", IdentifierKind::CallSign),
    ("serialNumber", IdentifierKind::Serial),
    ("swiftBic", IdentifierKind::Bic),
    ("bikCode", IdentifierKind::Bic),
    ("leiCode", IdentifierKind::Lei),
    ("website", IdentifierKind::Web),
    ("email", IdentifierKind::Email),
    ("phone", IdentifierKind::Phone),
    ("icaoCode", IdentifierKind::Other),
];

fn marks(listing: &mut Listing, p: Fields<'_>) {
    for (key, kind) in MARKS {
        // The registration of an aircraft is its tail number.
        let kind = if listing.kind == Some(Kind::Aircraft) && key == "registrationNumber" { IdentifierKind::Tail } else { kind };
        for value in p.texts(key) {
            listing.identify(kind, &value, "");
        }
    }
    let imo = if listing.kind == Some(Kind::Vessel) { IdentifierKind::Imo } else { IdentifierKind::ImoCompany };
    for value in p.texts("imoNumber") {
        listing.identify_imo(&value, imo);
    }
    for wallet in p.texts("publicKey") {
        let currency = p.texts("currency").next().unwrap_or_default();
        listing.identify(IdentifierKind::Wallet, &joined([currency.as_ref(), wallet.as_ref()], ":"), "");
        listing.add_name(&wallet, NameKind::Alias);
    }
    if listing.kind == Some(Kind::Vessel) {
        let first = |key| p.texts(key).next().map(|t| t.into_owned());
        let ship = listing.the_ship();
        ship.flag = first("flag");
        ship.sort = first("type");
        ship.built = first("buildDate").and_then(|d| d.get(..4)?.parse().ok());
        for flag in p.texts("pastFlags") {
            ship.former_flags.gather(&flag);
        }
        for (key, word) in [("grossRegisteredTonnage", "GRT"), ("tonnage", ""), ("deadweightTonnage", "DWT")] {
            for tonnage in p.texts(key) {
                ship.tonnage.gather(&joined([word, tonnage.as_ref()], " "));
            }
        }
    }
}

/// Hands what an entity says of parties to them; `at` finds a party by its id.
fn attach(e: Fields<'_>, at: &mut impl FnMut(&str, &mut dyn FnMut(&mut Listing))) {
    let p = e.child("properties");
    let schema = e.text("schema");
    match schema.as_ref() {
        "Sanction" => p.texts("entity").for_each(|id| at(&id, &mut |listing| sanction(listing, p))),
        "Passport" | "Identification" => p.texts("holder").for_each(|id| at(&id, &mut |listing| document(listing, p, &schema))),
        _ => {}
    }
    for edge in EDGES.iter().filter(|edge| edge.schema == schema) {
        let role = joined(
            [p.texts("percentage").next(), p.texts("role").next(), p.texts("relationship").next()].iter().flatten().map(AsRef::as_ref),
            ", ",
        );
        for (near, far, words) in [(0, 1, edge.words[0]), (1, 0, edge.words[1])] {
            let how = if role.is_empty() { words.to_string() } else { format!("{words} ({role})") };
            let others: Vec<_> = p.texts(edge.ends[far]).take(MOST_ENDS).collect();
            for id in p.texts(edge.ends[near]).take(MOST_ENDS) {
                at(&id, &mut |listing| {
                    for other in &others {
                        listing.link(other, &how);
                    }
                });
            }
        }
    }
}

fn sanction(listing: &mut Listing, p: Fields<'_>) {
    for key in ["program", "programId"] {
        for text in p.texts(key) {
            listing.programmes.gather(&text);
        }
    }
    for authority in p.texts("authority") {
        listing.basis.gather(&authority);
    }
    for provision in p.texts("provisions") {
        listing.effects.gather(&provision.to_lowercase());
    }
    for reference in p.texts("unscId") {
        listing.refer("UN", &reference);
    }
    let first = |keys: [&str; 2]| keys.iter().flat_map(|k| p.texts(k)).filter_map(|d| day(&d)).min();
    // Several sanctions: listed since the first, and no more only after the last has ended.
    let (from, to) = (first(["startDate", "listingDate"]), p.texts("endDate").filter_map(|d| day(&d)).max());
    let before = listing.listed_on.is_some() || listing.published_on.is_some();
    listing.delisted_on = if before { listing.delisted_on.zip(to).map(|(a, b)| a.max(b)) } else { to };
    listing.listed_on = earlier(listing.listed_on, from);
    listing.published_on = earlier(listing.published_on, p.texts("listingDate").filter_map(|d| day(&d)).min());
}

fn document(listing: &mut Listing, p: Fields<'_>, schema: &str) {
    let country = p.texts("country").next().unwrap_or_default();
    for number in p.texts("number").chain(p.texts("passportNumber")) {
        let sort = p.texts("type").next().unwrap_or_default();
        match schema {
            "Passport" => listing.identify(IdentifierKind::Passport, &number, &country),
            _ if sort.to_lowercase().contains("passport") => listing.identify(IdentifierKind::Passport, &number, &country),
            _ => listing.identify_other(if sort.is_empty() { "document" } else { &sort }, &number, &country),
        }
    }
}
