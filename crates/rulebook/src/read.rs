//! From files to blocks. Each block is read on its own, so that one bad block hides no other problem.

use crate::blocks::{Encoded, Words};
use crate::condition::{Condition, Context};
use crate::markdown::{Fence, Section, sections};
use crate::{
    Adoption, Contest, Definition, Effect, Exception, ExceptionKind, Instrument, Judgement, ListDef, ListRow, Paragraph, ParagraphKind,
    Parameter, Period, Problem, Prohibition, Purpose, Reach, Reading, Regime, Route, Rulebook, SourceFile, Step, Unit, Vote, is_word,
    lists,
};
use model::{ActKind, Country, Date, Group, Member, Role, nearest};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use toml::{Table, Value};

const BLOCKS: [&str; 19] = [
    "instrument",
    "prohibition",
    "duty",
    "exposure",
    "conflict",
    "contest",
    "exemption",
    "derogation",
    "definition",
    "note",
    "parameter",
    "list",
    "no-rule",
    "unread",
    "reach",
    "regime",
    "words",
    "judgement",
    "purpose",
];

/// Most bytes a law file may have.
const MAX_FILE_BYTES: usize = 4 << 20;

pub(crate) fn date(d: &toml::value::Datetime) -> Option<Date> {
    let date = d.date?;
    if d.time.is_some() {
        return None;
    }
    Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
}

pub(crate) fn files(all: &[SourceFile]) -> (Rulebook, Vec<Problem>) {
    let mut reader = Reader {
        book: Rulebook::default(),
        problems: Vec::new(),
        groups: BTreeMap::new(),
        ids: BTreeSet::new(),
        csv: BTreeMap::new(),
        rows: BTreeMap::new(),
        units: BTreeMap::new(),
    };
    let mut laws = Vec::new();
    // Folders are listed in any order; the same law is to be the same rulebook.
    let mut all: Vec<&SourceFile> = all.iter().collect();
    all.sort_by(|a, b| Path::new(&a.name).cmp(Path::new(&b.name)));
    for file in all {
        if file.text.len() > MAX_FILE_BYTES {
            reader.tell(&file.name, 1, "the file is larger than 4 MiB", None);
        } else if file.name.ends_with(".csv") {
            reader.csv.insert(file.name.clone(), &file.text);
        } else if file.name.ends_with(".md") {
            let (sections, unclosed) = sections(&file.text);
            if let Some(line) = unclosed {
                reader.tell(&file.name, line, "this block is never closed with ```", None);
            }
            laws.push((file.name.as_str(), sections));
        }
    }
    // Groups first: any file may use them.
    for (name, sections) in &laws {
        for fence in sections.iter().flat_map(|s| &s.fences).filter(|f| f.kind == "words") {
            reader.words(name, fence);
        }
    }
    for (name, sections) in &laws {
        reader.file(name, sections);
    }
    reader.book.instruments.sort_by_key(|i| i.adopted.on);
    reader.book.exceptions_by_regime();
    (reader.book, reader.problems)
}

struct Reader<'a> {
    book: Rulebook,
    problems: Vec<Problem>,
    groups: BTreeMap<String, Words>,
    ids: BTreeSet<String>,
    csv: BTreeMap<String, &'a str>,
    rows: BTreeMap<String, Vec<ListRow>>,
    /// What the numbers of each instrument are.
    units: BTreeMap<String, Unit>,
}

/// Where a block stands.
struct Spot<'a> {
    file: &'a str,
    line: usize,
    instrument: Option<&'a Instrument>,
}

impl<'a> Reader<'a> {
    fn tell(&mut self, file: &str, line: usize, message: impl Into<String>, help: Option<String>) {
        self.problems.push(Problem { file: file.to_owned(), line, message: message.into(), help });
    }

    fn table(&mut self, file: &str, fence: &Fence) -> Option<Table> {
        match fence.text.parse::<Table>() {
            Ok(table) => Some(table),
            Err(error) => {
                let start = error.span().map_or(0, |s| s.start);
                let within = fence.text.get(..start).map_or(0, |t| t.bytes().filter(|b| *b == b'\n').count());
                self.tell(file, fence.line + within, error.message().to_owned(), None);
                None
            }
        }
    }

