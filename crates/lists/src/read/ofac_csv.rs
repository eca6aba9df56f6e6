//! The old delimited and fixed-width files of the Office of Foreign Assets Control: parties, other names, addresses, and the rest
//! of remarks that were too long; with commas, bars, at signs or columns of fixed width.
//!
//! There is no header; `-0-` stands for nothing. The file of parties alone is a list; the others only add to it.

use super::ofac_remarks::{effects, kind, name_kind, remarks, said, titles, tonnages, which_list};
use super::{Draft, Format, Limits, Read, Refused};
use crate::input::Opened;
use crate::{Identifier, IdentifierKind, ListedName, Listing, NameKind, Ship};
use names::Kind;
use std::collections::HashMap;

const LISTS: &[&str] = &["us-ofac-sdn", "us-ofac-cons"];

pub(crate) const FORMATS: &[Format] =
    &[Format { name: "OFAC legacy files (sdn.csv with alt, add, sdn_comments)", lists: LISTS, several: true, recognises, read }];

/// Remarks longer than this go on in the file of comments.
const LONGEST_REMARK: usize = 1000;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    Parties,
    Names,
    Addresses,
    Comments,
}

/// Widths of the columns in the files with fixed columns.
const WIDTHS: [(Part, &[usize]); 4] = [
    (Part::Parties, &[10, 350, 12, 50, 200, 8, 25, 14, 8, 40, 150, 1000]),
    (Part::Parties, &[10, 350, 12, 200, 200, 8, 25, 14, 8, 40, 150, 1000]),
    (Part::Names, &[10, 10, 8, 350, 200]),
    (Part::Addresses, &[10, 10, 750, 116, 250, 200]),
];

/// How a file separates its fields.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Layout {
    Delimited(u8),
    Fixed(&'static [usize]),
}

fn recognises(file: &Opened<'_>) -> bool {
    layout(file).is_some()
}

