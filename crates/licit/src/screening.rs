//! Who on the lists a party may be: the answer as data and as JSON.

use crate::input::{self, Format, InputProblem, Reader};
use crate::{Rulebook, json};
use model::Party;
use resolve::{Bench, Hit, Notes, Query, Screener, Why, Wish};
use serde::Serialize;

/// Who a party may be.
#[derive(Clone, Debug)]
pub struct Screening {
    /// The caller's name for the question.
    pub id: String,
    /// Whoever may be meant, the likeliest first.
    pub hits: Vec<Hit>,
    /// Whether nobody reaches the threshold. A question that could not be read is never clear.
    pub clear: bool,
}

impl Screening {
    /// Looks a party up under its name and its other names.
    #[must_use]
    pub fn of(screener: &Screener, id: String, party: &Party, wish: &Wish, bench: &mut Bench) -> Self {
        let hits = resolve::screen(screener, &Query::of(party), &party.aliases, wish, bench);
        let clear = hits.iter().all(|h| h.score < wish.min);
        Self { id, hits, clear }
    }

    /// One line of JSON, as the contract fixes it.
    #[must_use]
    pub fn json(&self, indented: bool) -> String {
        json::text(&View { id: &self.id, hits: self.hits.iter().map(HitView::of).collect(), clear: self.clear }, indented)
    }
}

impl Rulebook {
    /// Reads whom to look for: `{"id", "name", "type"?, "country"?, "birth_date"?, "gender"?, "identifiers"?, "aliases"?}`.
    ///
    /// # Errors
    /// Every problem of the input, with its place, the reason and what would be right.
    pub fn read_query(&self, bytes: &[u8], format: Format) -> Result<(String, Party), Vec<InputProblem>> {
        let (node, text) = input::parse(bytes, format).map_err(|p| vec![p])?;
        Reader::new(self.law(), self.resolver(), Notes::none()).query(&node).map_err(|problems| input::with_places(problems, text, format))
    }
}

#[derive(Serialize)]
struct View<'a> {
    id: &'a str,
    hits: Vec<HitView<'a>>,
    clear: bool,
}

#[derive(Serialize)]
struct HitView<'a> {
    listing: String,
    list: &'a str,
    name: &'a str,
    matched: &'a str,
    #[serde(skip_serializing_if = "is_false")]
    weak: bool,
    score: f64,
    why: Vec<WhyView<'a>>,
    from: Option<String>,
    to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#type: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    birth_dates: Vec<String>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    countries: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    programmes: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    regimes: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    effects: &'a [String],
}

#[derive(Serialize)]
struct WhyView<'a> {
    feature: &'a str,
    effect: f64,
    text: &'a str,
}

impl<'a> HitView<'a> {
    fn of(hit: &'a Hit) -> Self {
        let r = &hit.record;
        let day = |d: Option<model::Date>| d.map(|d| d.to_string());
        Self {
            listing: r.listing(),
            list: &r.list,
            name: &r.name,
            matched: &hit.matched,
            weak: hit.weak,
            score: rounded(hit.score),
            why: hit.why.iter().map(|w: &Why| WhyView { feature: w.feature, effect: rounded(w.effect), text: &w.text }).collect(),
            from: day(hit.listed.and_then(|l| l.from)),
            to: day(hit.listed.and_then(|l| l.to)),
            r#type: r.kind.map(resolve::kind_word),
            birth_dates: r.births.iter().map(ToString::to_string).collect(),
            countries: &r.nationalities,
            programmes: &r.programmes,
            regimes: &r.regimes,
            effects: &r.effects,
        }
    }
}

/// Four places are more than any score is worth.
fn rounded(x: f32) -> f64 {
    (f64::from(x) * 10_000.0).round() / 10_000.0
}

fn is_false(b: &bool) -> bool {
    !b
}