    fn words(&mut self, file: &str, fence: &Fence) {
        let Some(table) = self.table(file, fence) else { return };
        let mut fields = Fields::new(table);
        let id = fields.text("id");
        let kinds = fields.words("kinds", ActKind::parse, &ActKind::all_words());
        let roles = fields.words("roles", Role::parse, &Role::all_words());
        let countries = fields.countries();
        let title = fields.maybe_text("title");
        if title.is_some() && countries.is_none() {
            fields.bad("`title` goes with `countries`");
        }
        let group = match (kinds, roles, countries) {
            (Some(kinds), None, None) => Some(Words::Kinds(kinds)),
            (None, Some(roles), None) => Some(Words::Roles(roles)),
            (None, None, Some(mut members)) => {
                members.sort();
                let group = Arc::new(Group { id: id.clone(), title: title.unwrap_or_default(), members });
                self.book.groups.push(Arc::clone(&group));
                Some(Words::Countries(group))
            }
            _ => {
                fields.bad("a `words` block has one of `kinds`, `roles` and `countries`");
                None
            }
        };
        if let Some(group) = group
            && self.groups.insert(id.clone(), group).is_some()
        {
            fields.bad(format!("the group `{id}` is written twice"));
        }
        self.finish(file, fence, fields);
    }

    fn finish(&mut self, file: &str, fence: &Fence, fields: Fields) {
        for (key, message, help) in fields.finish() {
            let line = fence.text.lines().position(|l| l.trim_start().starts_with(key.as_str())).unwrap_or(0);
            self.tell(file, fence.line + line, message, help);
        }
    }

    fn file(&mut self, file: &str, sections: &[Section]) {
        let (mut instrument, mut broken) = (None, false);
        for section in sections {
            let mut kinds = Vec::new();
            let mut reason = None;
            for fence in &section.fences {
                if !BLOCKS.contains(&fence.kind.as_str()) {
                    let help = nearest(&fence.kind, BLOCKS).map(str::to_owned);
                    self.tell(file, fence.line - 1, format!("unknown block `{}`", fence.kind), help);
                    continue;
                }
                kinds.push(fence.kind.clone());
                if fence.kind == "words" {
                    continue;
                }
                let Some(table) = self.table(file, fence) else {
                    // One damaged header must not make every paragraph below it a problem of its own.
                    broken |= fence.kind == "instrument";
                    continue;
                };
                let mut fields = Fields::new(table);
                if fence.kind == "instrument" {
                    let read = read_instrument(&mut fields, file);
                    self.claim(&mut fields, &read.id);
                    self.units.insert(read.id.clone(), read.unit);
                    instrument = Some(read);
                } else {
                    let spot = Spot { file, line: fence.line, instrument: instrument.as_ref() };
                    let said = self.block(&fence.kind, &mut fields, &spot);
                    reason = reason.or(said);
                }
                self.finish(file, fence, fields);
            }
            if section.level == 2 && section.heading.starts_with('¶') {
                match &instrument {
                    Some(i) => self.paragraph(file, section, &i.id.clone(), &kinds, reason),
                    None if broken => self.paragraph(file, section, "", &kinds, reason),
                    None => self.tell(file, section.line, "a paragraph before the `instrument` block", None),
                }
            }
        }
        self.book.instruments.extend(instrument);
    }

    fn paragraph(&mut self, file: &str, section: &Section, instrument: &str, kinds: &[String], reason: Option<String>) {
        let (number, title) =
            section.heading.trim_start_matches('¶').split_once(' ').unwrap_or((section.heading.trim_start_matches('¶'), ""));
        let unit = self.units.get(instrument).copied().unwrap_or_default();
        // What stands beside the numbered text, such as a ban on entry in the decision beside a regulation, has a word for its number.
        let worded = unit == Unit::Measure || is_word(number);
        // An article may carry letters: `16p` counts as 16, `46Z16R` as 46.
        let main = |text: &str| {
            let first = text.split('.').next().unwrap_or("");
            let digits = first.find(|c: char| c.is_ascii_alphabetic()).map_or(first, |letter| &first[..letter]);
            if worded { Some(0) } else { digits.parse::<u32>().ok().filter(|_| first.chars().all(|c| c.is_ascii_alphanumeric())) }
        };
        let span = match number.split_once(['-', '–']).filter(|_| !worded) {
            Some((a, b)) => main(a).zip(main(b)),
            _ if worded => Some((0, 0)),
            None => main(number).map(|n| (n, n)),
        };
        let Some(span) = span.filter(|(a, b)| a <= b) else {
            return self.tell(file, section.line, format!("`{number}` is no paragraph number"), None);
        };
        if section.prose.trim().is_empty() {
            self.tell(file, section.line, format!("paragraph ¶{number} has no restatement"), None);
        }
        let kind = if kinds.iter().any(|k| !matches!(k.as_str(), "no-rule" | "unread")) {
            ParagraphKind::Rule
        } else if kinds.iter().any(|k| k == "no-rule") {
            ParagraphKind::Reason
        } else if kinds.iter().any(|k| k == "unread") {
            ParagraphKind::Unread
        } else {
            return self.tell(file, section.line, format!("paragraph ¶{number} has neither a rule nor a reason for none"), None);
        };
        self.book.paragraphs.push(Paragraph {
            instrument: instrument.to_owned(),
            number: number.to_owned(),
            span,
            title: title.to_owned(),
            prose: section.prose.trim().to_owned(),
            kind,
            reason,
            place: (file.to_owned(), section.line),
        });
    }

