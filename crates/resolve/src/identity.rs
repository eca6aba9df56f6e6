//! Numbers that carry their own check: ships, containers, aircraft, banks, accounts, companies, wallets.
//!
//! A number that fails its check is a slip or a forgery; one that passes proves nothing more than that it could exist.

use crate::tables::{at, rows};
use model::Country;
use std::collections::HashMap;

/// What is wrong with a number, in words; none when its shape is right.
pub type Fault = Option<String>;

fn digits(text: &str) -> Option<Vec<u32>> {
    text.chars().map(|c| c.to_digit(10)).collect()
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_uppercase()).collect()
}

/// IMO ship number: seven digits, of which the last is the check (IMO resolution A.1117(30)).
#[must_use]
pub fn imo(text: &str) -> Fault {
    let upper = bare(text);
    let number = upper.strip_prefix("IMO").unwrap_or(&upper);
    match digits(number).as_deref() {
        Some(d) if d.len() == 7 => {
            let sum: u32 = d.iter().take(6).zip((2..=7).rev()).map(|(d, weight)| d * weight).sum();
            let want = sum % 10;
            (d.last() != Some(&want)).then(|| format!("IMO number {number} fails its check: the last digit would be {want}"))
        }
        _ => Some(format!("`{}` is no IMO number; it has seven digits", short(text))),
    }
}

/// MMSI of a ship: nine digits, of which three name the country (ITU-R M.585).
#[must_use]
pub fn mmsi(text: &str) -> Fault {
    let number = bare(text);
    match digits(&number).as_deref() {
        Some(d) if d.len() == 9 && (2..=7).contains(d.first().unwrap_or(&0)) => None,
        Some(d) if d.len() == 9 => Some(format!("MMSI {number} is none of a ship: those begin with 2 to 7")),
        _ => Some(format!("`{}` is no MMSI; it has nine digits", short(text))),
    }
}

/// ISO 6346: four letters and seven digits, of which the last is the check.
#[must_use]
pub fn container(text: &str) -> Fault {
    let number = bare(text);
    let bad = || Some(format!("`{}` is no container number; it has four letters and seven digits", short(text)));
    if number.len() != 11 || !number.bytes().take(4).all(|b| b.is_ascii_uppercase()) || !number.bytes().skip(4).all(|b| b.is_ascii_digit())
    {
        return bad();
    }
    // Letters count 10 to 38 without the multiples of eleven.
    let value = |b: u8| if b.is_ascii_digit() { u32::from(b - b'0') } else { letter(b) };
    let sum: u32 = number.bytes().take(10).enumerate().map(|(i, b)| value(b) << i).sum();
    let want = sum % 11 % 10;
    let last = number.bytes().last().map_or(0, |b| u32::from(b - b'0'));
    (last != want).then(|| format!("container {number} fails its check: the last digit would be {want}"))
}

fn letter(b: u8) -> u32 {
    let n = u32::from(b.saturating_sub(b'A'));
    n + 10 + n.div_ceil(10)
}

/// The rest of a number of letters and digits when it is divided by 97 (ISO 7064).
fn mod97(text: &str) -> Option<u32> {
    text.chars().try_fold(0u32, |rest, c| {
        let value = c.to_digit(36)?;
        Some(if value < 10 { (rest * 10 + value) % 97 } else { (rest * 100 + value) % 97 })
    })
}

/// ISO 13616, with the length of the country where it is known.
#[must_use]
pub fn iban(text: &str) -> Fault {
    const LENGTHS: &str = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";
    let number = bare(text);
    let (Some(country), Some(rest)) = (number.get(..2), number.get(4..)) else {
        return Some(format!("`{}` is no IBAN", short(text)));
    };
    if let Some(length) = LENGTHS.split(' ').find_map(|l| l.strip_prefix(country)).and_then(|l| l.parse::<usize>().ok())
        && number.len() != length
    {
        return Some(format!("an IBAN of {country} has {length} characters, not {}", number.len()));
    }
    if number.len() < 15 || number.len() > 34 || !country.bytes().all(|b| b.is_ascii_uppercase()) {
        return Some(format!("`{}` is no IBAN", short(text)));
    }
    let turned = format!("{rest}{}", number.get(..4).unwrap_or(""));
    (mod97(&turned) != Some(1)).then(|| format!("IBAN {number} fails its check"))
}

