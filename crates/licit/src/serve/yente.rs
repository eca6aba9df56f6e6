//! Screening for programs that were written for OpenSanctions' `yente`: the same questions and the same shape of answers, over the
//! lists that are kept here. Scores are ours and so is the algorithm; names of others are taken and mean the same one.

use super::app::Shared;
use super::body;
use super::endpoints::{Answered, with_bench};
use super::json_rows::json_text;
use super::params::Params;
use super::problem::Problem;
use crate::input::day_span;
use crate::{InputProblem, Rulebook, json};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, Request, Uri};
use model::{Country, Party, PartyType};
use names::Kind;
use resolve::{Hit, Query, Record, Wish, screen};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Most queries of one request, as in yente.
const MOST_QUERIES: usize = 100;
/// Most values of one property.
const MOST_VALUES: usize = 50;
/// Most characters of one value.
const MOST_CHARS: usize = 500;
/// Most results of one query.
const MOST_RESULTS: usize = 500;
/// Results of a match, and of a search, where nothing is said; as in yente.
const MATCHES: usize = 5;
const FOUND: usize = 10;
/// The lowest score of a result where nothing is said; as in yente.
const CUTOFF: f64 = 0.5;

/// Their names of lists, and ours.
const NAMES: [(&str, &str); 12] = [
    ("un_sc_sanctions", "un-sc"),
    ("us_ofac_sdn", "us-ofac-sdn"),
    ("us_ofac_cons", "us-ofac-cons"),
    ("us_trade_csl", "us-csl"),
    ("eu_fsf", "eu-fsf"),
    ("gb_fcdo_sanctions", "uk-sl"),
    ("gb_hmt_sanctions", "uk-ofsi"),
    ("ch_seco_sanctions", "ch-seco"),
    ("ca_dfatd_sema_sanctions", "ca-sema"),
    ("au_dfat_sanctions", "au-dfat"),
    ("jp_meti_eul", "jp-meti"),
    ("jp_meti_end_user_list", "jp-meti"),
];

/// Names of everything together.
const ALL: [&str; 3] = ["default", "sanctions", "all"];

#[derive(Deserialize)]
struct Asked {
    queries: BTreeMap<String, Option<Example>>,
}

#[derive(Deserialize)]
struct Example {
    #[serde(default)]
    id: Option<String>,
    schema: String,
    #[serde(default)]
    properties: BTreeMap<String, Value>,
}

/// What of the answers is wanted.
struct Filter {
    wish: Wish,
    threshold: f64,
    without_schemas: Vec<String>,
    without: Vec<String>,
    countries: Vec<String>,
    /// Only topics that nobody here has were asked for.
    nothing: bool,
}

/// `POST /match/{scope}`.
pub(super) async fn matches(State(app): State<Shared>, Path(scope): Path<String>, request: Request<Body>) -> Answered {
    let (parts, body) = request.into_parts();
    let params = Params::of(parts.uri.query().unwrap_or_default().as_bytes())?;
    let mut filter = filter(&app.book, &scope, &params)?;
    filter.threshold = params.number("threshold", 0.0, 1.0)?.unwrap_or(f64::from(names::DEFAULT_THRESHOLD));
    filter.wish.min = params.number("cutoff", 0.0, 1.0)?.unwrap_or(CUTOFF).min(filter.threshold) as f32;
    filter.wish.limit = params.number("limit", 1, MOST_RESULTS)?.unwrap_or(MATCHES);
    body::json_only(&parts.headers)?;
    let held = body::whole(&app, &parts.headers, body, app.settings.limits.body_bytes).await?;
    let book = app.book.clone();
    let (text, size) = app.quick.run(move || matched(&book, &held.bytes, &filter)).await??;
    let mut response = json_text(text);
    response.headers_mut().insert(HeaderName::from_static("x-batch-size"), HeaderValue::from(size));
    Ok(response)
}