    fn claim(&mut self, fields: &mut Fields, id: &str) {
        if !self.ids.insert(id.to_owned()) {
            fields.bad(format!("the id `{id}` is used twice"));
        }
    }

    /// Reads one block into the book; returns the reason or the words of a note.
    fn block(&mut self, kind: &str, fields: &mut Fields, spot: &Spot) -> Option<String> {
        match kind {
            "prohibition" | "duty" | "exposure" | "conflict" => self.rule(kind, fields, spot),
            "contest" => self.contest(fields, spot),
            "exemption" | "derogation" => self.exception(kind == "derogation", fields, spot),
            "definition" => self.definition(fields, spot),
            "parameter" => self.parameter(fields, spot),
            "list" => self.list(fields, spot),
            "no-rule" => return Some(fields.text("reason")),
            "unread" => return fields.maybe_text("about"),
            "note" => {
                let _ = fields.confidence();
                let _ = fields.maybe_text("source");
                for id in fields.texts("by") {
                    self.book.mentions.push((id, spot.place()));
                }
                return Some(fields.text("says"));
            }
            "reach" => {
                let of = fields.take("of").and_then(|v| self.area(&v, fields));
                let reach =
                    Reach { id: fields.text("id"), says: fields.text("says"), binds: fields.texts("binds"), of, place: spot.place() };
                self.claim(fields, &reach.id);
                self.book.reaches.insert(reach.id.clone(), reach);
            }
            "regime" => {
                let when = self.when(fields).unwrap_or(Condition::Always);
                let _ = fields.text("says");
                let encoded = fields.encoded();
                let periods = fields.periods(false);
                let regime = Regime {
                    id: fields.text("id"),
                    title: fields.text("title"),
                    jurisdiction: fields.text("jurisdiction"),
                    when,
                    encoded,
                    lists: fields.texts("lists"),
                    periods,
                    place: spot.place(),
                };
                self.claim(fields, &regime.id);
                self.book.regimes.insert(regime.id.clone(), regime);
            }
            "judgement" => {
                let _ = fields.maybe_text("cost");
                let j = Judgement { id: fields.text("id"), question: fields.text("question"), by: fields.text("by") };
                self.claim(fields, &format!("judgement {}", j.id));
                self.book.judgements.insert(j.id.clone(), j);
            }
            "purpose" => {
                let p = Purpose {
                    id: fields.text("id"),
                    judgement: fields.text("judgement"),
                    question: fields.text("question"),
                    place: spot.place(),
                };
                self.claim(fields, &format!("purpose {}", p.id));
                self.book.purposes.insert(p.id.clone(), p);
            }
            _ => {}
        }
        None
    }

    fn when(&self, fields: &mut Fields) -> Option<Condition> {
        let value = fields.take("when")?;
        let context = Context { groups: &self.groups };
        match context.condition(&value) {
            Ok(condition) => Some(condition),
            Err((message, help)) => {
                fields.problems.push(("when".into(), message, help));
                None
            }
        }
    }

    fn area(&self, value: &Value, fields: &mut Fields) -> Option<model::Area> {
        match (Context { groups: &self.groups }).area(value) {
            Ok(area) => Some(area),
            Err((message, help)) => {
                fields.problems.push(("of".into(), message, help));
                None
            }
        }
    }

