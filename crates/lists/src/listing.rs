//! One party on one list, as its issuer describes it.

use crate::Span;
use jiff::civil::Date;
use names::Kind;
use serde::{Deserialize, Serialize};

/// One party on one list, as its issuer describes it on one day. Narrative texts are not kept. Countries are words or codes as given;
/// whoever knows the table of countries turns them into codes.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Listing {
    /// The issuer's own reference, trimmed: `KPi.033`, `12345`. Unique within the list.
    pub id: String,
    /// Sort of party, when the issuer says.
    pub kind: Option<Kind>,
    /// The primary name first, then aliases, in the issuer's order, without repetition.
    pub names: Vec<ListedName>,
    /// Dates of birth, several when the issuer is not sure.
    pub births: Vec<Span>,
    /// Places of birth as given.
    pub birth_places: Vec<String>,
    /// `Some(true)` female, `Some(false)` male.
    pub female: Option<bool>,
    /// Nationalities, citizenships, or States of incorporation, as given.
    pub nationalities: Vec<String>,
    /// Countries of addresses and other ties, as given, without the nationalities.
    pub countries: Vec<String>,
    /// Addresses, one line each, as given.
    pub addresses: Vec<String>,
    /// Numbers and marks by which the party can be told from others.
    pub identifiers: Vec<Identifier>,
    /// Offices, titles and functions, as given.
    pub positions: Vec<String>,
    /// Programmes as the issuer names them: `DPRK`, `SDGT`, `RUS`.
    pub programmes: Vec<String>,
    /// Our regimes that the programmes stand for: `un/dprk`, `us/dprk`; filled by `programmes`.
    pub regimes: Vec<String>,
    /// Legal acts on which the listing rests, as given.
    pub basis: Vec<String>,
    /// What the listing does where the issuer says: `asset freeze`, `travel ban`, `export licence required`.
    pub effects: Vec<String>,
    /// When the issuer says the listing began. Not the day of publication, nor of an amendment.
    pub listed_on: Option<Date>,
    /// When it was published, where that is another day.
    pub published_on: Option<Date>,
    /// When it was last amended.
    pub amended_on: Option<Date>,
    /// When the issuer says it ended: the first day on which the party is no longer listed.
    pub delisted_on: Option<Date>,
    /// For a vessel: what tells it from others.
    pub ship: Option<Ship>,
    /// Other parties the issuer ties this one to: owners, subsidiaries, relatives.
    pub links: Vec<Link>,
}

/// A name on a listing.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct ListedName {
    /// As given, parts in the order in which they are said; spaces collapsed.
    pub text: String,
    /// What kind of name.
    pub kind: NameKind,
}

/// What kind of name a name on a listing is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum NameKind {
    /// The name under which the party is listed.
    Primary,
    /// Another name, a good one or one whose quality is not said.
    Alias,
    /// A name the issuer itself calls weak or low quality; never enough by itself.
    Weak,
    /// A name no longer used.
    Former,
    /// The name in its original script.
    Original,
}

/// A number or mark that identifies.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Identifier {
    /// What kind.
    pub kind: IdentifierKind,
    /// As given, trimmed.
    pub value: String,
    /// Country of issue as given; empty when not said.
    pub country: String,
}

/// Kinds of identifiers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum IdentifierKind {
    /// Passport number.
    Passport,
    /// National identity number.
    NationalId,
    /// Tax number (INN, TIN, VAT).
    Tax,
    /// Company register number (OGRN, commercial registry, D-U-N-S).
    Registration,
    /// IMO number of a ship (seven digits).
    Imo,
    /// IMO number of a shipping company.
    ImoCompany,
    /// MMSI of a ship.
    Mmsi,
    /// Radio call sign.
    CallSign,
    /// Aircraft registration or tail number.
    Tail,
    /// Aircraft or engine serial number.
    Serial,
    /// SWIFT / BIC.
    Bic,
    /// Legal entity identifier.
    Lei,
    /// Bank account or IBAN.
    Account,
    /// Wallet of a virtual currency, with the currency's code in front: `XBT:1A1z…`.
    Wallet,
    /// Web page.
    Web,
    /// E-mail address.
    Email,
    /// Telephone.
    Phone,
    /// The reference of the same party on another list: `UN KPi.033`.
    Reference,
    /// Something else, with its name in front: `Visa Number ID: 1234`.
    Other,
}

/// What is known of a ship beside names and numbers.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Ship {
    /// Flag now, as given.
    pub flag: Option<String>,
    /// Flags before, as given.
    pub former_flags: Vec<String>,
    /// Type, as given.
    pub sort: Option<String>,
    /// Tonnage as given, gross or deadweight, with its word: `GRT 2,345`.
    pub tonnage: Vec<String>,
    /// Year of building.
    pub built: Option<i16>,
    /// Owner or operator, as given.
    pub owner: Option<String>,
}

/// A tie between two listed parties.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Link {
    /// The other party's reference or name, as given.
    pub to: String,
    /// What ties them, in the issuer's words: `owned by`, `subsidiary`, `linked to`.
    pub how: String,
}
