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
