//! `licit read`: texts to acts, claims and decisions; for people, as JSON, as Markdown, or a line each.

use super::args::{Cli, ReaderName, TextForm, Texts};
use super::check::{ask, day_word, today};
use super::paper::{BOLD, Paper, clean};
use super::{ANSWERED, BAD_INPUT, Done, Failure, lines, markdown, print, told};
use crate::input::{InputProblem, MAX_LINE_BYTES, MAX_TEXT_BYTES, exact_day, text_line, unreadable};
use crate::json::{error_line, harmless, text};
use crate::{Article, Ask, Document, Endpoint, Form, Rulebook, Text, TextReader, document};
use model::Date;
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

pub(super) fn run(book: &Rulebook, cli: &Cli, args: &Texts) -> Done {
    if args.markdown && cli.json {
        return Err(Failure::Usage("--markdown and --json exclude each other".into()));
    }
    let ask = ask(book, cli, args.brief)?;
    if cli.offline && args.reader.is_some_and(|r| r != ReaderName::Rules) {
        return Err(Failure::Usage("--offline and a model exclude each other".into()));
    }
    let given = Given::new(args)?;
    if args.jsonl {
        let file = match args.files.as_slice() {
            [] => None,
            [file] => Some(file.as_path()),
            _ => return Err(Failure::Usage("--jsonl takes one file of lines".into())),
        };
        let work = |(): &mut (), number: usize, line: &lines::Line| one(book, &ask, &given, number, line);
        return lines::each_within(file, ("text", "read"), MAX_LINE_BYTES, work);
    }
    let files = if args.files.is_empty() { vec![PathBuf::from("-")] } else { args.files.clone() };
    if files.iter().filter(|f| f.as_os_str() == "-").count() > 1 {
        return Err(Failure::Usage("standard input can be read once only".into()));
    }
    if cli.json || args.brief {
        return as_json(book, &ask, &given, &files);
    }
    let mut status = ANSWERED;
    for (at, file) in files.iter().enumerate() {
        match article(book, file, &given) {
            Ok(article) => print(&shown(book, &ask, cli, args, &article, files.len() > 1, at > 0))?,
            Err(problem) => {
                super::complain(&format!("{}: {}", file.display(), clean(&problem.to_string())), BAD_INPUT);
                status = BAD_INPUT;
            }
        }
    }
    Ok(status)
}

/// One text gives one object, several give a list, with an error in the place of a text that could not be read.
fn as_json(book: &Rulebook, ask: &Ask, given: &Given, files: &[PathBuf]) -> Done {
    let mut status = ANSWERED;
    let single = files.len() == 1;
    let texts: Vec<String> = files
        .iter()
        .map(|file| match article(book, file, given) {
            Ok(article) => article.json(book, ask, single),
            Err(problem) => {
                status = BAD_INPUT;
                harmless(text(&error_line(Some(&file.to_string_lossy()), None, &[problem]), single))
            }
        })
        .collect();
    print(&if single { format!("{}\n", texts.concat()) } else { format!("[{}]\n", texts.join(",\n ")) }).map(|()| status)
}

fn shown(book: &Rulebook, ask: &Ask, cli: &Cli, args: &Texts, article: &Article, named: bool, later: bool) -> String {
    let answers = article.answers(book, ask);
    let mut out = if later { "\n".to_owned() } else { String::new() };
    if args.markdown {
        out.push_str(&markdown::report(book, article, &answers));
        return out;
    }
    if named {
        out.push_str(&format!("{BOLD}{}{BOLD:#}\n\n", clean(&article.text.id)));
    }
    out.push_str(&told::report(book, article, &answers, Paper::new(), cli.all));
    if article.text.published.is_none() && !article.partial {
        super::warn("--published DATE says from which day words such as “yesterday” count");
    }
    out
}

/// What the command line says of the texts.
#[derive(Default)]
struct Given {
    published: Option<Date>,
    language: Option<String>,
    form: Option<TextForm>,
    reader: TextReader,
}

