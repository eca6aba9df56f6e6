//! Whole tables: every form gives the answers of the single command, bad rows stand aside, and a kill loses nothing.

#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

use arrow_array::{Array, ArrayRef, Int64Array, RecordBatch, StringArray, StructArray, TimestampMicrosecondArray, cast::AsArray};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::properties::WriterProperties;
use serde_json::{Value, json};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("batch-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn licit() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_licit"));
    command.env("LICIT_DATA", PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("batch-no-data"));
    command
}

fn batch(input: &Path, output: &Path, more: &[&str]) -> Output {
    licit().arg("batch").arg(input).arg(output).args(more).output().expect("the binary runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A row: number, kind, day, who gives and gets, goods, code.
type Shipment = (i64, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

const SHIPMENTS: [Shipment; 6] = [
    (1, "gift", "2024-02-18", "Vladimir Putin", "Kim Jong Un", "Aurus limousine", "8703"),
    (2, "sale", "2024-02-18", "a firm in Dalian", "a shop in Pyongyang", "rice", "1006"),
    (3, "sale", "2016-01-01", "a firm in Dalian", "a shop in Pyongyang", "racehorses", "0101"),
    (4, "donation", "2019-05-01", "a charity in Dublin", "a clinic in Wonsan", "water pumps", "8413"),
    (5, "sale", "2020-05-01", "a firm in Dalian", "a shop in Busan", "toys", "9503"),
    (6, "sale", "2018-03-01", "Korea Mining Development Trading Corporation", "a firm in Kampala", "tools", "8205"),
];

/// What `licit check --jsonl --brief` says of the same acts.
fn singly(folder: &Path) -> Vec<Value> {
    let act = |(id, kind, on, from, to, item, hs): &Shipment| {
        json!({"id": id.to_string(), "kind": kind, "on": on, "items": [{"description": item, "hs": hs}],
               "parties": [{"role": "recipient", "name": to}, {"role": "supplier", "name": from}],
               "places": {"destination": "KP"}})
    };
    let file = folder.join("acts.jsonl");
    fs::write(&file, SHIPMENTS.iter().map(|s| format!("{}\n", act(s))).collect::<String>()).expect("a file");
    let out = licit().args(["check", "--jsonl"]).arg(&file).args(["--brief", "--in", "un,eu"]).output().expect("the binary runs");
    String::from_utf8_lossy(&out.stdout).lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

fn rows_of(lines: &Path) -> Vec<Value> {
    fs::read_to_string(lines).expect("an output").lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

fn agree(rows: &[Value], single: &[Value]) {
    assert_eq!(rows.len(), single.len());
    for (row, one) in rows.iter().zip(single) {
        assert_eq!(row["id"], one["act_id"], "{row} {one}");
        assert_eq!(row["overall"], one["overall"], "{row} {one}");
        for decision in one["decisions"].as_array().expect("decisions") {
            let column = format!("{}_verdict", decision["jurisdiction"].as_str().expect("a name"));
            assert_eq!(row[&column], decision["verdict"], "{row} {one}");
        }
        assert_eq!(row["error"], Value::Null);
    }
}

fn texts(of: impl Fn(&Shipment) -> &'static str) -> ArrayRef {
    Arc::new(StringArray::from(SHIPMENTS.iter().map(of).collect::<Vec<_>>()))
}

fn table() -> RecordBatch {
    let field = |name: &str| Field::new(name, DataType::Utf8, true);
    let schema = Schema::new(vec![
        Field::new("id", DataType::Int64, false),
        field("kind"),
        field("date"),
        field("shipper"),
        field("recipient"),
        field("Goods Description"),
        Field::new("hs_code", DataType::Int64, false),
        field("to"),
    ]);
    let columns: Vec<ArrayRef> = vec![
        Arc::new(Int64Array::from(SHIPMENTS.iter().map(|s| s.0).collect::<Vec<_>>())),
        texts(|s| s.1),
        texts(|s| s.2),
        texts(|s| s.3),
        texts(|s| s.4),
        texts(|s| s.5),
        // As a number, a code loses its first zero.
        Arc::new(Int64Array::from(SHIPMENTS.iter().map(|s| s.6.parse::<i64>().expect("digits")).collect::<Vec<_>>())),
        texts(|_| "KP"),
    ];
    RecordBatch::try_new(Arc::new(schema), columns).expect("a table")
}

fn write_parquet(path: &Path, batch: &RecordBatch, rows_of_a_group: usize) {
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(rows_of_a_group)).build();
    let mut writer = ArrowWriter::try_new(File::create(path).expect("a file"), batch.schema(), Some(properties)).expect("a writer");
    writer.write(batch).expect("rows");
    writer.close().expect("a footer");
}

#[test]
fn every_form_gives_the_answers_of_the_single_command() {
    let folder = scratch("forms");
    let single = singly(&folder);
    let parquet = folder.join("in.parquet");
    write_parquet(&parquet, &table(), 4);
    let csv = folder.join("in.csv");
    let line = |s: &Shipment| format!("{};{};{}T10:00:00Z;\"{}\";{};{};{};KP\n", s.0, s.1, s.2, s.3, s.4, s.5, s.6);
    let header = "id;kind;on;supplier;for;item;hs;to\n";
    fs::write(&csv, format!("\u{feff}{header}{}", SHIPMENTS.iter().map(line).collect::<String>())).expect("a file");
    for (input, name) in [(&parquet, "parquet"), (&csv, "csv"), (&folder.join("acts.jsonl"), "lines")] {
        let lines = folder.join(format!("{name}.jsonl"));
        let done = batch(input, &lines, &["--in", "un,eu"]);
        assert!(done.status.success(), "{}", said(&done));
        agree(&rows_of(&lines), &single);
        assert!(!lines.with_file_name(format!("{name}.jsonl.parts")).exists());
    }
    // The other forms of output hold the same.
    let want = rows_of(&folder.join("parquet.jsonl"));
    let back = folder.join("back.parquet");
    assert!(batch(&parquet, &back, &["--in", "un,eu"]).status.success());
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(&back).expect("a file")).expect("Parquet").build().expect("rows");
    let batches: Vec<RecordBatch> = reader.map(|b| b.expect("a batch")).collect();
    let overall: Vec<String> = batches.iter().flat_map(|b| column(b, "overall")).collect();
    assert_eq!(overall, want.iter().map(|r| r["overall"].as_str().expect("a word").to_owned()).collect::<Vec<_>>());
    let arrow = folder.join("out.arrow");
    assert!(batch(&parquet, &arrow, &["--in", "un,eu"]).status.success());
    let reader = arrow_ipc::reader::FileReader::try_new(File::open(&arrow).expect("a file"), None).expect("Arrow");
    let provisions: Vec<String> = reader.flat_map(|b| column(&b.expect("a batch"), "provisions")).collect();
    assert_eq!(provisions, want.iter().map(|r| r["provisions"].as_str().expect("a text").to_owned()).collect::<Vec<_>>());
    let table = folder.join("out.csv");
    assert!(batch(&parquet, &table, &["--in", "un,eu"]).status.success());
    let mut reader = csv::Reader::from_path(&table).expect("CSV");
    let names: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    assert_eq!(names, ["id", "overall", "un_verdict", "eu_verdict", "possible", "provisions", "missing", "error", "rulebook", "lists"]);
    assert_eq!(reader.records().count(), SHIPMENTS.len());
}

fn column(batch: &RecordBatch, name: &str) -> Vec<String> {
    let texts = batch.column_by_name(name).expect("the column").as_string::<i32>();
    (0..texts.len()).map(|at| texts.value(at).to_owned()).collect()
}

#[test]
fn nested_columns_moments_and_other_names_are_understood() {
    let folder = scratch("nested");
    let parties = StructArray::from(vec![
        (Arc::new(Field::new("role", DataType::Utf8, false)), Arc::new(StringArray::from(vec!["recipient"])) as ArrayRef),
        (Arc::new(Field::new("name", DataType::Utf8, false)), Arc::new(StringArray::from(vec!["a shop in Pyongyang"])) as ArrayRef),
    ]);
    let inner = Arc::new(Field::new("item", parties.data_type().clone(), true));
    let list =
        arrow_array::ListArray::try_new(inner.clone(), arrow_buffer::OffsetBuffer::from_lengths([1]), Arc::new(parties) as ArrayRef, None)
            .expect("a list");
    let when = DataType::Timestamp(arrow_schema::TimeUnit::Microsecond, None);
    let schema = Schema::new(vec![
        Field::new("no", DataType::Int64, false),
        Field::new("parties", DataType::List(inner), true),
        Field::new("shipped", when, true),
        Field::new("what", DataType::Utf8, true),
        Field::new("colour", DataType::Utf8, true),
    ]);
    // 18 February 2024, ten o'clock.
    let columns: Vec<ArrayRef> = vec![
        Arc::new(Int64Array::from(vec![7])),
        Arc::new(list),
        Arc::new(TimestampMicrosecondArray::from(vec![1_708_250_400_000_000])),
        Arc::new(StringArray::from(vec!["limousine"])),
        Arc::new(StringArray::from(vec!["black"])),
    ];
    let input = folder.join("in.parquet");
    write_parquet(&input, &RecordBatch::try_new(Arc::new(schema), columns).expect("a table"), 10);
    let map = folder.join("map.toml");
    fs::write(&map, "[columns]\nid = \"no\"\non = \"shipped\"\nitem = \"what\"\n[constants]\nkind = \"gift\"\nto = \"KP\"\n")
        .expect("a file");
    let output = folder.join("out.jsonl");
    let done = batch(&input, &output, &["--in", "un", "--explain", "--map", map.to_str().expect("a path")]);
    assert!(done.status.success(), "{}", said(&done));
    assert!(said(&done).contains("columns that nothing is taken from: colour"), "{}", said(&done));
    let rows = rows_of(&output);
    assert_eq!((&rows[0]["id"], &rows[0]["overall"]), (&json!("7"), &json!("prohibited")));
    assert_eq!(rows[0]["answer"]["as_of"], "2024-02-18");
    assert_eq!(rows[0]["answer"]["decisions"][0]["proof"]["by"], "worst");
}

#[test]
fn a_bad_row_stands_aside_and_the_others_go_on() {
    let folder = scratch("bad");
    let input = folder.join("in.csv");
    fs::write(
        &input,
        "id,kind,to,item,on\n1,gift,KP,limousine,2024-02-18\n2,gift,KP\n3,gift,Atlantis,limousine,2024-02-18\n\
         4,gift,KP,limousine,2024-02-30\n5,gift,KP,limousine,2024-02-18\n",
    )
    .expect("a file");
    let output = folder.join("out.jsonl");
    let done = batch(&input, &output, &["--in", "un"]);
    assert_eq!(done.status.code(), Some(1), "{}", said(&done));
    let rows = rows_of(&output);
    let ids: Vec<&str> = rows.iter().map(|r| r["id"].as_str().expect("an id")).collect();
    assert_eq!(ids, ["1", "2", "3", "4", "5"]);
    assert_eq!(rows.iter().filter(|r| r["overall"] == "prohibited").count(), 2);
    for (at, why) in [(1, "3 values where the header has 5 columns"), (2, "Atlantis"), (3, "2024-02-30")] {
        assert!(rows[at]["error"].as_str().is_some_and(|e| e.contains(why)), "{}", rows[at]);
        assert_eq!(rows[at]["overall"], Value::Null);
    }
    let rejects = rows_of(&folder.join("out.jsonl.rejects.jsonl"));
    assert_eq!(rejects.iter().map(|r| r["row"].as_u64()).collect::<Vec<_>>(), [Some(2), Some(3), Some(4)]);
}

#[test]
fn what_cannot_be_is_said_before_anything_is_done() {
    let folder = scratch("refused");
    let input = folder.join("in.csv");
    fs::write(&input, "id,colour\n1,red\n").expect("a file");
    let refused = |input: &Path, output: &str, more: &[&str], why: &str| {
        let done = batch(input, &folder.join(output), more);
        assert!(!done.status.success() && said(&done).contains(why), "{why}: {}", said(&done));
    };
    refused(&input, "out.jsonl", &[], "no column is known for `check`: there are `id`, `colour`");
    refused(&input, "out.xyz", &[], "of which form is it?");
    refused(&folder.join("none.csv"), "out.jsonl", &[], "none.csv");
    refused(&folder, "out.jsonl", &["--format", "csv"], "this is a folder");
    let map = folder.join("map.toml");
    fs::write(&map, "[columns]\nitem = \"color\"\n").expect("a file");
    refused(&input, "out.jsonl", &["--map", map.to_str().expect("a path")], "did you mean `colour`?");
    fs::write(&map, "[columns]\nitm = \"colour\"\n").expect("a file");
    refused(&input, "out.jsonl", &["--map", map.to_str().expect("a path")], "did you mean `item`?");
    let parquet = folder.join("in.parquet");
    fs::write(&parquet, "no parquet").expect("a file");
    refused(&parquet, "out.jsonl", &[], "no Parquet file that can be read");
    fs::write(folder.join("there.jsonl"), "kept").expect("a file");
    let open = folder.join("open.csv");
    fs::write(&open, format!("id,item\n1,\"rice\n{}", "2,rice\n".repeat(3 << 20))).expect("a file");
    refused(&open, "open.jsonl", &[], "is a quote never closed?");
    let day = ["--mode", "classify", "--as-of", "2024"];
    refused(&input, "day.jsonl", &day, "name one day");
    let good = folder.join("good.csv");
    fs::write(&good, "id,item\n1,rice\n").expect("a file");
    refused(Path::new("-"), "out.jsonl", &["--format", "csv"], "standard input cannot be taken up again");
    refused(&good, "no/folder/out.jsonl", &[], "No such file");
    assert!(!folder.join("no").exists());
    let empty = folder.join("empty.csv");
    fs::write(&empty, "").expect("a file");
    refused(&empty, "out.jsonl", &[], "the file has no header");
    refused(&good, "there.jsonl", &[], "exists; nothing is written over it");
    assert_eq!(fs::read_to_string(folder.join("there.jsonl")).expect("a file"), "kept");
}

#[test]
fn lines_have_columns_of_their_own_and_none_is_an_answer_too() {
    let folder = scratch("lines");
    let input = folder.join("in.jsonl");
    let act = r#"{"id":"a","kind":"gift","on":"2024-02-18","items":[{"description":"limousine"}],"places":{"destination":"KP"}}"#;
    let flat = r#"{"id":7,"item":"limousine","to":"North Korea","date":"2024-02-18","kind":"gift"}"#;
    fs::write(&input, format!("{act}\n\nnot json\n{flat}\n{{\"id\":8,\"foo\":1,\"item\":\"rice\"}}\n")).expect("a file");
    let output = folder.join("out.jsonl");
    assert_eq!(batch(&input, &output, &["--in", "un"]).status.code(), Some(1));
    let rows = rows_of(&output);
    assert_eq!(rows.iter().map(|r| r["id"].as_str().expect("an id")).collect::<Vec<_>>(), ["a", "2", "7", "8"]);
    assert_eq!((&rows[0]["overall"], &rows[2]["overall"]), (&json!("prohibited"), &json!("prohibited")));
    assert_eq!(rows[1]["error"], "line 3, column 2: expected ident");
    assert!(rows[3]["error"].as_str().is_some_and(|e| e.contains("`foo` is no field known here")), "{}", rows[3]);
    let nothing = folder.join("nothing.jsonl");
    fs::write(&nothing, "").expect("a file");
    let empty = folder.join("empty.parquet");
    assert!(batch(&nothing, &empty, &["--in", "un"]).status.success());
    let read = ParquetRecordBatchReaderBuilder::try_new(File::open(&empty).expect("a file")).expect("Parquet");
    assert_eq!((read.metadata().file_metadata().num_rows(), read.schema().fields().len()), (0, 9));
}

#[test]
fn a_damaged_group_of_rows_costs_no_other() {
    let folder = scratch("damaged");
    let input = folder.join("in.parquet");
    write_parquet(&input, &table(), 2);
    let whole = folder.join("whole.jsonl");
    assert!(batch(&input, &whole, &["--in", "un"]).status.success());
    let groups = ParquetRecordBatchReaderBuilder::try_new(File::open(&input).expect("a file")).expect("Parquet");
    let column = groups.metadata().row_group(1).column(3);
    let (start, length) = column.byte_range();
    let mut bytes = fs::read(&input).expect("a file");
    let range = usize::try_from(start).expect("small")..usize::try_from(start + length).expect("small");
    bytes[range].fill(0xff);
    let hurt = folder.join("hurt.parquet");
    fs::write(&hurt, bytes).expect("a file");
    let output = folder.join("out.jsonl");
    let done = batch(&hurt, &output, &["--in", "un"]);
    assert_eq!(done.status.code(), Some(1), "{}", said(&done));
    let (rows, want) = (rows_of(&output), rows_of(&whole));
    assert_eq!(rows.len(), want.len());
    for (at, (row, one)) in rows.iter().zip(&want).enumerate() {
        if (2..4).contains(&at) {
            assert!(row["error"].as_str().is_some_and(|e| e.starts_with("row group 2 cannot be read")), "{row}");
        } else {
            assert_eq!(row, one);
        }
    }
}

#[test]
fn after_a_kill_no_row_is_lost_and_none_is_there_twice() {
    let folder = scratch("killed");
    let input = folder.join("in.csv");
    let rows = 70_000;
    let body: String = (0..rows).map(|n| format!("{n},{}\n", ["rice", "a limousine", "", "coal"][n % 4])).collect();
    fs::write(&input, format!("id,description\n{body}")).expect("a file");
    let mode = ["--mode", "classify", "--as-of", "2024-02-18"];
    let straight = folder.join("straight.csv");
    assert_eq!(batch(&input, &straight, &mode).status.code(), Some(1), "empty descriptions are rejected");
    let output = folder.join("out.csv");
    let parts = folder.join("out.csv.parts");
    let count = || fs::read_dir(&parts).map_or(0, |d| d.flatten().filter(|e| e.path().extension().is_some_and(|x| x == "arrow")).count());
    for wanted in [1, 4, 9] {
        let mut child = licit().arg("batch").arg(&input).arg(&output).args(mode).stderr(Stdio::null()).spawn().expect("the binary runs");
        while count() < wanted && child.try_wait().expect("a child").is_none() {
            std::thread::yield_now();
        }
        child.kill().expect("it is killed");
        child.wait().expect("it ends");
    }
    assert!(!output.exists(), "the kills came before the end");
    // Another question does not go on with these answers.
    let other = batch(&input, &output, &["--mode", "classify", "--as-of", "2024-02-19"]);
    assert!(said(&other).contains("--restart throws them away"), "{}", said(&other));
    let done = batch(&input, &output, &mode);
    assert!(said(&done).contains("of them by an earlier run"), "{}", said(&done));
    assert!(fs::read(&output).expect("an output") == fs::read(&straight).expect("an output"));
    let rejects = |name: &str| fs::read(folder.join(format!("{name}.rejects.jsonl"))).expect("rejects");
    assert!(rejects("out.csv") == rejects("straight.csv"));
    assert!(!parts.exists());
}

/// Numbers that look random and are the same on every run (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or(0) % sides
    }
    fn of<'t>(&mut self, words: &[&'t str]) -> &'t str {
        words[self.roll(words.len())]
    }
}