    /// A prohibition, duty, exposure or conflict.
    fn rule(&mut self, kind: &str, fields: &mut Fields, spot: &Spot) {
        let id = fields.text("id");
        self.claim(fields, &id);
        let when = self.when(fields);
        if when.is_none() && kind != "duty" && fields.problems.is_empty() {
            fields.bad(format!("a {kind} needs `when`"));
        }
        let contested = fields.contested();
        let periods = fields.periods(true);
        let effect = match kind {
            "duty" => Effect::Obliges(fields.text("must")),
            "exposure" => Effect::Exposes,
            "conflict" => Effect::Conflicts(fields.texts("with")),
            _ => Effect::Prohibits,
        };
        let verified = fields.confidence();
        let implements = fields.texts("implements");
        let others = contested.iter().map(|(_, contest)| contest).chain(&implements);
        self.book.mentions.extend(others.map(|id| (id.clone(), spot.place())));
        self.book.prohibitions.push(Prohibition {
            title: fields.text("title"),
            says: fields.text("says"),
            reach: if effect == Effect::Prohibits { fields.text("reach") } else { fields.maybe_text("reach").unwrap_or_default() },
            effect,
            periods,
            when,
            verified,
            source: fields.maybe_text("source").or_else(|| spot.instrument.map(|i| i.source.clone())),
            supersedes: fields.texts("supersedes"),
            implements,
            contested,
            regime: spot.regime(),
            place: spot.place(),
            id,
        });
    }

    /// A contest can be answered like any other finding.
    fn contest(&mut self, fields: &mut Fields, spot: &Spot) {
        let id = fields.text("id");
        self.claim(fields, &id);
        let question = fields.text("question");
        let contest = Contest {
            title: fields.text("title"),
            says: fields.text("says"),
            readings: fields.readings(),
            verified: fields.confidence(),
            source: fields.maybe_text("source"),
            question: question.clone(),
            place: spot.place(),
            id: id.clone(),
        };
        let judgement = Judgement { id: id.clone(), question, by: "whoever holds one of the readings".into() };
        self.book.judgements.insert(id.clone(), judgement);
        self.book.contests.insert(id, contest);
    }

    fn exception(&mut self, derogation: bool, fields: &mut Fields, spot: &Spot) {
        let id = fields.text("id");
        self.claim(fields, &id);
        let given = self.when(fields);
        if given.is_none() && !derogation && fields.problems.is_empty() {
            fields.bad("an exemption needs `when`");
        }
        let kind = if derogation {
            let route = match fields.text("route").as_str() {
                "specific" => Route::Specific,
                "discretionary" => Route::Discretionary,
                other => {
                    fields.bad(format!("`route` is specific or discretionary, not `{other}`"));
                    Route::Discretionary
                }
            };
            ExceptionKind::Derogation {
                authority: fields.text("authority"),
                route,
                silence_days: fields.take("silence-days").and_then(|v| v.as_integer()).and_then(|n| u32::try_from(n).ok()),
                asks: fields.texts("asks"),
            }
        } else {
            ExceptionKind::Exemption
        };
        let title = fields.maybe_text("title").unwrap_or_default();
        let defeats = fields.texts("defeats");
        if defeats.is_empty() {
            fields.bad("an exception names what it defeats");
        }
        let verified = fields.confidence();
        self.book.exceptions.push(Exception {
            title,
            says: fields.text("says"),
            kind,
            defeats,
            when: given.unwrap_or(Condition::Always),
            periods: fields.periods(false),
            verified,
            source: fields.maybe_text("source").or_else(|| spot.instrument.map(|i| i.source.clone())),
            regime: spot.regime(),
            regimes: Vec::new(),
            place: spot.place(),
            id,
        });
    }

    fn definition(&mut self, fields: &mut Fields, spot: &Spot) {
        let id = fields.text("id");
        self.claim(fields, &id);
        let Some(when) = self.when(fields) else { return fields.bad("a definition needs `when`") };
        let verified = fields.confidence();
        let _ = (fields.maybe_text("source"), fields.maybe_text("title"));
        let periods = fields.periods(false);
        let closed = fields.take("closed").is_none_or(|v| v.as_bool().unwrap_or(true));
        let says = fields.text("says");
        self.book.definitions.insert(id.clone(), Definition { id, says, when, periods, closed, verified, place: spot.place() });
    }