impl Given {
    fn new(args: &Texts) -> Result<Self, Failure> {
        let published = match &args.published {
            Some(day) => Some(exact_day(&day_word(day)).map_err(|m| Failure::Usage(format!("--published: {m}")))?),
            None => None,
        };
        if let Some(day) = published.filter(|day| *day > today()) {
            super::warn(&format!("--published: {day} has not come yet"));
        }
        Ok(Self { published, language: args.language.clone(), form: args.format, reader: reader(args)? })
    }
}

/// Who is to read: the rules unless a model is asked for by name and address.
fn reader(args: &Texts) -> Result<TextReader, Failure> {
    let Some(chosen) = args.reader.filter(|r| *r != ReaderName::Rules) else { return Ok(TextReader::Rules) };
    let (Some(url), Some(model)) = (&args.endpoint, &args.model) else {
        return Err(Failure::Usage(
            "a model needs --endpoint URL and --model NAME, such as --endpoint http://127.0.0.1:11434/v1 --model qwen2.5".into(),
        ));
    };
    let endpoint = Endpoint::from_env(url, model).map_err(Failure::Usage)?;
    Ok(if chosen == ReaderName::Model { TextReader::Model(endpoint) } else { TextReader::Both(endpoint) })
}

/// The text of a document; its name says its form where nobody else does, and its bytes where the name does not.
fn text_of(bytes: &[u8], file: &Path, form: Option<TextForm>) -> Result<Document, InputProblem> {
    let form = form.map(|form| match form {
        TextForm::Plain => Form::Plain,
        TextForm::Markdown => Form::Markdown,
        TextForm::Html => Form::Html,
        TextForm::Pdf => Form::Pdf,
    });
    document(bytes, form.or_else(|| Form::of(&file.to_string_lossy())))
}

fn article(book: &Rulebook, file: &Path, given: &Given) -> Result<Article, InputProblem> {
    let opened = text_of(&bytes_of(file)?, file, given.form)?;
    if let Some(problem) = unreadable(&opened.text) {
        return Err(problem);
    }
    let text = Text {
        id: file.to_string_lossy().into_owned(),
        text: opened.text,
        published: given.published.or(opened.published),
        language: given.language.clone().or(opened.language),
    };
    let mut article = Article::read_by(book, text, &given.reader);
    article.extracted = opened.form != Form::Plain;
    article.notes.splice(0..0, opened.notes);
    Ok(article)
}

/// At most one byte more than may be read, so that a huge file is refused without being read.
fn bytes_of(file: &Path) -> Result<Vec<u8>, InputProblem> {
    let tell = |message: String| InputProblem { at: String::new(), message, help: None };
    let mut bytes = Vec::new();
    let limit = MAX_TEXT_BYTES as u64 + 1;
    let read = if file.as_os_str() == "-" {
        let input = std::io::stdin();
        if input.is_terminal() {
            super::warn("reading what you type; end with Ctrl-D");
        }
        input.lock().take(limit).read_to_end(&mut bytes)
    } else if file.is_dir() {
        return Err(tell("this is a folder; name the files in it".into()));
    } else {
        std::fs::File::open(file).and_then(|f| f.take(limit).read_to_end(&mut bytes))
    };
    read.map(|_| bytes).map_err(|e| tell(e.to_string()))
}

/// One line: what the line says of its text wins over the command line.
fn one(book: &Rulebook, ask: &Ask, given: &Given, number: usize, line: &lines::Line) -> (String, bool) {
    let (id, problems) = match line {
        lines::Line::TooLong => (None, vec![lines::longer_than(MAX_LINE_BYTES, "text")]),
        lines::Line::Act(bytes) => match text_line(bytes) {
            Ok(mut text) => {
                text.published = text.published.or(given.published);
                text.language = text.language.or_else(|| given.language.clone());
                return (Article::read_by(book, text, &given.reader).json(book, ask, false), false);
            }
            Err(problems) => (lines::id_of(bytes), problems),
        },
    };
    (harmless(text(&error_line(id.as_deref(), Some(number), &problems), false)), true)
}