/// ISO 9362: four letters for the bank, two for the country, two for the place, and three for the branch or none.
#[must_use]
pub fn bic(text: &str) -> Fault {
    let code = bare(text);
    let letters = code.get(..6).is_some_and(|h| h.bytes().all(|b| b.is_ascii_uppercase()));
    (!letters || !matches!(code.len(), 8 | 11))
        .then(|| format!("`{}` is no BIC; it has 8 or 11 characters, the first six letters", short(text)))
}

/// ISO 17442: twenty characters, of which the last two are the check.
#[must_use]
pub fn lei(text: &str) -> Fault {
    let code = bare(text);
    if code.len() != 20 {
        return Some(format!("`{}` is no LEI; it has twenty characters", short(text)));
    }
    (mod97(&code) != Some(1)).then(|| format!("LEI {code} fails its check"))
}

/// An address of a chain of which the shape is known: Bitcoin, Ethereum, Tron.
#[must_use]
pub fn wallet(text: &str) -> Fault {
    let address = text.trim();
    let hex = |t: &str, n: usize| t.len() == n && t.bytes().all(|b| b.is_ascii_hexdigit());
    let right = if let Some(rest) = address.strip_prefix("0x").or_else(|| address.strip_prefix("0X")) {
        hex(rest, 40)
    } else if address.to_ascii_lowercase().starts_with("bc1") {
        bech32(address)
    } else if address.starts_with(['1', '3', 'T']) {
        base58_check(address)
    } else {
        false
    };
    (!right).then(|| format!("`{}` is no wallet address of Bitcoin, Ethereum or Tron, or a character of it is wrong", short(address)))
}

/// Base58 with its length; the double SHA-256 of the payload is compared.
fn base58_check(address: &str) -> bool {
    const ALPHABET: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    if !(25..=36).contains(&address.len()) {
        return false;
    }
    let mut bytes = [0u8; 25];
    for c in address.bytes() {
        let Some(value) = ALPHABET.iter().position(|a| *a == c) else { return false };
        let mut carry = value;
        for b in bytes.iter_mut().rev() {
            carry += usize::from(*b) * 58;
            *b = (carry & 0xff) as u8;
            carry >>= 8;
        }
        if carry != 0 {
            return false;
        }
    }
    let (payload, check) = bytes.split_at(21);
    let hash = sha256(&sha256(payload));
    hash.get(..4) == Some(check)
}

/// BIP 173 and BIP 350.
fn bech32(address: &str) -> bool {
    const ALPHABET: &str = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    if address.chars().any(|c| c.is_ascii_uppercase()) && address.chars().any(|c| c.is_ascii_lowercase())
        || !(14..=90).contains(&address.len())
    {
        return false;
    }
    let lower = address.to_ascii_lowercase();
    let Some((human, data)) = lower.rsplit_once('1') else { return false };
    let values: Option<Vec<u32>> = data.chars().map(|c| ALPHABET.find(c).and_then(|p| u32::try_from(p).ok())).collect();
    let Some(values) = values else { return false };
    let head = human.bytes().map(|b| u32::from(b >> 5)).chain(std::iter::once(0)).chain(human.bytes().map(|b| u32::from(b & 31)));
    let rest = head.chain(values.iter().copied()).fold(1u32, |sum, value| {
        let top = sum >> 25;
        let start = (sum & 0x01ff_ffff) << 5 ^ value;
        [0x3b6a_57b2u32, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3]
            .iter()
            .enumerate()
            .fold(start, |s, (i, g)| if top >> i & 1 == 1 { s ^ g } else { s })
    });
    // Version 0 ends on 1, later versions on the other constant.
    rest == if values.first() == Some(&0) { 1 } else { 0x2bc8_30a3 }
}

