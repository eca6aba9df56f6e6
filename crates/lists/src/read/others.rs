//! Lists of further issuers in simple forms, imported under a name of one's own: New Zealand (Russia), Türkiye (proliferation) and the
//! World Bank (debarred firms), as JSON lines of the fields that the ammitto project read out of the issuers' pages.

use super::{Draft, Format, Limits, Read, Refused, one};
use crate::gather::{Gather, day, joined};
use crate::input::Opened;
use crate::json::{Fields, each_line, has_keys};
use crate::{IdentifierKind, Listing, NameKind};
use jiff::civil::{Date, date};
use names::Kind;

pub(crate) const FORMATS: &[Format] = &[
    Format { name: "New Zealand Russia sanctions (JSON lines)", lists: &[], several: false, recognises: is_nz, read: read_nz },
    Format { name: "Türkiye law 7262 (JSON lines)", lists: &[], several: false, recognises: is_tr, read: read_tr },
    Format { name: "World Bank debarred firms (JSON lines)", lists: &[], several: false, recognises: is_wb, read: read_wb },
];

fn is_nz(file: &Opened<'_>) -> bool {
    has_keys(file, &["unique_identifier", "sanction_status"])
}

fn is_tr(file: &Opened<'_>) -> bool {
    has_keys(file, &["name", "entity_type", "program"])
}

fn is_wb(file: &Opened<'_>) -> bool {
    has_keys(file, &["supp_id", "supp_name"])
}

fn lines(
    files: &[Opened<'_>],
    (list, format): (&str, &'static str),
    limits: &Limits,
    party: fn(Fields<'_>) -> Listing,
) -> Result<Read, Refused> {
    let file = one(files)?;
    let mut draft = Draft::new(list, format, limits);
    each_line(file, &mut draft, |draft, e, line| {
        let mut listing = party(e);
        listing.primary_first();
        draft.add(listing, line)
    })?;
    draft.finish(&file.name)
}

fn read_nz(files: &[Opened<'_>], hint: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    lines(files, (hint.unwrap_or("nz-russia"), "New Zealand Russia sanctions (JSON lines)"), limits, new_zealand)
}

fn read_tr(files: &[Opened<'_>], hint: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    lines(files, (hint.unwrap_or("tr-masak"), "Türkiye law 7262 (JSON lines)"), limits, turkiye)
}

fn read_wb(files: &[Opened<'_>], hint: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    lines(files, (hint.unwrap_or("wb-debarred"), "World Bank debarred firms (JSON lines)"), limits, world_bank)
}

fn new_zealand(e: Fields<'_>) -> Listing {
    let mut listing = Listing::under(&e.text("unique_identifier"));
    listing.kind = match e.text("type").as_ref() {
        "Individual" => Some(Kind::Person),
        "Entity" => Some(Kind::Body),
        "Ship" => Some(Kind::Vessel),
        _ => None,
    };
    let [first, middle, last] = ["first_name", "middle_names", "last_name"].map(|k| e.text(k));
    let whole = joined([first.as_ref(), middle.as_ref(), last.as_ref()], " ");
    listing.add_name(if whole.is_empty() { e.text("name").into_owned() } else { whole }.as_str(), NameKind::Primary);
    for alias in e.text("alias_alternate_spellings").split(';') {
        listing.add_name(alias, NameKind::Alias);
    }
    listing.born_as_written(&e.text("dob"));
    listing.birth_places.gather(&e.text("place_of_birth"));
    for key in ["citizenship", "citizenship_2", "citizenship_3"] {
        listing.nationalities.gather(&e.text(key));
    }
    listing.positions.gather(&e.text("title"));
    listing.addresses.gather(&e.text("address"));
    for passport in e.text("passport_number").split(';') {
        listing.identify(IdentifierKind::Passport, passport, "");
    }
    if e.child("imo_number").is_there() {
        listing.identify_imo(&e.text("imo_number"), IdentifierKind::Imo);
    }
    listing.listed_on = day(&e.text("date_of_sanction"));
    listing.amended_on = day(&e.text("date_of_additional_sanction"));
    listing.programmes.gather("Russia Sanctions Act 2022");
    for key in ["travel_ban", "asset_freeze", "aircraft_ban", "ship_ban", "service_prohibition", "dealing_with_securities"] {
        if e.is_true(key) {
            listing.effects.gather(&key.replace('_', " "));
        }
    }
    listing
}

fn turkiye(e: Fields<'_>) -> Listing {
    let (number, name) = (e.text("reference_number"), e.text("name"));
    let mut listing = Listing::under(if number.is_empty() { &name } else { &number });
    listing.kind = match e.text("entity_type").as_ref() {
        "person" => Some(Kind::Person),
        "organization" => Some(Kind::Body),
        _ => None,
    };
    listing.add_name(&name, NameKind::Primary);
    let remarks = e.text("remarks");
    // Lettered remarks are other names; the rest is names or a narrative, and nothing tells which.
    if remarks.starts_with("a)") {
        let pieces = remarks.split(')').count();
        for (at, piece) in remarks.split(')').enumerate().skip(1) {
            let last = pieces == at + 1;
            let piece = if last { piece } else { piece.trim_end().trim_end_matches(|c: char| c.is_ascii_lowercase()).trim_end() };
            listing.add_name(piece.trim_end_matches([';', '.']), NameKind::Alias);
        }
    }
    let listed = e.text("listed_date");
    listing.listed_on = listed.split(['/', '-']).next().and_then(day);
    listing.basis.gather(&listed);
    listing.programmes.gather(&e.text("program"));
    listing.addresses.gather(&e.text("address"));
    listing.birth_places.gather(&e.text("place_of_birth"));
    listing.identify(IdentifierKind::Passport, &e.text("passport_number"), "");
    listing.effects.gather("asset freeze");
    listing
}

/// The day that stands for no end.
const FOR_EVER: Date = date(2999, 12, 31);

fn world_bank(e: Fields<'_>) -> Listing {
    let mut listing = Listing::under(&e.text("supp_id"));
    listing.kind = Some(if e.text("supp_type_code") == "I" { Kind::Person } else { Kind::Body });
    let name = ["supp_pre_acrn", "supp_name", "supp_post_acrn"].map(|k| e.text(k));
    listing.add_name(&joined(name.each_ref().map(AsRef::as_ref), " "), NameKind::Primary);
    listing.countries.gather(&e.text("country_name"));
    let address = ["supp_addr", "supp_zip_code", "supp_city", "supp_state_code", "supp_prov_name", "country_name"].map(|k| e.text(k));
    listing.addresses.gather(&joined(address.each_ref().map(AsRef::as_ref), ", "));
    listing.programmes.gather(&e.text("debar_reason"));
    listing.effects.gather("debarment");
    listing.listed_on = day(&e.text("debar_from_date"));
    listing.delisted_on = day(&e.text("debar_to_date")).filter(|d| *d < FOR_EVER);
    listing
}