fn matched(book: &Rulebook, bytes: &[u8], filter: &Filter) -> Result<(String, usize), Problem> {
    let asked: Asked = serde_json::from_slice(bytes).map_err(|e| {
        let message = e.to_string();
        let told = message.split(" at line ").next().unwrap_or_default().to_owned();
        let help = r#"{"queries": {"q": {"schema": "Person", "properties": {"name": ["…"]}}}}"#;
        Problem::bad(&format!("line {}, column {}", e.line(), e.column()), told, help)
    })?;
    let queries: Vec<(&String, &Example)> = asked.queries.iter().filter_map(|(name, e)| Some((name, e.as_ref()?))).collect();
    if queries.is_empty() {
        return Err(Problem::bad("queries", "no query is given", ""));
    }
    if queries.len() > MOST_QUERIES {
        return Err(Problem::bad("queries", format!("more than {MOST_QUERIES} queries"), "send them in parts"));
    }
    let mut answers = Vec::with_capacity(queries.len());
    for (name, example) in &queries {
        let told = |p: InputProblem| InputProblem { at: format!("queries.{}.{}", name.chars().take(80).collect::<String>(), p.at), ..p };
        answers.push((*name, *example, one(book, example, filter).map_err(|p| Problem::input(vec![told(p)]))?));
    }
    let mut responses = BTreeMap::new();
    for (name, example, (party, hits)) in &answers {
        let results: Vec<Entity> = hits.iter().map(|hit| Entity::scored(hit, party, filter.threshold)).collect();
        let total = Total { value: results.len(), relation: "eq" };
        let query = Echo { id: example.id.as_deref(), schema: &example.schema, properties: &example.properties };
        responses.insert(name.as_str(), Matches { status: 200, results, total, query });
    }
    let size = queries.len();
    Ok((json::harmless(json::text(&Responses { responses, limit: filter.wish.limit }, false)), size))
}

fn one(book: &Rulebook, example: &Example, filter: &Filter) -> Result<(Party, Vec<Hit>), InputProblem> {
    let party = party(book, example)?;
    if filter.nothing || party.name.is_empty() && party.identifiers.is_empty() {
        return Ok((party, Vec::new()));
    }
    let hits = found(book, &Query::of(&party), &party.aliases, filter);
    Ok((party, hits))
}

/// What the lists say, without what is filtered out.
fn found(book: &Rulebook, query: &Query, aliases: &[String], filter: &Filter) -> Vec<Hit> {
    let wanted = filter.wish.limit;
    // What is filtered afterwards must not use up the number that was asked for.
    let filters = !filter.without.is_empty() || !filter.without_schemas.is_empty() || !filter.countries.is_empty();
    let limit = if filters { (wanted * 4).max(50) } else { wanted };
    let wish = Wish { limit, ..filter.wish.clone() };
    let mut hits = with_bench(|bench| screen(book.lists().screener(), query, aliases, &wish, bench));
    hits.retain(|h| {
        h.score >= wish.min
            && !filter.without.contains(&h.record.listing())
            && !filter.without_schemas.iter().any(|s| s == schema(h.record.kind))
            && (filter.countries.is_empty() || countries(&h.record).any(|c| filter.countries.contains(&c)))
    });
    hits.truncate(wanted);
    hits
}

fn filter(book: &Rulebook, scope: &str, params: &Params) -> Result<Filter, Problem> {
    const KNOWN: [&str; 22] = [
        "q",
        "schema",
        "limit",
        "offset",
        "threshold",
        "cutoff",
        "algorithm",
        "include_dataset",
        "exclude_dataset",
        "exclude_schema",
        "topics",
        "changed_since",
        "exclude_entity_ids",
        "countries",
        "datasets",
        "filter",
        "sort",
        "target",
        "fuzzy",
        "simple",
        "facets",
        "filter_op",
    ];
    params.only(&KNOWN)?;
    let known = book.lists().ids();
    let ours = |name: &str| NAMES.iter().find(|(theirs, _)| *theirs == name).map_or(name, |(_, ours)| *ours).to_owned();
    let mut lists: Vec<String> = known.iter().map(|l| (*l).to_owned()).collect();
    if !ALL.contains(&scope) {
        let list = ours(scope);
        if !known.contains(&list.as_str()) {
            return Err(Problem::not_found(format!("no list of that name here; there are default, {}", known.join(", "))));
        }
        lists = vec![list];
    }
    let included: Vec<String> = params.list("include_dataset").iter().chain(&params.list("datasets")).map(|n| ours(n)).collect();
    if !included.is_empty() && !ALL.contains(&scope) {
        // Their clients ask for several lists as the first in the path and the others here.
        lists.extend(included.into_iter().filter(|l| known.contains(&l.as_str())));
    } else if !included.is_empty() {
        lists.retain(|l| included.contains(l));
    }
    let excluded: Vec<String> = params.list("exclude_dataset").iter().map(|n| ours(n)).collect();
    lists.retain(|l| !excluded.contains(l));
    let topics = params.list("topics");
    let nothing = lists.is_empty() || !topics.is_empty() && !topics.iter().any(|t| t == "sanction");
    Ok(Filter {
        wish: Wish { lists, on: Some(crate::clock::today()), ..Wish::default() },
        threshold: 1.0,
        without_schemas: params.list("exclude_schema"),
        without: params.list("exclude_entity_ids"),
        countries: params.list("countries").iter().map(|c| c.to_lowercase()).collect(),
        nothing,
    })
}