    fn parameter(&mut self, fields: &mut Fields, spot: &Spot) {
        let id = fields.text("id");
        self.claim(fields, &id);
        let mut steps = Vec::new();
        match fields.take("values") {
            Some(Value::Array(values)) => {
                for value in values {
                    let from = value.get("from").and_then(Value::as_datetime).and_then(date);
                    let to = value.get("to").map(|d| d.as_datetime().and_then(date));
                    match (from, to, value.get("value").and_then(Fields::number)) {
                        (Some(from), None | Some(Some(_)), Some(number)) => steps.push(Step {
                            period: Period { from, to: to.flatten() },
                            value: number,
                            by: value.get("by").and_then(Value::as_str).unwrap_or("").to_owned(),
                        }),
                        _ => fields.bad("each value of a parameter needs `from`, `value`, and dates that exist"),
                    }
                }
            }
            _ => fields.bad("a parameter needs `values`"),
        }
        self.book.mentions.extend(steps.iter().filter(|s| !s.by.is_empty()).map(|s| (s.by.clone(), spot.place())));
        for pair in steps.windows(2) {
            if let [a, b] = pair
                && a.period.to.is_none_or(|to| to >= b.period.from)
            {
                fields.bad("the values of a parameter overlap");
            }
        }
        let _ = (fields.maybe_text("confidence"), fields.maybe_text("source"), fields.maybe_text("title"), fields.maybe_text("says"));
        let parameter = Parameter { unit: fields.text("unit"), period: fields.text("period"), steps, place: spot.place(), id };
        self.book.parameters.insert(parameter.id.clone(), parameter);
    }

    fn list(&mut self, fields: &mut Fields, spot: &Spot) {
        let id = fields.text("id");
        self.claim(fields, &id);
        let file = fields.text("file");
        let wanted = format!("/{}", file.rsplit('/').next().unwrap_or(&file));
        // The lists of an authority stand in its own folder; another authority may have a file of the same name.
        let authority: String = spot.file.split_inclusive('/').take(2).collect();
        let fits = |name: &&String| name.starts_with(&authority) && name.ends_with(&wanted);
        let anywhere = |name: &&String| name.ends_with(&wanted);
        let found = self
            .csv
            .keys()
            .find(fits)
            .or_else(|| self.csv.keys().find(anywhere))
            .and_then(|name| Some((name.clone(), *self.csv.get(name)?)));
        let rows = match found {
            Some((name, text)) => match self.rows.get(&name) {
                Some(rows) => rows.clone(),
                None => {
                    let rows = lists::read(&name, text, &mut self.problems);
                    self.rows.insert(name, rows.clone());
                    rows
                }
            },
            None => {
                let names: Vec<String> = self.csv.keys().filter_map(|n| n.rsplit('/').next().map(str::to_owned)).collect();
                let help = nearest(wanted.trim_start_matches('/'), names.iter().map(String::as_str)).map(str::to_owned);
                fields.problems.push(("file".into(), format!("there is no list file `{file}`"), help));
                Vec::new()
            }
        };
        let _ = (fields.take("closed"), fields.maybe_text("source"), fields.maybe_text("nomenclature"));
        let describes = fields.take("describes").is_some_and(|v| v.as_bool() == Some(true));
        let presume = fields.maybe_text("presume");
        if presume.as_deref().is_some_and(|word| word != "no") {
            fields.bad("`presume` of a list is `no`");
        }
        let presumed_no = presume.is_some();
        let verified = fields.confidence();
        let (title, question) = (fields.text("title"), fields.text("question"));
        let list = ListDef { title, question, file, describes, presumed_no, rows, verified, place: spot.place(), id };
        self.book.lists.insert(list.id.clone(), list);
    }
}

impl Spot<'_> {
    fn regime(&self) -> String {
        self.instrument.map_or_else(String::new, |i| i.regime.clone())
    }
    fn place(&self) -> (String, usize) {
        (self.file.to_owned(), self.line)
    }
}

fn read_instrument(fields: &mut Fields, file: &str) -> Instrument {
    let vote = fields.take("vote").map(|v| {
        let count = |key: &str| v.get(key).and_then(Value::as_integer).and_then(|n| u8::try_from(n).ok()).unwrap_or(0);
        let abstained = v
            .get("abstained")
            .and_then(Value::as_array)
            .map_or_else(Vec::new, |a| a.iter().filter_map(Value::as_str).map(str::to_owned).collect());
        Vote { yes: count("for"), no: count("against"), abstaining: count("abstaining"), abstained }
    });
    let on = fields.day("adopted").unwrap_or(Date::MIN);
    if on == Date::MIN {
        fields.bad("an instrument needs `adopted`, a date");
    }
    let verified = fields.confidence();
    Instrument {
        id: fields.text("id"),
        regime: fields.text("regime"),
        issuer: fields.text("issuer"),
        symbol: fields.text("symbol"),
        title: fields.text("title"),
        adopted: Adoption { on, vote, meeting: fields.maybe_text("meeting") },
        source: fields.text("source"),
        verified,
        paragraphs: fields.take("paragraphs").and_then(|v| v.as_integer()).and_then(|n| u32::try_from(n).ok()),
        unit: fields.unit(),
        file: file.to_owned(),
    }
}

