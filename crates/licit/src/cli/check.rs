//! `licit check`: one act from flags, a file or an interview, or many from lines.

use super::args::{Check, Cli};
use super::paper::Paper;
use super::record::File;
use super::{ANSWERED, BAD_INPUT, Done, Failure, interview, lines, pdf, print, say};
pub(super) use crate::clock::{day_word, today};
use crate::fact::roles;
use crate::input::MAX_ACT_BYTES;
use crate::pdf::Sheet;
use crate::store::Record;
use crate::{Answer, Ask, Format, InputProblem, Rulebook, decide};
use model::VerdictSet;
use serde_json::{Map, Value, json};
use std::io::Read;
use std::path::Path;

pub(super) fn run(book: &Rulebook, cli: &Cli, args: &Check) -> Done {
    let ask = ask(book, cli, args.brief)?;
    if args.pdf.is_some() {
        pdf::possible(cli.json)?;
    }
    if args.jsonl {
        if args.interactive || args.exit_verdict || has_flags(args) {
            return Err(Failure::Usage("--jsonl takes acts from lines only, without flags of one act, -i or --exit-verdict".into()));
        }
        let file = if args.keep { Some(File::open(cli)?) } else { None };
        return lines::run(book, &ask, args.file.as_deref(), file.as_ref());
    }
    let (bytes, format) = source(args, book)?;
    let shown = args.file.as_deref().map_or_else(|| "the act".to_owned(), |f| f.display().to_string());
    let act = match book.read_act(&bytes, format) {
        Ok(act) => act,
        Err(problems) => return bad(&problems, &shown, cli.json || args.brief),
    };
    if args.interactive {
        return interview::run(book, &ask, &bytes, format, cli.all);
    }
    let answer = decide(book, &act, &ask);
    let kept = if args.keep {
        let text = answer.json(false);
        let record = Record::of(&answer, &String::from_utf8_lossy(&bytes), format, &ask, &text);
        let file = File::open(cli)?;
        let kept = file.keep(vec![(record, text)])?;
        eprintln!("licit: kept as {}", kept.join(" "));
        Some((file, kept.concat()))
    } else {
        None
    };
    match (&args.pdf, kept) {
        (Some(to), Some((file, id))) => super::record::on_paper(book, &file, &id, to).map(drop)?,
        (Some(to), None) => {
            let act = String::from_utf8_lossy(&bytes);
            let sheet = Sheet { answer: &answer.json(false), act: &act, format, filed: None };
            pdf::write(book, &sheet, to).map(drop)?;
        }
        (None, _) => show(&answer, cli, args)?,
    }
    Ok(if args.exit_verdict { verdict_status(answer.overall()) } else { ANSWERED })
}

fn show(answer: &Answer, cli: &Cli, args: &Check) -> Result<(), Failure> {
    if cli.json || args.brief {
        let mut text = answer.json(!args.brief);
        text.push('\n');
        print(&text)
    } else {
        print(&say::answer(answer, Paper::new(), cli.all))
    }
}

pub(super) fn bad(problems: &[InputProblem], shown: &str, json: bool) -> Done {
    if json {
        print(&format!("{}\n", crate::json::text(&crate::json::error_line(None, None, problems), true)))?;
        return Ok(BAD_INPUT);
    }
    let list: Vec<String> = problems.iter().map(|p| format!("{shown}: {}", super::paper::clean(&p.to_string()))).collect();
    Err(Failure::Input(list.join("\nlicit: ")))
}

/// The exit status that stands for a verdict.
fn verdict_status(set: VerdictSet) -> u8 {
    match set.word() {
        "prohibited" => 12,
        "needs_authorisation" => 10,
        "permitted" | "out_of_scope" => 0,
        _ => 11,
    }
}

/// Whom to ask, by the law of which day, and how much to say.
pub(super) fn ask(book: &Rulebook, cli: &Cli, brief: bool) -> Result<Ask, Failure> {
    Ask::of_words(book, &cli.jurisdictions, cli.as_of.as_deref(), brief)
        .map_err(|(option, message)| Failure::Usage(format!("--{}: {message}", option.replace('_', "-"))))
}

fn has_flags(args: &Check) -> bool {
    let texts = [&args.kind, &args.by, &args.to_whom, &args.from, &args.to, &args.on, &args.status, &args.purpose, &args.contract_date];
    let lists = [
        &args.party,
        &args.via,
        &args.item,
        &args.hs,
        &args.quantity,
        &args.value,
        &args.origin,
        &args.condition,
        &args.approval,
        &args.judgement,
    ];
    texts.iter().any(|t| t.is_some()) || lists.iter().any(|l| !l.is_empty())
}