/// The party that an example describes. What is no country, no date or no number says nothing, as in yente.
fn party(book: &Rulebook, example: &Example) -> Result<Party, InputProblem> {
    let bad = |at: &str, message: String| InputProblem { at: at.to_owned(), message, help: None };
    let kind = kind(&example.schema).map_err(|m| bad("schema", m))?;
    let mut values: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (property, value) in &example.properties {
        let list: Vec<&str> = match value {
            Value::String(one) => vec![one.as_str()],
            Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        if list.len() > MOST_VALUES || list.iter().any(|v| v.chars().count() > MOST_CHARS) {
            let shown: String = property.chars().take(40).collect();
            return Err(bad(
                &format!("properties.{shown}"),
                format!("more than {MOST_VALUES} values, or more than {MOST_CHARS} characters in one"),
            ));
        }
        values.insert(property.as_str(), list.into_iter().map(str::trim).filter(|v| !v.is_empty()).collect());
    }
    let of = |properties: &[&str]| -> Vec<String> {
        properties.iter().flat_map(|p| values.get(p).into_iter().flatten()).map(|v| (*v).to_owned()).collect()
    };
    let mut called = of(&["name", "alias", "weakAlias", "previousName", "abbreviation"]);
    if called.is_empty() {
        let parts = of(&["firstName", "givenName", "middleName", "secondName", "fatherName", "lastName"]);
        called.extend((!parts.is_empty()).then(|| parts.join(" ")));
    }
    let mut called = called.into_iter();
    let place = |v: &String| Country::new(&v.to_uppercase()).or_else(|| book.resolver().country(v).ok());
    let mut nationality: Vec<Country> =
        of(&["nationality", "citizenship", "country", "jurisdiction", "flag", "mainCountry"]).iter().filter_map(place).collect();
    nationality.dedup();
    let mut identifiers = Vec::new();
    for (property, word) in NUMBERS {
        identifiers.extend(of(&[property]).into_iter().map(|v| (word.to_owned(), v)));
    }
    Ok(Party {
        name: called.next().unwrap_or_default(),
        aliases: called.collect(),
        kind,
        nationality,
        birth: of(&["birthDate"]).iter().find_map(|d| day_span(d).ok()),
        female: of(&["gender"]).first().and_then(|g| match g.as_str() {
            "female" | "f" => Some(true),
            "male" | "m" => Some(false),
            _ => None,
        }),
        identifiers,
        ..Party::default()
    })
}

/// Their properties that are numbers, and our words for them.
const NUMBERS: [(&str, &str); 13] = [
    ("passportNumber", "passport"),
    ("idNumber", "national-id"),
    ("taxNumber", "tax"),
    ("innCode", "tax"),
    ("vatCode", "tax"),
    ("registrationNumber", "registration"),
    ("ogrnCode", "registration"),
    ("imoNumber", "imo"),
    ("mmsi", "mmsi"),
    ("swiftBic", "bic"),
    ("leiCode", "lei"),
    ("publicKey", "wallet"),
    ("accountNumber", "account"),
];

fn kind(schema: &str) -> Result<Option<PartyType>, String> {
    Ok(Some(match schema {
        "Person" => PartyType::Person,
        "Company" | "Organization" | "PublicBody" => PartyType::Organisation,
        "Vessel" => PartyType::Vessel,
        "Airplane" => PartyType::Aircraft,
        "Thing" | "LegalEntity" | "Vehicle" | "Asset" | "CryptoWallet" => return Ok(None),
        _ => {
            return Err(
                "no schema that can be looked for; there are Person, Company, Organization, LegalEntity, Vessel, Airplane, Thing".into()
            );
        }
    }))
}

fn schema(kind: Option<Kind>) -> &'static str {
    match kind {
        Some(Kind::Person) => "Person",
        Some(Kind::Body) => "Organization",
        Some(Kind::Vessel) => "Vessel",
        Some(Kind::Aircraft) => "Airplane",
        None => "LegalEntity",
    }
}