/// FIPS 180-4, for the four bytes that end a Base58 address.
fn sha256(message: &[u8]) -> [u8; 32] {
    // The first 32 bits of the fractional parts of square and cube roots of the first primes.
    let primes: Vec<u64> = (2u64..).filter(|n| (2..*n).take_while(|d| d * d <= *n).all(|d| n % d != 0)).take(64).collect();
    let fraction = |x: f64| ((x - x.floor()) * 4_294_967_296.0) as u32;
    let mut hash: Vec<u32> = primes.iter().take(8).map(|p| fraction((*p as f64).sqrt())).collect();
    let constants: Vec<u32> = primes.iter().map(|p| fraction((*p as f64).cbrt())).collect();
    let mut padded = message.to_vec();
    padded.push(0x80);
    while padded.len() % 64 != 56 {
        padded.push(0);
    }
    padded.extend((message.len() as u64 * 8).to_be_bytes());
    for block in padded.chunks_exact(64) {
        let mut w: Vec<u32> = block.chunks_exact(4).map(|c| c.iter().fold(0, |n, b| n << 8 | u32::from(*b))).collect();
        for i in 16..64 {
            let (a, b) = (w[i - 15], w[i - 2]);
            let low = a.rotate_right(7) ^ a.rotate_right(18) ^ a >> 3;
            let high = b.rotate_right(17) ^ b.rotate_right(19) ^ b >> 10;
            w.push(w[i - 16].wrapping_add(low).wrapping_add(w[i - 7]).wrapping_add(high));
        }
        let mut s = hash.clone();
        for (k, w) in constants.iter().zip(&w) {
            let big = s[4].rotate_right(6) ^ s[4].rotate_right(11) ^ s[4].rotate_right(25);
            let choice = s[4] & s[5] ^ !s[4] & s[6];
            let one = s[7].wrapping_add(big).wrapping_add(choice).wrapping_add(*k).wrapping_add(*w);
            let low = s[0].rotate_right(2) ^ s[0].rotate_right(13) ^ s[0].rotate_right(22);
            let two = low.wrapping_add(s[0] & s[1] ^ s[0] & s[2] ^ s[1] & s[2]);
            s.rotate_right(1);
            s[4] = s[4].wrapping_add(one);
            s[0] = one.wrapping_add(two);
        }
        hash.iter_mut().zip(&s).for_each(|(h, s)| *h = h.wrapping_add(*s));
    }
    let mut out = [0; 32];
    out.iter_mut().zip(hash.iter().flat_map(|h| h.to_be_bytes())).for_each(|(o, b)| *o = b);
    out
}

/// Where ships and aircraft are registered, by the beginnings of their numbers (`data/registries.csv`): the maritime identification
/// digits of ITU and the nationality marks of ICAO Annex 7, our own tables of both.
#[derive(Debug, Default)]
pub struct Registries {
    mmsi: HashMap<u32, Country>,
    aircraft: Vec<(String, Country)>,
}

impl Registries {
    pub(crate) fn read(text: &str, problems: &mut Vec<String>) -> Self {
        let mut out = Self::default();
        for (line, row) in rows("registries.csv", text, &["kind", "prefix", "country", "basis"], problems) {
            let prefix = at(&row, 1);
            match (at(&row, 0), Country::new(at(&row, 2)), prefix.parse::<u32>()) {
                ("mmsi", Some(country), Ok(mid)) if prefix.len() == 3 => drop(out.mmsi.insert(mid, country)),
                ("aircraft", Some(country), _) if !prefix.is_empty() => out.aircraft.push((prefix.to_owned(), country)),
                _ => {
                    problems.push(format!("data/registries.csv:{line}: `mmsi` with three digits or `aircraft` with a mark, and a country"))
                }
            }
        }
        out
    }

    /// The country of an MMSI, by its first three digits.
    #[must_use]
    pub fn of_mmsi(&self, number: &str) -> Option<Country> {
        self.mmsi.get(&bare(number).get(..3)?.parse::<u32>().ok()?).copied()
    }