const NAMES: [&str; 24] = [
    "",
    "Nordhof Pumpen GmbH",
    "Lumfield Trading Ltd",
    "Kim Jong Un",
    "Korea Mining Development Trading Corporation",
    "KOREA KUMGANG GROUP",
    "Vladimir Putin",
    "a shop in Pyongyang",
    "a firm in Dalian",
    "Embassy of Germany in Pyongyang",
    "Government of Iran",
    "DPRK",
    "Russian tourists",
    "Ministry of Health of Syria",
    "World Food Programme",
    "Anna Waldbach",
    "Muhammad Ali",
    "a bank owned to 60 per cent by Korea Kwangson Banking Corporation",
    "Tanchon Commercial Bank",
    "Mahan Air",
    "Gulf Noor Shipping LLC",
    "Central Bank of Libya",
    "Petrov Ivan Sergeevich",
    "Bank of Dandong",
];
const GOODS: [(&str, &str); 22] = [
    ("rice", "1006"),
    ("Aurus limousine", "8703"),
    ("used trucks", "8704"),
    ("coal and iron ore", ""),
    ("500 t of coal", "2701"),
    ("water pumps", "841370"),
    ("pumps for a hospital", "8413"),
    ("racehorses", "101"),
    ("toys", ""),
    ("", "8803"),
    ("", "27"),
    ("jet fuel", "2710"),
    ("diesel", "2710"),
    ("wrist watches worth 900 EUR each", "9101"),
    ("chips with 40 per cent US content", "8542"),
    ("machine tools and lathes", "8458"),
    ("medicines", "3004"),
    ("statues", ""),
    ("seafood", "0306"),
    ("frobnicators", ""),
    ("12 pairs of shoes", "6403"),
    ("", ""),
];
const PLACES: [&str; 22] = [
    "KP",
    "KP",
    "North Korea",
    "RU",
    "IR",
    "SY",
    "CN",
    "DE",
    "US",
    "JP",
    "GB",
    "LY",
    "CU",
    "Pyongyang",
    "Georgia",
    "Korea",
    "Rotterdam",
    "",
    "",
    "AE",
    "MM",
    "Atlantis",
];
const DAYS: [&str; 20] = [
    "2024-02-18",
    "2017-09-12",
    "2017-12-22",
    "2016-03-03",
    "2006-10-15",
    "2012-01-01",
    "2014-08-01",
    "2022-03-01",
    "2023-06-24",
    "2025-11-20",
    "2019-05-01",
    "2018-03-01",
    "2013-03-08",
    "2016-01-16",
    "2026-02-01",
    "2017",
    "2016-03",
    "",
    "2024-02-30",
    "2020-07-15",
];
const KINDS: [&str; 16] = [
    "gift",
    "sale",
    "export",
    "import",
    "",
    "supply",
    "transport",
    "travel",
    "service",
    "insurance",
    "loan",
    "procurement",
    "port_call",
    "training",
    "donation",
    "teleport",
];
const HEADER: &str = "id,kind,on,status,purpose,contract_date,from,to,via,bank,carrier,RECIPIENT,recipient_country,recipient_nationality,\
                      recipient_type,supplier,supplier_country,vessel,vessel_flag,item,hs,quantity,unit,value,currency,item_origin,condition";