fn countries(record: &Record) -> impl Iterator<Item = String> {
    record.nationalities.iter().chain(&record.countries).map(|c| c.to_lowercase())
}

#[derive(Serialize)]
struct Responses<'a> {
    responses: BTreeMap<&'a str, Matches<'a>>,
    limit: usize,
}

#[derive(Serialize)]
struct Matches<'a> {
    status: u16,
    results: Vec<Entity<'a>>,
    total: Total,
    query: Echo<'a>,
}

#[derive(Serialize)]
struct Echo<'a> {
    id: Option<&'a str>,
    schema: &'a str,
    properties: &'a BTreeMap<String, Value>,
}

#[derive(Serialize)]
struct Total {
    value: usize,
    relation: &'static str,
}

#[derive(Serialize)]
struct Entity<'a> {
    id: String,
    caption: &'a str,
    schema: &'static str,
    properties: BTreeMap<&'static str, Vec<String>>,
    datasets: [&'a str; 1],
    referents: [&'a str; 0],
    target: bool,
    first_seen: Option<String>,
    last_seen: Option<String>,
    last_change: Option<String>,
    #[serde(flatten)]
    scored: Option<Scored<'a>>,
}

#[derive(Serialize)]
struct Scored<'a> {
    score: f64,
    r#match: bool,
    explanations: BTreeMap<&'a str, Feature<'a>>,
}

#[derive(Serialize)]
struct Feature<'a> {
    score: f64,
    detail: String,
    query: Option<&'a str>,
    candidate: Option<&'a str>,
    weight: f64,
}