/// The layout and the part, told from the first row.
fn layout(file: &Opened<'_>) -> Option<(Layout, Part)> {
    // Rows of fixed width begin with blanks, so the line is looked at untrimmed.
    let line = first_row(file);
    let number = line.trim_start().bytes().take_while(u8::is_ascii_digit).count();
    if number == 0 {
        return None;
    }
    let length = line.trim_end_matches('\r').chars().count();
    if let Some((part, widths)) = WIDTHS.iter().find(|(_, w)| w.iter().sum::<usize>() == length)
        && line.starts_with([' ', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
        && number < 10
    {
        return Some((Layout::Fixed(widths), *part));
    }
    let mark = *line.trim_start().as_bytes().get(number).filter(|b| matches!(b, b',' | b'|' | b'@'))?;
    let row = rows(line, Layout::Delimited(mark)).next()?.1;
    let second = row.get(1).and_then(|c| c.parse::<u64>().ok()).is_some();
    let part = match row.len() {
        12 => Part::Parties,
        5 if second => Part::Names,
        6 if second => Part::Addresses,
        2 if file.name.to_ascii_lowercase().contains("comments") => Part::Comments,
        _ => return None,
    };
    Some((Layout::Delimited(mark), part))
}

fn first_row<'a>(file: &'a Opened<'_>) -> &'a str {
    file.text.lines().find(|l| !l.trim().is_empty()).unwrap_or_default()
}

/// Rows with the line on which they begin; `-0-` has become empty.
fn rows(text: &str, layout: Layout) -> Box<dyn Iterator<Item = (usize, Vec<String>)> + '_> {
    let cell = |c: &str| if c.trim() == "-0-" { String::new() } else { c.trim().to_string() };
    match layout {
        Layout::Delimited(mark) => {
            let reader = csv::ReaderBuilder::new().delimiter(mark).has_headers(false).flexible(true).from_reader(text.as_bytes());
            Box::new(reader.into_records().filter_map(Result::ok).map(move |r| {
                let line = r.position().map_or(0, |p| usize::try_from(p.line()).unwrap_or(0));
                (line, r.iter().map(cell).collect())
            }))
        }
        Layout::Fixed(widths) => Box::new((1..).zip(text.lines()).filter(|(_, l)| !l.trim().is_empty()).map(move |(number, line)| {
            let mut rest = line;
            let mut cells = Vec::with_capacity(widths.len());
            for width in widths {
                let end = rest.char_indices().nth(*width).map_or(rest.len(), |(at, _)| at);
                let (this, after) = rest.split_at(end);
                cells.push(cell(this));
                rest = after;
            }
            (number, cells)
        })),
    }
}

/// What the other files say about one party.
#[derive(Default)]
struct More {
    names: Vec<ListedName>,
    addresses: Vec<(String, String)>,
    comments: String,
    used: bool,
    line: usize,
}

fn read(files: &[Opened<'_>], hint: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let known: Vec<(&Opened<'_>, Layout, Part)> = files.iter().filter_map(|f| layout(f).map(|(l, p)| (f, l, p))).collect();
    let Some((main, main_layout, _)) = known.iter().find(|(_, _, p)| *p == Part::Parties) else {
        let name = files.first().map_or("", |f| &f.name);
        let with = if name.starts_with("cons") { "cons_prim.csv" } else { "sdn.csv" };
        let message = "this file only adds other names, addresses or remarks to a list of parties";
        return Err(Refused::new(name, message, format!("give {with} of the same day with it")));
    };
    if let Some((extra, ..)) = known.iter().filter(|(_, _, p)| *p == Part::Parties).nth(1) {
        return Err(Refused::new(&extra.name, "a second file of parties", "give one list at a time"));
    }
    let list = which_list(hint, &main.name, &main.text);
    let mut draft = Draft::new(list, "OFAC legacy files", limits);
    let mut more: HashMap<String, More> = HashMap::new();
    let has_comments = known.iter().any(|(_, _, p)| *p == Part::Comments);
    for (file, layout, part) in known.iter().filter(|(_, _, p)| *p != Part::Parties) {
        whole(file, *layout)?;
        for (line, row) in rows(&file.text, *layout) {
            add_more(&mut more, *part, line, &row, &mut draft, &file.name);
        }
    }
    whole(main, *main_layout)?;
    for (line, row) in rows(&main.text, *main_layout) {
        if row.len() != 12 {
            draft.problem(format!("line {line}"), format!("{} fields instead of 12; the row is left out", row.len()));
            continue;
        }
        let more = more.get_mut(&row[0]);
        party(&row, more, list, line, has_comments, &mut draft)?;
    }
    let mut left: Vec<_> = more.into_iter().filter(|(_, m)| !m.used).map(|(id, m)| (m.line, id)).collect();
    left.sort_unstable();
    for (line, id) in left {
        draft.problem(
            format!("line {line}, entry {id}"),
            "names or addresses of a party that is not in the list; are the files of the same day?",
        );
    }
    draft.finish(&main.name)
}

/// Refuses a file whose last row is not whole.
fn whole(file: &Opened<'_>, layout: Layout) -> Result<(), Refused> {
    let Layout::Delimited(mark) = layout else { return Ok(()) };
    let last = file.text.trim_end().lines().next_back().unwrap_or_default();
    let expected = rows(first_row(file), layout).next().map_or(0, |r| r.1.len());
    let open = last.matches('"').count() % 2 == 1;
    let found = rows(last, Layout::Delimited(mark)).next().map_or(0, |r| r.1.len());
    if open || found < expected {
        let line = file.text.trim_end().lines().count();
        let at = format!("{}, line {line}", file.name);
        return Err(Refused::new(at, "the last row is cut off, so rows after it may be missing", "download the file again"));
    }
    Ok(())
}

fn add_more(more: &mut HashMap<String, More>, part: Part, line: usize, row: &[String], draft: &mut Draft<'_>, file: &str) {
    let get = |i: usize| row.get(i).map_or("", String::as_str);
    let id = get(0).to_string();
    if id.parse::<u64>().is_err() {
        draft.problem(format!("{file}, line {line}"), "the row does not begin with the number of a party; left out");
        return;
    }
    let entry = more.entry(id).or_insert_with(|| More { line, ..More::default() });
    match part {
        Part::Names => entry.names.push(ListedName { text: get(3).to_string(), kind: name_kind(get(2), false) }),
        Part::Addresses => {
            let parts = [get(2), get(3), get(4)].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>();
            entry.addresses.push((parts.join(", "), get(4).to_string()));
        }
        Part::Comments => entry.comments.push_str(get(1)),
        Part::Parties => {}
    }
}

fn party(
    row: &[String],
    more: Option<&mut More>,
    list: &str,
    line: usize,
    has_comments: bool,
    draft: &mut Draft<'_>,
) -> Result<(), Refused> {
    let [id, name, sort, programmes, title, call_sign, ship_type, tonnage, gross, flag, owner, remark] = row else { return Ok(()) };
    let mut listing = Listing { id: id.clone(), kind: kind(sort), effects: effects(list), ..Listing::default() };
    let at = format!("line {line}, entry {id}");
    if listing.kind.is_none() {
        draft.problem(at.clone(), format!("“{sort}” is not a known sort of party"));
    }
    listing.names.push(ListedName { text: said(name, listing.kind), kind: NameKind::Primary });
    listing.programmes = programmes.split("] [").map(|p| p.trim_matches(['[', ']', ' ']).to_string()).collect();
    listing.positions.extend(titles(title));
    particulars(&mut listing, [call_sign, ship_type, tonnage, gross, flag, owner]);
    let mut remark = remark.clone();
    if let Some(more) = more {
        more.used = true;
        let kind = listing.kind;
        listing.names.extend(more.names.drain(..).map(|n| ListedName { text: said(&n.text, kind), kind: n.kind }));
        for (address, country) in more.addresses.drain(..) {
            listing.addresses.push(address);
            listing.countries.push(country);
        }
        remark.push_str(&more.comments);
    }
    if !has_comments && remark.chars().count() >= LONGEST_REMARK {
        // The last statement is cut in the middle; a number cut short would be a wrong number.
        let keep = remark.rfind("; ").unwrap_or(0);
        remark.truncate(keep);
        draft.problem(at.clone(), "the remarks are longer than the file holds; give sdn_comments.csv (cons_comments.csv) with it");
    }
    for problem in remarks(&mut listing, &remark) {
        draft.problem(at.clone(), problem);
    }
    draft.add(listing, line)
}

/// Columns that only vessels and aircraft have. An aircraft is listed under its registration.
fn particulars(listing: &mut Listing, [call_sign, sort, tonnage, gross, flag, owner]: [&String; 6]) {
    let mut mark = |kind, value: &str| listing.identifiers.push(Identifier { kind, value: value.to_string(), country: String::new() });
    mark(IdentifierKind::CallSign, call_sign);
    if listing.kind == Some(Kind::Aircraft)
        && let Some(name) = listing.names.first().filter(|n| !n.text.contains(' '))
    {
        mark(IdentifierKind::Tail, &name.text);
    }
    let given = |text: &str| Some(text.to_string()).filter(|t| !t.is_empty());
    if listing.kind == Some(Kind::Vessel) {
        listing.ship =
            Some(Ship { flag: given(flag), sort: given(sort), tonnage: tonnages(tonnage, gross), owner: given(owner), ..Ship::default() });
    }
}