/// The bytes of the act: a file, standard input, or made from the flags.
fn source(args: &Check, book: &Rulebook) -> Result<(Vec<u8>, Format), Failure> {
    match (&args.file, has_flags(args)) {
        (Some(_), true) => Err(Failure::Usage("give a file or flags, not both".into())),
        (Some(file), false) => read_file(file).map(|bytes| (bytes, Format::of(&file.to_string_lossy()))),
        (None, true) => {
            let mut act = from_flags(args)?;
            if goods_on_their_way(args, book) && !args.interactive {
                eprintln!("licit: taken as a supply of goods; --kind says otherwise");
                act["kind"] = json!("supply");
            }
            Ok((act.to_string().into_bytes(), Format::Json))
        }
        (None, false) if args.interactive => Ok((br#"{"items": [{}]}"#.to_vec(), Format::Json)),
        (None, false) => Err(Failure::Usage(
            "which act? give a file, flags such as --item and --to, or -i to be asked; `licit check --help` shows them".into(),
        )),
    }
}

/// Whether flags without `--kind` tell of goods that go somewhere: nobody who writes `--item pumps --to KP` means an overflight.
fn goods_on_their_way(args: &Check, book: &Rulebook) -> bool {
    let goods = |item: &String| !book.resolver().headings(item).is_empty();
    let known = !args.hs.is_empty() || !args.item.is_empty() && args.item.iter().all(goods);
    args.kind.is_none() && known && (args.from.is_some() || args.to.is_some())
}

/// Reads at most one byte more than an act may have, so that a huge file is refused without being read.
pub(super) fn read_file(file: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let limit = MAX_ACT_BYTES as u64 + 1;
    let read = if file.as_os_str() == "-" {
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else if file.is_dir() {
        return Err(Failure::Input(format!("{} is a folder; name a file with one act, or use --jsonl for many", file.display())));
    } else {
        std::fs::File::open(file).and_then(|f| f.take(limit).read_to_end(&mut bytes))
    };
    read.map_err(|e| Failure::Input(format!("{}: {e}", file.display())))?;
    Ok(bytes)
}

fn from_flags(args: &Check) -> Result<Value, Failure> {
    let mut act = Map::new();
    let mut set = |key: &str, value: &Option<String>| {
        if let Some(text) = value {
            act.insert(key.to_owned(), json!(text));
        }
    };
    set("kind", &args.kind);
    set("on", &args.on.as_deref().map(day_word));
    set("status", &args.status);
    set("purpose", &args.purpose);
    set("contract_date", &args.contract_date.as_deref().map(day_word));
    let (by, to_whom) = roles(args.kind.as_deref());
    let mut parties = Vec::new();
    parties.extend(args.by.iter().map(|n| json!({"role": by, "name": n})));
    parties.extend(args.to_whom.iter().map(|n| json!({"role": to_whom, "name": n})));
    for text in &args.party {
        let (role, name) = text.split_once('=').ok_or_else(|| Failure::Usage(format!("--party: write `role=name`, not `{text}`")))?;
        parties.push(json!({"role": role.trim(), "name": name.trim()}));
    }
    act.insert("parties".into(), Value::Array(parties));
    act.insert("items".into(), Value::Array(items(args)));
    let mut places = Map::new();
    places.extend(args.from.iter().map(|p| ("origin".to_owned(), json!(p))));
    places.extend(args.to.iter().map(|p| ("destination".to_owned(), json!(p))));
    if !args.via.is_empty() {
        places.insert("transit".into(), json!(args.via));
    }
    act.insert("places".into(), Value::Object(places));
    let approvals: Result<Vec<Value>, Failure> = args.approval.iter().map(|a| approval(a)).collect();
    act.insert("approvals".into(), Value::Array(approvals?));
    let mut judgements = Map::new();
    for text in &args.judgement {
        let (name, answer) =
            text.split_once('=').ok_or_else(|| Failure::Usage(format!("--judgement: write `name=yes` or `name=no`, not `{text}`")))?;
        judgements.insert(name.trim().to_owned(), json!(answer.trim()));
    }
    act.insert("judgements".into(), Value::Object(judgements));
    Ok(Value::Object(act))
}

fn items(args: &Check) -> Vec<Value> {
    let columns = [
        ("description", &args.item),
        ("hs", &args.hs),
        ("quantity", &args.quantity),
        ("value", &args.value),
        ("origin", &args.origin),
        ("condition", &args.condition),
    ];
    let most = columns.iter().map(|(_, c)| c.len()).max().unwrap_or(0);
    (0..most)
        .map(|i| {
            let pairs = columns.iter().filter_map(|(key, column)| Some(((*key).to_owned(), json!(column.get(i)?))));
            Value::Object(pairs.collect())
        })
        .collect()
}

/// `un/1718-committee 2020-01-15..2020-07-15 covers pumps, pipes`; end and coverage may be left out.
fn approval(text: &str) -> Result<Value, Failure> {
    let usage = || Failure::Usage(format!("--approval: write `un/1718-committee 2020-01-15..2020-07-15`, not `{text}`"));
    let (head, covers) = text.split_once(" covers ").unwrap_or((text, ""));
    let (authority, days) = head.trim().split_once(' ').ok_or_else(usage)?;
    let (on, until) = days.split_once("..").unwrap_or((days, ""));
    let mut out = json!({"authority": authority, "on": on.trim()});
    if let Some(object) = out.as_object_mut() {
        if !until.trim().is_empty() {
            object.insert("until".into(), json!(until.trim()));
        }
        if !covers.is_empty() {
            object.insert("covers".into(), json!(covers.split(',').map(str::trim).collect::<Vec<_>>()));
        }
    }
    Ok(out)
}