impl<'a> Entity<'a> {
    fn of(hit: &'a Hit) -> Self {
        let r = &hit.record;
        let mut properties: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
        let mut put = |property: &'static str, values: Vec<String>| {
            if !values.is_empty() {
                properties.entry(property).or_default().extend(values);
            }
        };
        put("name", vec![r.name.clone()]);
        put("alias", if hit.matched == r.name { Vec::new() } else { vec![hit.matched.clone()] });
        put("birthDate", r.births.iter().filter_map(born).collect());
        put("gender", r.female.map(|f| if f { "female" } else { "male" }.to_owned()).into_iter().collect());
        let own = if r.kind == Some(Kind::Person) { "nationality" } else { "country" };
        put(own, r.nationalities.iter().map(|c| c.to_lowercase()).collect());
        put("country", r.countries.iter().map(|c| c.to_lowercase()).collect());
        put("position", r.positions.clone());
        put("program", r.programmes.clone());
        put("topics", vec!["sanction".to_owned()]);
        for (kind, value) in &r.identifiers {
            put(number(*kind), vec![value.clone()]);
        }
        let seen = hit.listed.and_then(|l| l.from).map(|d| format!("{d}T00:00:00"));
        Self {
            id: r.listing(),
            caption: &r.name,
            schema: schema(r.kind),
            properties,
            datasets: [r.list.as_str()],
            referents: [],
            target: true,
            first_seen: seen,
            last_seen: None,
            last_change: None,
            scored: None,
        }
    }

    fn scored(hit: &'a Hit, party: &'a Party, threshold: f64) -> Self {
        let mut explanations: BTreeMap<&str, Feature> = BTreeMap::new();
        for why in &hit.why {
            let name = why.feature == "name";
            let of = |text: &'a str| name.then_some(text);
            let made = Feature { score: 0.0, detail: String::new(), query: of(&party.name), candidate: of(&hit.matched), weight: 1.0 };
            let feature = explanations.entry(why.feature).or_insert(made);
            feature.score = places(feature.score + f64::from(why.effect));
            let gap = if feature.detail.is_empty() { "" } else { "; " };
            feature.detail.push_str(&format!("{gap}{}", why.text));
        }
        let score = places(f64::from(hit.score));
        Self { scored: Some(Scored { score, r#match: score >= threshold, explanations }), ..Self::of(hit) }
    }
}

/// Four places are more than any score is worth.
fn places(x: f64) -> f64 {
    (x * 10_000.0).round() / 10_000.0
}

/// As exact as it is known: `1964-07-17`, `1964-07` or `1964`; nothing where it is a guess over years.
fn born(span: &lists::Span) -> Option<String> {
    let (first, last) = (span.first, span.last);
    if first == last {
        Some(first.to_string())
    } else if first.year() != last.year() {
        None
    } else if first.month() == last.month() {
        Some(format!("{}-{:02}", first.year(), first.month()))
    } else {
        Some(first.year().to_string())
    }
}

fn number(kind: lists::IdentifierKind) -> &'static str {
    use lists::IdentifierKind as K;
    match kind {
        K::Passport => "passportNumber",
        K::Tax => "taxNumber",
        K::Registration => "registrationNumber",
        K::Imo | K::ImoCompany => "imoNumber",
        K::Mmsi => "mmsi",
        K::CallSign => "callSign",
        K::Bic => "swiftBic",
        K::Lei => "leiCode",
        K::Wallet => "publicKey",
        K::Account => "accountNumber",
        _ => "idNumber",
    }
}

/// `GET /search/{scope}`: by a name, without anything that is known beside it.
pub(super) async fn search(State(app): State<Shared>, Path(scope): Path<String>, uri: Uri) -> Answered {
    let params = Params::of(uri.query().unwrap_or_default().as_bytes())?;
    let mut filter = filter(&app.book, &scope, &params)?;
    let limit = params.number("limit", 0, MOST_RESULTS)?.unwrap_or(FOUND);
    let offset = params.number("offset", 0, MOST_RESULTS)?.unwrap_or(0);
    let q = params.one("q")?.unwrap_or_default().to_owned();
    if q.chars().count() > MOST_CHARS {
        return Err(Problem::parameter("q", format!("more than {MOST_CHARS} characters")));
    }
    let kind = match params.one("schema")? {
        Some(schema) => kind(schema).map_err(|m| Problem::parameter("schema", m))?,
        None => None,
    };
    filter.wish.min = CUTOFF as f32;
    filter.wish.limit = MOST_RESULTS;
    let book = app.book.clone();
    let text = app
        .quick
        .run(move || {
            let query = Query {
                kind: kind.map(|k| Query::of(&Party { kind: Some(k), ..Party::default() })).and_then(|q| q.kind),
                ..Query::name(&q)
            };
            let hits = if q.is_empty() || filter.nothing { Vec::new() } else { found(&book, &query, &[], &filter) };
            let wanted = query.kind;
            let hits: Vec<&Hit> = hits.iter().filter(|h| wanted.is_none() || h.record.kind.is_none() || h.record.kind == wanted).collect();
            json::harmless(json::text(&searched(&book, &hits, limit, offset), false))
        })
        .await?;
    Ok(json_text(text))
}

#[derive(Serialize)]
struct Searched<'a> {
    limit: usize,
    offset: usize,
    total: Total,
    results: Vec<Entity<'a>>,
    facets: BTreeMap<&'static str, Facet>,
}

#[derive(Serialize)]
struct Facet {
    label: &'static str,
    values: Vec<FacetValue>,
}

#[derive(Serialize)]
struct FacetValue {
    name: String,
    label: String,
    count: usize,
}

fn searched<'a>(book: &Rulebook, hits: &[&'a Hit], limit: usize, offset: usize) -> Searched<'a> {
    let relation = if hits.len() >= MOST_RESULTS { "gte" } else { "eq" };
    let named = |code: &str| Country::new(&code.to_uppercase()).map_or_else(|| code.to_owned(), |c| book.resolver().country_name(c, false));
    let facet = |label, each: &dyn Fn(&Hit) -> Vec<String>, name: &dyn Fn(&str) -> String| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for hit in hits {
            let mut values = each(hit);
            values.sort();
            values.dedup();
            values.into_iter().for_each(|v| *counts.entry(v).or_default() += 1);
        }
        let mut values: Vec<FacetValue> = counts.into_iter().map(|(v, count)| FacetValue { label: name(&v), name: v, count }).collect();
        values.sort_by_key(|v| std::cmp::Reverse(v.count));
        values.truncate(20);
        Facet { label, values }
    };
    let same = |v: &str| v.to_owned();
    let facets = BTreeMap::from([
        ("countries", facet("Countries", &|h| countries(&h.record).collect(), &named)),
        ("datasets", facet("Data sources", &|h| vec![h.record.list.clone()], &same)),
        ("topics", facet("Topics", &|_| vec!["sanction".to_owned()], &same)),
    ]);
    Searched {
        limit,
        offset,
        total: Total { value: hits.len(), relation },
        results: hits.iter().skip(offset).take(limit).map(|h| Entity::of(h)).collect(),
        facets,
    }
}