    /// The State of registry of an aircraft, by the mark its registration begins with.
    #[must_use]
    pub fn of_aircraft(&self, registration: &str) -> Option<Country> {
        // These marks may stand before the number without a dash.
        const CLOSED: [&str; 10] = ["N", "HL", "JA", "UK", "UP", "YV", "UR", "EK", "4X", "B"];
        let mark = registration.trim().to_ascii_uppercase();
        let fits = |prefix: &str| {
            let rest = mark.strip_prefix(prefix);
            rest.is_some_and(|r| r.starts_with('-') || CLOSED.contains(&prefix) && r.starts_with(|c: char| c.is_ascii_digit()))
        };
        self.aircraft.iter().filter(|(prefix, _)| fits(prefix)).max_by_key(|(prefix, _)| prefix.len()).map(|(_, country)| *country)
    }
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}

/// Checks a number by the kind that a party's identifiers name; nothing is said of kinds without a check.
#[must_use]
pub fn fault(kind: &str, number: &str) -> Fault {
    match kind {
        "imo" => imo(number),
        "mmsi" => mmsi(number),
        "bic" => bic(number),
        "lei" => lei(number),
        "iban" => iban(number),
        "wallet" => wallet(number),
        "container" => container(number),
        // An account that begins like an IBAN is one.
        "account" if number.len() > 14 && bare(number).bytes().take(2).all(|b| b.is_ascii_uppercase()) => iban(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_published_as_examples_pass_and_one_digit_off_fails() {
        let good = [
            ("imo", "9074729"),
            ("imo", "IMO 8916293"),
            ("container", "CSQU3054383"),
            ("iban", "GB82 WEST 1234 5698 7654 32"),
            ("iban", "DE89370400440532013000"),
            ("bic", "DEUTDEFF500"),
            ("lei", "529900T8BM49AURSDO55"),
            ("wallet", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
            ("wallet", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"),
            ("wallet", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"),
            ("wallet", "0x52908400098527886E0F7030069857D2E4169EE7"),
            ("mmsi", "445123000"),
        ];
        for (kind, number) in good {
            assert_eq!(fault(kind, number), None, "{kind} {number}");
        }
        let bad = [
            ("imo", "9074728"),
            ("imo", "123"),
            ("container", "CSQU3054384"),
            ("iban", "GB82 WEST 1234 5698 7654 33"),
            ("iban", "DE8937040044053201300"),
            ("bic", "DEUT1EFF"),
            ("lei", "529900T8BM49AURSDO56"),
            ("wallet", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb"),
            ("wallet", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5"),
            ("mmsi", "12345"),
            ("wallet", "<script>"),
        ];
        for (kind, number) in bad {
            assert!(fault(kind, number).is_some(), "{kind} {number}");
        }
    }

    #[test]
    fn numbers_tell_their_country() {
        let mut problems = Vec::new();
        let table = "kind,prefix,country,basis\nmmsi,445,KP,x\nmmsi,671,TG,x\naircraft,P,KP,x\naircraft,RA,RU,x\naircraft,N,US,x\naircraft,9H,MT,x\naircraft,B,CN,x\n";
        let registries = Registries::read(table, &mut problems);
        assert!(problems.is_empty());
        let country = |c: Option<Country>| c.map(|c| c.code().to_owned()).unwrap_or_default();
        for (number, code) in [("445123000", "KP"), ("671123000", "TG"), ("999123000", ""), ("4", "")] {
            assert_eq!(country(registries.of_mmsi(number)), code, "{number}");
        }
        for (mark, code) in
            [("P-632", "KP"), ("RA-96012", "RU"), ("N628TS", "US"), ("9H-VJM", "MT"), ("B-2447", "CN"), ("Nice", ""), ("?", "")]
        {
            assert_eq!(country(registries.of_aircraft(mark)), code, "{mark}");
        }
    }

    #[test]
    fn the_hash_is_the_published_one() {
        let hex: String = sha256(b"abc").iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