/// The fields of one block; what nobody took is unknown.
pub(crate) struct Fields {
    table: Table,
    taken: Vec<String>,
    /// Field, message, nearest right word.
    pub problems: Vec<(String, String, Option<String>)>,
}

impl Fields {
    fn new(table: Table) -> Self {
        Self { table, taken: Vec::new(), problems: Vec::new() }
    }
    fn bad(&mut self, message: impl Into<String>) {
        self.problems.push((String::new(), message.into(), None));
    }
    fn take(&mut self, key: &str) -> Option<Value> {
        self.taken.push(key.to_owned());
        self.table.remove(key)
    }
    fn text(&mut self, key: &str) -> String {
        match self.take(key) {
            Some(Value::String(s)) if !s.trim().is_empty() => s,
            Some(_) => {
                self.problems.push((key.into(), format!("`{key}` must be a text in quotes, and not empty"), None));
                String::new()
            }
            None => {
                self.problems.push((String::new(), format!("`{key}` is missing"), None));
                String::new()
            }
        }
    }
    fn maybe_text(&mut self, key: &str) -> Option<String> {
        self.table.contains_key(key).then(|| self.text(key))
    }
    fn texts(&mut self, key: &str) -> Vec<String> {
        match self.take(key) {
            None => Vec::new(),
            Some(Value::String(s)) => vec![s],
            Some(Value::Array(list)) if list.iter().all(Value::is_str) => {
                list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            }
            Some(_) => {
                self.problems.push((key.into(), format!("`{key}` must be a list of texts"), None));
                Vec::new()
            }
        }
    }
    fn words<T>(&mut self, key: &str, parse: fn(&str) -> Option<T>, all: &[&str]) -> Option<Vec<T>> {
        self.table.contains_key(key).then(|| {
            let mut out = Vec::new();
            for word in self.texts(key) {
                match parse(&word) {
                    Some(value) => out.push(value),
                    None => {
                        let help = nearest(&word, all.iter().copied()).map(str::to_owned);
                        self.problems.push((key.into(), format!("unknown word `{word}`"), help));
                    }
                }
            }
            out
        })
    }
    fn day(&mut self, key: &str) -> Option<Date> {
        match self.take(key) {
            None => None,
            Some(Value::Datetime(d)) if date(&d).is_some() => date(&d),
            Some(_) => {
                self.problems.push((key.into(), format!("`{key}` must be a date such as 2017-12-22, without quotes"), None));
                None
            }
        }
    }
    fn confidence(&mut self) -> bool {
        match self.text("confidence").as_str() {
            "verified" => true,
            "recalled" | "" => false,
            other => {
                let help = nearest(other, ["verified", "recalled"]).map(str::to_owned);
                self.problems.push(("confidence".into(), format!("`confidence` is verified or recalled, not `{other}`"), help));
                false
            }
        }
    }
    fn periods(&mut self, needed: bool) -> Vec<Period> {
        let mut periods = Vec::new();
        let given = self.take("periods");
        if given.is_some() && (self.table.contains_key("from") || self.table.contains_key("to")) {
            self.bad("`periods` stands instead of `from` and `to`");
        }
        if let Some(Value::Array(list)) = given {
            for value in list {
                let day = |key: &str| value.get(key).and_then(Value::as_datetime).and_then(date);
                match day("from") {
                    Some(from) => periods.push(Period { from, to: day("to") }),
                    None => self.bad("each period needs `from`"),
                }
            }
        }
        let (from, to) = (self.day("from"), self.day("to"));
        if let Some(from) = from {
            periods.push(Period { from, to });
        } else if let Some(to) = to {
            periods.push(Period { from: Date::MIN, to: Some(to) });
        }
        if needed && periods.is_empty() {
            self.bad("`from` is missing: the first day in force");
        }
        if periods.iter().any(|p| p.to.is_some_and(|to| to < p.from)) {
            self.bad("a period ends before it begins");
        }
        periods
    }
    /// The periods that carry `contested-by`; [`Self::periods`] reads all of them afterwards.
    fn contested(&mut self) -> Vec<(Period, String)> {
        let mut out = Vec::new();
        let Some(Value::Array(list)) = self.table.get("periods") else { return out };
        let mut wrong = false;
        for value in list {
            let known = |k: &String| matches!(k.as_str(), "from" | "to" | "contested-by");
            wrong |= value.as_table().is_none_or(|t| !t.keys().all(known));
            let day = |key: &str| value.get(key).and_then(Value::as_datetime).and_then(date);
            if let (Some(from), Some(contest)) = (day("from"), value.get("contested-by").and_then(Value::as_str)) {
                out.push((Period { from, to: day("to") }, contest.to_owned()));
            }
        }
        if wrong {
            self.bad("a period has `from`, and may have `to` and `contested-by`");
        }
        out
    }

