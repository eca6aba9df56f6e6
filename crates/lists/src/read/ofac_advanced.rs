//! `SDN_ADVANCED.XML` and `CONS_ADVANCED.XML` of the Office of Foreign Assets Control.
//!
//! The file is a small database: tables of words, places, documents, parties, ties between parties, and the decisions that list
//! them, all pointing at each other by number. It is read in one pass and joined at the end, so that the order of the parts does
//! not matter. It is the only format of OFAC that says when a party was listed.

use super::ofac_remarks::{kind, labelled, titles, tonnages, which_list};
use super::{Draft, Format, Limits, Read, Refused, one};
use crate::input::Opened;
use crate::xml::{Element, Records};
use crate::{Identifier, IdentifierKind, Link, ListedName, Listing, NameKind, Ship, Span};
use jiff::civil::Date;
use names::Kind;
use std::collections::HashMap;

pub(crate) const FORMATS: &[Format] = &[Format {
    name: "OFAC SDN_ADVANCED.XML or CONS_ADVANCED.XML",
    lists: &["us-ofac-sdn", "us-ofac-cons"],
    several: false,
    recognises: |f| f.is_xml("Sanctions"),
    read,
}];

const PARTS: [&str; 7] =
    ["DateOfIssue", "ReferenceValueSets", "Location", "IDRegDocument", "DistinctParty", "ProfileRelationship", "SanctionsEntry"];

/// Everything in the file, by number.
#[derive(Default)]
struct Base {
    /// Words by the name of their table's rows and their number: `FeatureType`, `8`.
    words: HashMap<(String, String), String>,
    /// Which sort of party a subtype belongs to.
    party_types: HashMap<String, String>,
    /// Scripts that are Latin.
    latin: Vec<String>,
    places: HashMap<String, Place>,
    /// Documents by the identity they belong to.
    documents: HashMap<String, Vec<[String; 3]>>,
    parties: Vec<Party>,
    /// Ties by the profile they begin at.
    ties: HashMap<String, Vec<Link>>,
    /// Decisions by profile.
    entries: HashMap<String, Decision>,
}

#[derive(Default)]
struct Place {
    address: String,
    country: String,
}

struct Party {
    listing: Listing,
    profile: String,
    identities: Vec<String>,
    features: Vec<Feature>,
    line: usize,
}

/// A feature whose words may not be known yet.
struct Feature {
    sort: String,
    text: String,
    places: Vec<String>,
    period: Option<Span>,
}

#[derive(Default)]
struct Decision {
    listed_on: Option<Date>,
    programmes: Vec<String>,
    measures: Vec<String>,
    basis: Vec<String>,
    list: String,
}

impl Base {
    fn word(&self, table: &str, id: &str) -> &str {
        self.words.get(&(table.to_string(), id.to_string())).map_or("", String::as_str)
    }

    /// All tables of words; a row is named after its table without `Values`.
    fn take_words(&mut self, sets: Element<'_>) {
        for row in sets.children().flat_map(Element::children) {
            let id = row.attribute("ID").to_string();
            if row.name() == "PartySubType" {
                self.party_types.insert(id.clone(), row.attribute("PartyTypeID").to_string());
            }
            if row.name() == "Script" && (row.attribute("ScriptCode") == "Latn" || row.text() == "Latin") {
                self.latin.push(id.clone());
            }
            let text = if row.text().is_empty() { row.attribute("LegalBasisShortRef") } else { row.text() };
            self.words.insert((row.name().to_string(), id), text.to_string());
        }
    }

    fn take_place(&mut self, e: Element<'_>) {
        let country = e.child("LocationCountry").map_or("", |c| c.attribute("CountryID"));
        let country = self.word("Country", country).to_string();
        let parts = e.all("LocationPart").flat_map(|p| p.all("LocationPartValue")).map(|v| v.text_of("Value"));
        let parts: Vec<&str> = parts.chain([country.as_str()]).filter(|p| !p.is_empty()).collect();
        let address = parts.join(", ");
        self.places.insert(e.attribute("ID").to_string(), Place { address, country });
    }