/// Writes a cell, and what it means at a place of the act.
type Saying<'s> = &'s mut dyn FnMut(&mut Value, &[&str], &str, Value);

/// A row with something in any field, and the act that it means.
fn dice_row(dice: &mut Dice, number: usize) -> (Vec<String>, Value) {
    let mut act = json!({"id": number.to_string()});
    let mut cells = vec![number.to_string()];
    let mut said = |act: &mut Value, path: &[&str], text: &str, value: Value| {
        cells.push(text.to_owned());
        if !text.is_empty() {
            let place = path.iter().fold(act, |at, step| &mut at[*step]);
            *place = value;
        }
    };
    let seldom = |dice: &mut Dice, words: &[&'static str]| if dice.roll(8) == 0 { dice.of(words) } else { "" };
    let plain = |act: &mut Value, path: &[&str], text: &str, said: Saying| said(act, path, text, json!(text));
    plain(&mut act, &["kind"], dice.of(&KINDS), &mut said);
    plain(&mut act, &["on"], dice.of(&DAYS), &mut said);
    plain(&mut act, &["status"], seldom(dice, &["planned", "done"]), &mut said);
    plain(&mut act, &["purpose"], seldom(dice, &["humanitarian relief", "for the army", "private use"]), &mut said);
    plain(&mut act, &["contract_date"], seldom(dice, &["2017-08-01", "2016-02"]), &mut said);
    plain(&mut act, &["places", "origin"], dice.of(&PLACES), &mut said);
    plain(&mut act, &["places", "destination"], dice.of(&PLACES), &mut said);
    let via = seldom(dice, &["CN", "RU;KP", "Singapore"]);
    said(&mut act, &["places", "transit"], via, json!(via.split(';').collect::<Vec<_>>()));
    let mut parties = Vec::new();
    for role in ["bank", "carrier", "recipient", "supplier", "vessel"] {
        let main = matches!(role, "recipient" | "supplier");
        let name = if main { dice.of(&NAMES) } else { seldom(dice, &NAMES) };
        let mut party = json!({"role": role});
        plain(&mut party, &["name"], name, &mut said);
        if main {
            plain(&mut party, &["located_in"], if dice.roll(2) == 0 { dice.of(&PLACES[..14]) } else { "" }, &mut said);
        }
        if role == "recipient" {
            let nations = seldom(dice, &["KP", "DE;RU"]);
            said(&mut party, &["nationality"], nations, json!(nations.split(';').collect::<Vec<_>>()));
            plain(&mut party, &["type"], seldom(dice, &["person", "company", "government"]), &mut said);
        }
        if role == "vessel" {
            plain(&mut party, &["flag"], seldom(dice, &["KP", "PA"]), &mut said);
        }
        if party.as_object().is_some_and(|p| p.len() > 1) {
            parties.push(party);
        }
    }
    let (description, code) = GOODS[dice.roll(GOODS.len())];
    let mut item = json!({});
    plain(&mut item, &["description"], description, &mut said);
    let whole = if code.len() % 2 == 1 { format!("0{code}") } else { code.to_owned() };
    said(&mut item, &["hs"], code, json!(whole));
    for (field, amounts, units) in [
        ("quantity", ["", "5", "1200.5", "0", "3 kg"], ["", "kg", "t", "item", "stones"]),
        ("value", ["", "90", "250000", "1e9", "x"], ["", "EUR", "USD", "USD", "JPY"]),
    ] {
        let (amount, unit) = (amounts[[0, 1, 1, 2, 2, 1, 2, 1, 3, 4][dice.roll(10)]], units[[0, 1, 2, 3, 1, 2, 3, 4][dice.roll(8)]]);
        let both = if unit.is_empty() { amount.to_owned() } else { format!("{amount} {unit}") };
        said(&mut item, &[field], amount, json!(both));
        said(&mut json!({}), &["unit"], unit, json!(""));
    }
    plain(&mut item, &["origin"], seldom(dice, &["KP", "US", "RU"]), &mut said);
    plain(&mut item, &["condition"], seldom(dice, &["new", "used"]), &mut said);
    if !parties.is_empty() {
        act["parties"] = json!(parties);
    }
    if item.as_object().is_some_and(|i| !i.is_empty()) {
        act["items"] = json!([item]);
    }
    (cells, act)
}

/// The cells of a row as a line of JSON: of every third only those that hold something, and amounts that are numbers as numbers.
fn flat_line(cells: &[String], number: usize) -> Value {
    let fields = HEADER.split(',').zip(cells).filter(|(_, cell)| !number.is_multiple_of(3) || !cell.is_empty()).map(|(name, cell)| {
        let whole = cell.parse::<u64>().ok().filter(|_| matches!(name, "quantity" | "value"));
        (name.to_owned(), whole.map_or_else(|| json!(cell), |amount| json!(amount)))
    });
    Value::Object(fields.collect())
}

/// The columns of a row against the line that `licit check --jsonl --brief` gives for the same act.
fn agree_in_all(row: &Value, one: &Value) {
    if one.get("error").is_some() {
        assert!(row["error"].is_string() && row["overall"].is_null(), "{row} {one}");
        return;
    }
    let decisions = one["decisions"].as_array().expect("decisions");
    let all = |field: &str| -> Vec<String> {
        let texts = decisions.iter().flat_map(|d| d[field].as_array().expect("a list"));
        texts.map(|t| t.as_str().expect("a text").to_owned()).collect()
    };
    let mut missing = Vec::new();
    all("missing").into_iter().for_each(|fact| {
        if !missing.contains(&fact) {
            missing.push(fact)
        }
    });
    agree(std::slice::from_ref(row), std::slice::from_ref(one));
    assert_eq!(row["provisions"], all("provisions").join(";"), "{row} {one}");
    assert_eq!(row["missing"], missing.join(";"), "{row} {one}");
    if let [only] = decisions.as_slice() {
        let words: Vec<&str> = only["possible"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
        assert_eq!(row["possible"], words.join(";"), "{row} {one}");
    }
}

#[test]
fn thousands_of_rows_with_anything_in_them_are_answered_as_one_by_one() {
    let folder = scratch("dice");
    for (name, rows, authorities) in [("un", 3_000, "un"), ("all", 1_500, "un,eu,us,uk,jp,kr,ch,au,ca,sg,nz")] {
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
        let (table, lines) = (folder.join(format!("{name}.csv")), folder.join(format!("{name}.jsonl")));
        let mut writer = csv::Writer::from_path(&table).expect("a file");
        writer.write_record(HEADER.split(',')).expect("a header");
        let (mut acts, mut flat) = (String::new(), String::new());
        for number in 1..=rows {
            let (cells, act) = dice_row(&mut dice, number);
            flat.push_str(&format!("{}\n", flat_line(&cells, number)));
            writer.write_record(&cells).expect("a row");
            acts.push_str(&format!("{act}\n"));
        }
        writer.flush().expect("a file");
        fs::write(&lines, acts).expect("a file");
        let singly =
            licit().args(["check", "--jsonl"]).arg(&lines).args(["--brief", "--in", authorities]).output().expect("the binary runs");
        let singly: Vec<Value> =
            String::from_utf8_lossy(&singly.stdout).lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
        let output = folder.join(format!("{name}-out.jsonl"));
        let done = batch(&table, &output, &["--in", authorities]);
        assert_eq!(done.status.code(), Some(1), "some rows are bad on purpose: {}", said(&done));
        let answers = rows_of(&output);
        assert_eq!((answers.len(), singly.len()), (rows, rows));
        answers.iter().zip(&singly).for_each(|(row, one)| agree_in_all(row, one));
        // The same cells as lines of JSON: those that hold every field are answered like a table, the others one by one.
        let (flat_input, flat_output) = (folder.join(format!("{name}-flat.jsonl")), folder.join(format!("{name}-flat-out.jsonl")));
        fs::write(&flat_input, flat).expect("a file");
        let done = batch(&flat_input, &flat_output, &["--in", authorities]);
        assert_eq!(done.status.code(), Some(1), "some rows are bad on purpose: {}", said(&done));
        let lined = rows_of(&flat_output);
        assert_eq!(lined.len(), rows);
        lined.iter().zip(&singly).for_each(|(row, one)| agree_in_all(row, one));
        let good = answers.iter().filter(|r| r["error"].is_null());
        let words: std::collections::BTreeSet<&str> = good.clone().filter_map(|r| r["overall"].as_str()).collect();
        assert!(words.len() >= 4 && good.count() > rows / 3, "the rows are to be of all sorts: {words:?}");
    }
}
