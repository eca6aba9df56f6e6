//! The questions that programs ask: the same JSON in and out as on the command line.

use super::app::Shared;
use super::body::{self, Held, media_type};
use super::file::{self, ToKeep};
use super::json_rows::{answer, is_array, json_text};
use super::paper;
use super::params::Params;
use super::problem::Problem;
use crate::cli::markdown;
use crate::input::{text_line, unreadable};
use crate::screening::Screening;
use crate::store::Record;
use crate::{Article, Ask, Depth, Document, Form, Format, Rulebook, Text, decide, document, route};
use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, header};
use axum::response::{IntoResponse, Response};
use resolve::{Bench, Notes, Wish};
use std::cell::RefCell;

pub(super) type Answered = Result<Response, Problem>;

/// `POST /v1/check`: acts to decisions.
pub(super) async fn check(State(app): State<Shared>, request: Request<Body>) -> Answered {
    let (parts, body) = request.into_parts();
    let params = Params::of(parts.uri.query().unwrap_or_default().as_bytes())?;
    params.only(&["in", "as_of", "brief", "keep"])?;
    let ask = params.ask(&app.book)?;
    let asked_to_keep = params.flag("keep")?;
    if asked_to_keep {
        file::store(&app)?;
    }
    let keep = (asked_to_keep || app.settings.keep_all && app.store.is_some()).then(ToKeep::default);
    let format = body::format(&parts.headers)?;
    let limits = &app.settings.limits;
    let held = body::whole(&app, &parts.headers, body, limits.body_bytes).await?;
    if paper::wants(&parts.headers, paper::PDF) {
        return on_paper(&app, held, format, ask, asked_to_keep || app.settings.keep_all && app.store.is_some()).await;
    }
    let rows = if ask.depth == Depth::Brief { limits.brief_rows } else { limits.rows };
    let (book, to_keep) = (app.book.clone(), keep.clone());
    let answered = answer(&app, held, format, rows, move |bytes, format| {
        let notes = if ask.depth == Depth::Brief { Notes::none() } else { Notes::kept() };
        let act = book.read_act_with(bytes, format, notes)?;
        let answer = decide(&book, &act, &ask);
        let text = answer.json(false);
        Ok(match &to_keep {
            Some(to_keep) => to_keep.note(Record::of(&answer, &String::from_utf8_lossy(bytes), format, &ask, &text), text),
            None => text,
        })
    })
    .await?;
    // Nobody is told of a decision on file before it is on disk.
    if let Some(keep) = keep {
        keep.settle(&app).await?;
    }
    Ok(answered)
}

/// The decision on one act as a PDF; first on file, where it is to be kept.
async fn on_paper(app: &Shared, held: Held, format: Format, ask: Ask, keep: bool) -> Answered {
    paper::built()?;
    if format == Format::Json && is_array(&held.bytes) {
        return Err(Problem::not_acceptable("a PDF shows one act; send them one by one, or ask for JSON"));
    }
    let book = app.book.clone();
    let act = String::from_utf8(held.bytes).map_err(|_| Problem::bad("", "this is not UTF-8", "an act in UTF-8"))?;
    let asked = act.clone();
    let (record, answer) = app.quick.run(move || Record::decided(&book, &asked, format, &ask)).await?.map_err(Problem::input)?;
    if !keep {
        return paper::Answer { answer, act, format, filed: None }.pdf(app).await;
    }
    let entry = file::store(app)?.keep_decision(&record, &answer).await.map_err(|e| file::failed(app, &e))?;
    paper::Answer::of_file(entry, record, answer).pdf(app).await
}

/// `POST /v1/route`: what a journey shows.
pub(super) async fn journey(State(app): State<Shared>, request: Request<Body>) -> Answered {
    let (parts, body) = request.into_parts();
    Params::of(parts.uri.query().unwrap_or_default().as_bytes())?.only(&[])?;
    let format = body::format(&parts.headers)?;
    let limits = &app.settings.limits;
    let held = body::whole(&app, &parts.headers, body, limits.body_bytes).await?;
    let book = app.book.clone();
    answer(&app, held, format, limits.rows, move |bytes, format| {
        book.read_act_with(bytes, format, Notes::none()).map(|act| route(&book, &act).json(false))
    })
    .await
}

/// `POST /v1/screen`: who on the lists a party may be.
pub(super) async fn screen(State(app): State<Shared>, request: Request<Body>) -> Answered {
    let (parts, body) = request.into_parts();
    let params = Params::of(parts.uri.query().unwrap_or_default().as_bytes())?;
    params.only(&["list", "min", "limit", "as_of", "ever"])?;
    let wish = wish(&app.book, &params)?;
    body::json_only(&parts.headers)?;
    let limits = &app.settings.limits;
    let held = body::whole(&app, &parts.headers, body, limits.body_bytes).await?;
    let book = app.book.clone();
    answer(&app, held, Format::Json, limits.brief_rows, move |bytes, format| {
        let (id, party) = book.read_query(bytes, format)?;
        Ok(with_bench(|bench| Screening::of(book.lists().screener(), id, &party, &wish, bench).json(false)))
    })
    .await
}