    fn take_document(&mut self, e: Element<'_>) {
        let document = [e.attribute("IDRegDocTypeID"), e.text_of("IDRegistrationNo"), e.attribute("IssuedBy-CountryID")];
        self.documents.entry(e.attribute("IdentityID").to_string()).or_default().push(document.map(str::to_string));
    }

    fn take_tie(&mut self, e: Element<'_>) {
        let how = self.word("RelationType", e.attribute("RelationTypeID")).to_lowercase();
        let how = if e.attribute("Former") == "true" { format!("formerly {how}") } else { how };
        let tie = Link { to: e.attribute("To-ProfileID").to_string(), how };
        self.ties.entry(e.attribute("From-ProfileID").to_string()).or_default().push(tie);
    }

    fn take_entry(&mut self, e: Element<'_>) {
        let mut decision = Decision { list: self.word("List", e.attribute("ListID")).to_string(), ..Decision::default() };
        for event in e.all("EntryEvent") {
            let sort = self.word("EntryEventType", event.attribute("EntryEventTypeID"));
            if sort.is_empty() || sort.eq_ignore_ascii_case("created") {
                decision.listed_on = decision.listed_on.into_iter().chain(event.child("Date").and_then(date)).min();
            }
            decision.basis.push(self.word("LegalBasis", event.attribute("LegalBasisID")).to_string());
        }
        for measure in e.all("SanctionsMeasure") {
            let sort = self.word("SanctionsType", measure.attribute("SanctionsTypeID"));
            let note = measure.text_of("Comment");
            match sort {
                "Program" => decision.programmes.push(note.to_string()),
                "" if !note.is_empty() => decision.programmes.push(note.to_string()),
                "Block" => decision.measures.push("asset freeze".to_string()),
                sort => decision.measures.push(format!("{sort} {note}")),
            }
        }
        self.entries.insert(e.attribute("ProfileID").to_string(), decision);
    }

    fn take_party(&mut self, e: Element<'_>) {
        let Some(profile) = e.child("Profile") else { return };
        let subtype = profile.attribute("PartySubTypeID");
        let sort = match self.word("PartySubType", subtype) {
            word @ ("Vessel" | "Aircraft") => word,
            _ => self.party_types.get(subtype).map_or("", |t| self.word("PartyType", t)),
        };
        let kind = Some(sort).filter(|s| !s.is_empty()).and_then(kind);
        let mut listing = Listing { id: e.attribute("FixedRef").to_string(), kind, ..Listing::default() };
        let identities = profile.all("Identity");
        for identity in profile.all("Identity").filter(|i| i.attribute("False") != "true") {
            self.names(&mut listing, identity);
        }
        // The primary name first, whatever the order in the file.
        listing.names.sort_by_key(|n| n.kind != NameKind::Primary);
        let features = profile.all("Feature").chain(e.all("Feature")).flat_map(|f| features(f, self)).collect();
        let identities = identities.map(|i| i.attribute("ID").to_string()).collect();
        self.parties.push(Party { listing, profile: profile.attribute("ID").to_string(), identities, features, line: e.line() });
    }

    fn names(&self, listing: &mut Listing, identity: Element<'_>) {
        for alias in identity.all("Alias") {
            let sort = self.word("AliasType", alias.attribute("AliasTypeID"));
            let kind = if alias.attribute("Primary") == "true" && listing.names.iter().all(|n| n.kind != NameKind::Primary) {
                NameKind::Primary
            } else if sort.eq_ignore_ascii_case("f.k.a.") {
                NameKind::Former
            } else if alias.attribute("LowQuality") == "true" {
                NameKind::Weak
            } else {
                NameKind::Alias
            };
            // The same name in several scripts: the Latin one is the name, the others are its original.
            let mut given = false;
            for documented in alias.all("DocumentedName") {
                let parts: Vec<Element<'_>> = documented.below("NamePartValue").collect();
                let script = parts.first().map_or("", |p| p.attribute("ScriptID"));
                let latin = script.is_empty() || self.latin.is_empty() || self.latin.iter().any(|s| s == script);
                let text = parts.iter().map(|p| p.text()).collect::<Vec<_>>().join(" ");
                let kind = match (latin, kind) {
                    (false, NameKind::Weak) => NameKind::Weak,
                    (false, _) => NameKind::Original,
                    (true, NameKind::Primary) if given => NameKind::Alias,
                    (true, kind) => kind,
                };
                given |= latin;
                listing.names.push(ListedName { text, kind });
            }
        }
    }