    fn readings(&mut self) -> Vec<Reading> {
        let Some(Value::Array(list)) = self.take("readings") else {
            self.bad("a contest needs `readings`");
            return Vec::new();
        };
        let texts = |v: &Value, key: &str| -> Vec<String> {
            v.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let one = |v: &Value| {
            let yes = match v.get("answer").and_then(Value::as_str)? {
                "yes" => true,
                "no" => false,
                _ => return None,
            };
            Some(Reading { yes, says: v.get("says").and_then(Value::as_str)?.to_owned(), held_by: texts(v, "held-by") })
        };
        let read: Vec<Reading> = list.iter().filter_map(one).collect();
        if read.len() != list.len() || !read.iter().any(|r| r.yes) || read.iter().all(|r| r.yes) {
            self.bad("`readings` has one for the answer `yes` and one for `no`, each with `says` and `held-by`");
        }
        read
    }

    fn encoded(&mut self) -> Encoded {
        let lacks = self.maybe_text("lacks");
        match (self.take("encoded"), lacks) {
            (None | Some(Value::Boolean(true)), None) => Encoded::Yes,
            (Some(Value::Boolean(false)), None) => Encoded::No,
            (Some(Value::String(word)), Some(lacks)) if word == "partly" => Encoded::Partly(lacks),
            _ => {
                self.bad("`encoded` is true, false, or \"partly\" together with `lacks`");
                Encoded::No
            }
        }
    }

    fn unit(&mut self) -> Unit {
        let Some(word) = self.maybe_text("unit") else { return Unit::default() };
        match Unit::WORDS.iter().find(|(w, _)| *w == word) {
            Some((_, unit)) => *unit,
            None => {
                let help = nearest(&word, Unit::WORDS.map(|(w, _)| w)).map(str::to_owned);
                self.problems.push(("unit".into(), format!("unknown unit `{word}`"), help));
                Unit::default()
            }
        }
    }

    /// The members of a group of countries; `while` adds some for a time.
    fn countries(&mut self) -> Option<Vec<Member>> {
        let given = self.table.contains_key("countries");
        let code = |word: &str| Country::new(word).filter(|_| word.bytes().all(|b| b.is_ascii_uppercase()));
        let mut out = Vec::new();
        for word in self.texts("countries") {
            match code(&word) {
                Some(country) => out.push((country, None, None)),
                None => self.problems.push(("countries".into(), format!("`{word}` is no country code of two capital letters"), None)),
            }
        }
        if let Some(list) = self.take("while") {
            for value in list.as_array().into_iter().flatten() {
                let day = |key: &str| value.get(key).and_then(Value::as_datetime).and_then(date);
                match value.get("country").and_then(Value::as_str).and_then(code) {
                    Some(country) => out.push((country, day("from"), day("to"))),
                    None => self.bad("each entry of `while` has a `country`, and may have `from` and `to`"),
                }
            }
        }
        given.then_some(out)
    }

    pub(crate) fn number(value: &Value) -> Option<f64> {
        value.as_float().or_else(|| value.as_integer().map(|n| n as f64)).filter(|n| n.is_finite())
    }
    fn finish(mut self) -> Vec<(String, String, Option<String>)> {
        for key in self.table.keys() {
            let help = nearest(key, self.taken.iter().map(String::as_str)).map(str::to_owned);
            self.problems.push((key.clone(), format!("unknown field `{key}`"), help));
        }
        self.problems
    }
}