/// What may be found: lists, lowest score, number, day.
pub(super) fn wish(book: &Rulebook, params: &Params) -> Result<Wish, Problem> {
    let default = Wish::default();
    let lists = params.list("list");
    let known = book.lists().ids();
    if let Some(list) = lists.iter().find(|l| !known.contains(&l.as_str())) {
        let shown: String = list.chars().take(40).collect();
        return Err(Problem::parameter("list", format!("no list `{shown}` here; there are {}", known.join(", "))));
    }
    let ever = params.flag("ever")?;
    let day = params.day("as_of")?;
    if ever && day.is_some() {
        return Err(Problem::parameter("ever", "`ever` and `as_of` exclude each other"));
    }
    Ok(Wish {
        min: params.number("min", 0.0, 1.0)?.unwrap_or(default.min),
        limit: params.number("limit", 1, 500)?.unwrap_or(default.limit),
        lists,
        on: if ever { None } else { Some(day.unwrap_or_else(crate::clock::today)) },
    })
}

/// Work with the room that this thread keeps for searches.
pub(super) fn with_bench<T>(work: impl FnOnce(&mut Bench) -> T) -> T {
    thread_local!(static BENCH: RefCell<Bench> = RefCell::default());
    BENCH.with(|bench| match bench.try_borrow_mut() {
        Ok(mut bench) => work(&mut bench),
        // Never so today: a search starts no other on its thread.
        Err(_) => work(&mut Bench::default()),
    })
}

/// `POST /v1/classify`: what goods are.
pub(super) async fn classify(State(app): State<Shared>, request: Request<Body>) -> Answered {
    let (parts, body) = request.into_parts();
    let params = Params::of(parts.uri.query().unwrap_or_default().as_bytes())?;
    params.only(&["as_of"])?;
    let day = params.day("as_of")?.unwrap_or_else(crate::clock::today);
    body::json_only(&parts.headers)?;
    let limits = &app.settings.limits;
    let held = body::whole(&app, &parts.headers, body, limits.body_bytes).await?;
    let book = app.book.clone();
    answer(&app, held, Format::Json, limits.brief_rows, move |bytes, format| {
        let (id, description) = book.read_goods(bytes, format)?;
        Ok(book.classify(id, &description, day).json(&book, false))
    })
    .await
}

/// `POST /v1/read`: texts to acts, claims and decisions. A body of JSON is `{"id", "text", "published"?, "language"?}`; any other is a
/// document as it is: plain text, Markdown, HTML or PDF.
pub(super) async fn read(State(app): State<Shared>, request: Request<Body>) -> Answered {
    let (parts, body) = request.into_parts();
    let params = Params::of(parts.uri.query().unwrap_or_default().as_bytes())?;
    params.only(&["in", "as_of", "brief", "id", "published", "language"])?;
    let ask = params.ask(&app.book)?;
    let form = match media_type(&parts.headers)?.as_deref() {
        None | Some("application/json" | "text/json") => None,
        Some("text/plain") => Some(Form::Plain),
        Some("text/markdown") => Some(Form::Markdown),
        Some("text/html" | "application/xhtml+xml") => Some(Form::Html),
        Some("application/pdf") => Some(Form::Pdf),
        Some(_) => {
            return Err(Problem::media(
                "say `content-type: application/json`, or send the document as text/plain, text/markdown, text/html or application/pdf",
            ));
        }
    };
    let given = Given {
        id: params.shown("id").to_owned(),
        published: params.day("published")?,
        language: params.one("language")?.map(str::to_owned),
    };
    let held = body::whole(&app, &parts.headers, body, app.settings.limits.text_bytes).await?;
    let book = app.book.clone();
    let as_report = paper::wants(&parts.headers, "text/markdown");
    let done = app.long.run(move || {
        let article = one_text(&book, form, given, &held.bytes)?;
        Ok::<_, Problem>(if as_report {
            markdown::report(&book, &article, &article.answers(&book, &ask))
        } else {
            article.json(&book, &ask, false)
        })
    });
    let text = done.await??;
    Ok(if as_report { ([(header::CONTENT_TYPE, "text/markdown; charset=utf-8")], text).into_response() } else { json_text(text) })
}

/// What the parameters say of a text.
struct Given {
    id: String,
    published: Option<model::Date>,
    language: Option<String>,
}

fn one_text(book: &Rulebook, form: Option<Form>, given: Given, bytes: &[u8]) -> Result<Article, Problem> {
    let Some(form) = form else {
        let mut text = text_line(bytes).map_err(Problem::input)?;
        text.published = text.published.or(given.published);
        text.language = text.language.or(given.language);
        return Ok(Article::read(book, text));
    };
    let opened: Document = document(bytes, Some(form)).map_err(|p| Problem::input(vec![p]))?;
    if let Some(problem) = unreadable(&opened.text) {
        return Err(Problem::input(vec![problem]));
    }
    let text = Text {
        id: given.id.chars().take(200).collect(),
        text: opened.text,
        published: given.published.or(opened.published),
        language: given.language.or(opened.language),
    };
    let mut article = Article::read(book, text);
    article.extracted = opened.form != Form::Plain;
    article.notes.splice(0..0, opened.notes);
    Ok(article)
}