    /// Joins what belongs to a party.
    fn join(&self, party: Party, freeze: bool) -> (Listing, usize, Vec<String>) {
        let mut l = party.listing;
        let mut problems = Vec::new();
        if freeze {
            l.effects.push("asset freeze".into());
        }
        for feature in party.features {
            problems.extend(self.feature(&mut l, feature));
        }
        for [sort, number, country] in party.identities.iter().filter_map(|i| self.documents.get(i)).flatten() {
            problems.extend(labelled(&mut l, self.word("IDRegDocType", sort), number, self.word("Country", country)));
        }
        if l.kind == Some(Kind::Aircraft)
            && let Some(name) = l.names.first().filter(|n| !n.text.contains(' '))
        {
            l.identifiers.push(Identifier { kind: IdentifierKind::Tail, value: name.text.clone(), country: String::new() });
        }
        l.links.extend(self.ties.get(&party.profile).into_iter().flatten().cloned());
        match self.entries.get(&party.profile) {
            Some(decision) => {
                l.listed_on = decision.listed_on;
                l.programmes.extend(decision.programmes.iter().cloned());
                l.effects.extend(decision.measures.iter().cloned());
                l.basis.extend(decision.basis.iter().cloned());
            }
            None => problems.push("the file has no decision that lists this party".into()),
        }
        (l, party.line, problems)
    }

    fn feature(&self, l: &mut Listing, feature: Feature) -> Option<String> {
        let places = || feature.places.iter().filter_map(|p| self.places.get(p));
        let sort = self.word("FeatureType", &feature.sort);
        let text = feature.text.as_str();
        let given = || Some(text.to_string()).filter(|t| !t.is_empty());
        match sort {
            "Birthdate" => match feature.period {
                Some(span) => l.births.push(span),
                None => return Some(format!("“{text}” is not understood as a date of birth")),
            },
            "Place of Birth" => l.birth_places.extend(places().map(|p| p.address.clone()).chain(given())),
            "Location" => {
                for place in places() {
                    l.addresses.push(place.address.clone());
                    l.countries.push(place.country.clone());
                }
            }
            "Nationality Country" | "Citizenship Country" | "Nationality of Registration" => {
                l.nationalities.extend(places().map(|p| p.country.clone()).chain(given()));
            }
            "Title" => l.positions.extend(titles(text)),
            "VESSEL TYPE" | "Vessel Type" => l.ship.get_or_insert_with(Ship::default).sort = given(),
            "Vessel Flag" => l.ship.get_or_insert_with(Ship::default).flag = places().map(|p| p.country.clone()).next().or_else(given),
            "Vessel Owner" => l.ship.get_or_insert_with(Ship::default).owner = given(),
            "Vessel Tonnage" | "Vessel Gross Tonnage" => l.ship.get_or_insert_with(Ship::default).tonnage.extend(tonnages(text, "")),
            "Vessel Gross Registered Tonnage" => l.ship.get_or_insert_with(Ship::default).tonnage.extend(tonnages("", text)),
            "Other Vessel Flag" | "Former Vessel Flag" if !feature.places.is_empty() => {
                let flags = places().map(|p| p.country.clone()).collect::<Vec<_>>();
                l.ship.get_or_insert_with(Ship::default).former_flags.extend(flags);
            }
            "" => {}
            sort => {
                let value =
                    given().or_else(|| feature.period.map(|p| p.to_string())).or_else(|| places().map(|p| p.address.clone()).next());
                return labelled(l, sort, &value.unwrap_or_default(), "");
            }
        }
        None
    }
}