/// `GET /entities/{id}`: one listing.
pub(super) async fn entity(State(app): State<Shared>, Path(id): Path<String>, uri: Uri) -> Answered {
    Params::of(uri.query().unwrap_or_default().as_bytes())?.only(&["nested"])?;
    let Some(record) = app.book.lists().screener().listing(&id) else {
        return Err(Problem::not_found("no listing has that id; ids look like un-sc/KPi.033, with the stroke written `%2F` or as it is"));
    };
    let listed = record.listed_on(None);
    let hit = Hit { matched: record.name.clone(), record, weak: false, score: 1.0, name_score: 1.0, why: Vec::new(), listed };
    Ok(json_text(json::harmless(json::text(&Entity::of(&hit), false))))
}

/// `GET /algorithms`: there is one.
pub(super) async fn algorithms() -> axum::response::Response {
    let docs = serde_json::json!({
        "name": {"description": "how alike the names are, across scripts and ways of writing", "coefficient": 1.0},
        "birth_date": {"description": "agreeing or contradicting dates of birth", "coefficient": 1.0},
        "country": {"description": "agreeing or contradicting nationalities", "coefficient": 1.0},
        "gender": {"description": "contradicting gender", "coefficient": 1.0},
        "type": {"description": "contradicting sorts of party", "coefficient": 1.0},
        "identifier": {"description": "agreeing or contradicting numbers", "coefficient": 1.0},
    });
    let one = serde_json::json!({"name": "licit", "description": "Evidence for and against, each with a reason in words.", "features": docs, "docs": docs});
    json_text(serde_json::json!({"algorithms": [one], "default": "licit", "best": "licit"}).to_string())
}

/// `GET /catalog`: the lists in use.
pub(super) async fn catalog(State(app): State<Shared>) -> axum::response::Response {
    let lists = app.book.lists().all();
    let one = |l: &crate::ListInUse| {
        serde_json::json!({"name": l.list, "title": l.list, "version": l.version, "load": true, "index_current": true, "index_version": l.version,
            "updated_at": format!("{}T00:00:00", l.day), "children": []})
    };
    let names: Vec<&str> = lists.iter().map(|l| l.list.as_str()).collect();
    let mut all: Vec<Value> = lists.iter().map(one).collect();
    all.push(serde_json::json!({"name": "default", "title": "All lists kept here", "load": false, "children": names}));
    json_text(serde_json::json!({"datasets": all, "current": names, "outdated": [], "index_stale": false}).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sort_of_party_has_a_schema_that_can_be_asked_for() {
        for kind_here in [Kind::Person, Kind::Body, Kind::Vessel, Kind::Aircraft] {
            assert!(kind(schema(Some(kind_here))).is_ok_and(|k| k.is_some()), "{kind_here:?}");
        }
        assert_eq!(kind(schema(None)), Ok(None));
        assert!(kind("Article").is_err());
    }

    #[test]
    fn a_date_of_birth_is_as_exact_as_it_is_known() {
        let day = |y, m, d| model::Date::constant(y, m, d);
        let span = |first, last| lists::Span { first, last, about: false };
        assert_eq!(born(&span(day(1964, 7, 17), day(1964, 7, 17))).as_deref(), Some("1964-07-17"));
        assert_eq!(born(&span(day(1964, 7, 1), day(1964, 7, 31))).as_deref(), Some("1964-07"));
        assert_eq!(born(&span(day(1964, 1, 1), day(1964, 12, 31))).as_deref(), Some("1964"));
        assert_eq!(born(&span(day(1960, 1, 1), day(1964, 12, 31))), None);
    }
}