/// The versions of a feature.
fn features(e: Element<'_>, base: &Base) -> Vec<Feature> {
    let version = |v: Element<'_>| Feature {
        sort: e.attribute("FeatureTypeID").to_string(),
        text: v.all("VersionDetail").map(|d| detail(d, base)).find(|t| !t.is_empty()).or_else(|| comment(v)).unwrap_or_default(),
        places: v.all("VersionLocation").map(|p| p.attribute("LocationID").to_string()).collect(),
        period: v.child("DatePeriod").and_then(period),
    };
    e.all("FeatureVersion").map(version).collect()
}

/// A detail says its value itself or points at a word.
fn detail(e: Element<'_>, base: &Base) -> String {
    if e.text().is_empty() { base.word("DetailReference", e.attribute("DetailReferenceID")).to_string() } else { e.text().to_string() }
}

fn comment(e: Element<'_>) -> Option<String> {
    Some(e.text_of("Comment").to_string()).filter(|c| !c.is_empty())
}

fn date(e: Element<'_>) -> Option<Date> {
    let number = |name: &str| e.text_of(name).parse::<i16>().ok();
    let small = |name: &str| number(name).and_then(|n| i8::try_from(n).ok());
    Date::new(number("Year")?, small("Month")?, small("Day")?).ok()
}

/// From the first day of the beginning to the last day of the end.
fn period(e: Element<'_>) -> Option<Span> {
    let (start, end) = (e.child("Start"), e.child("End"));
    let bound = |b: Option<Element<'_>>, names: [&str; 2]| names.iter().find_map(|n| b?.child(n).and_then(date));
    let first = bound(start, ["From", "To"]).or_else(|| bound(end, ["From", "To"]))?;
    let last = bound(end, ["To", "From"]).or_else(|| bound(start, ["To", "From"]))?;
    let about = [start, end].into_iter().flatten().any(|b| b.attribute("Approximate") == "true");
    Some(Span { first: first.min(last), last: first.max(last), about })
}

fn read(files: &[Opened<'_>], hint: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let file = one(files)?;
    let mut base = Base::default();
    let mut issued = None;
    let mut records = Records::open(file, limits)?;
    while let Some(e) = records.next(&PARTS)? {
        match e.name() {
            "DateOfIssue" => issued = date(e),
            "ReferenceValueSets" => base.take_words(e),
            "Location" => base.take_place(e),
            "IDRegDocument" => base.take_document(e),
            "DistinctParty" => base.take_party(e),
            "ProfileRelationship" => base.take_tie(e),
            _ => base.take_entry(e),
        }
        if base.parties.len() > limits.listings {
            let message = format!("more than {} parties", limits.listings);
            return Err(Refused::new(format!("{}, line {}", file.name, e.line()), message, "raise the limit `listings`"));
        }
    }
    if base.words.is_empty() {
        return Err(Refused::new(&file.name, "the tables of reference values are missing", "download the whole file"));
    }
    // The names of the lists decide, unless the caller or the file's name does.
    let sdn = base.entries.values().any(|d| d.list == "SDN List");
    let named = file.name.to_ascii_lowercase();
    let list = match hint {
        None if sdn && !named.starts_with("cons") => "us-ofac-sdn",
        None if !base.entries.is_empty() && !named.starts_with("sdn") => "us-ofac-cons",
        _ => which_list(hint, &file.name, ""),
    };
    let mut draft = Draft::new(list, "OFAC SDN_ADVANCED.XML or CONS_ADVANCED.XML", limits);
    draft.version(issued.map_or_else(String::new, |d| d.to_string()));
    for party in std::mem::take(&mut base.parties) {
        let (listing, line, problems) = base.join(party, list == "us-ofac-sdn");
        for problem in problems {
            draft.problem(format!("line {line}, entry {}", listing.id), problem);
        }
        draft.add(listing, line)?;
    }
    draft.finish(&file.name)
}
