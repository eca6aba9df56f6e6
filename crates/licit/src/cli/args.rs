//! Commands, options and their help.

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

const AFTER: &str = "\
Examples:
  licit read article.txt --published 2024-02-20
  licit ask \"Putin gave Kim Jong Un a car - is he even allowed to do that?\" --on 2024-02-18
  licit check --kind gift --by \"Vladimir Putin\" --for \"Kim Jong Un\" --from Russia --to \"North Korea\" --item \"Aurus limousine\" --on 2024-02-18
  licit check act.json --json
  licit check --jsonl acts.jsonl --brief > verdicts.jsonl
  licit route act.json --svg map.svg
  licit law show un/2397#7
  licit law diff 2016-12-31 2018-01-01

Exit status: 0 answered (whatever the verdict), 1 some input was bad, 2 usage, 3 law or data missing or damaged.
Nothing here is legal advice.";

/// Is this act allowed? Decides acts under sanctions law, with the paragraph, the proof and the missing facts.
#[derive(Parser, Debug)]
#[command(name = "licit", version, about, after_help = AFTER, propagate_version = true, arg_required_else_help = true)]
pub(crate) struct Cli {
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", value_enum)]
    pub color: Color,
    /// Read the law from this folder instead of the one compiled in
    #[arg(long, global = true, value_name = "DIR")]
    pub law: Option<PathBuf>,
    /// The law and listings of this day instead of the day of the act
    #[arg(long, global = true, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Authorities to ask, separated by commas: un, eu, us, uk, kr, jp, ch, au, ca, sg, nz (all that are encoded)
    #[arg(long = "in", global = true, value_name = "LIST", value_delimiter = ',')]
    pub jurisdictions: Vec<String>,
    /// Answer in JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// Shorten nothing, and show the proof
    #[arg(long, global = true)]
    pub all: bool,
    /// Folder for data that is kept between runs (the platform's data folder, or LICIT_DATA)
    #[arg(long, global = true, value_name = "DIR", hide_short_help = true)]
    pub data: Option<PathBuf>,
    /// The record of decisions: sqlite:FILE or postgres://… (record.sqlite in the data folder, or LICIT_STORE)
    #[arg(long, global = true, value_name = "ADDRESS", hide_short_help = true)]
    pub store: Option<String>,
    /// Never use the network (`lists update`, a model as reader, and `serve` with --hooks or --oidc do)
    #[arg(long, global = true, hide_short_help = true)]
    pub offline: bool,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub(crate) enum Color {
    /// In a terminal, unless NO_COLOR is set
    Auto,
    Always,
    Never,
}

impl Color {
    pub(crate) fn write_global(self) {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Read a sentence or question, decide the act it tells, explain in words
    #[command(after_help = ASK)]
    Ask(Question),
    /// Read reports: who gave what to whom, who says so, and what the law says of each act
    #[command(after_help = READ)]
    Read(Texts),
    /// Decide one act, or one a line
    Check(Box<Check>),
    /// Who on the lists a party may be, how surely, and why
    Screen(Box<Screen>),
    /// What goods are: customs headings, lists that name them, what is left to ask
    Classify(Classify),
    /// Red flags of a journey: what it shows, how strongly, what is not known
    #[command(after_help = ROUTE)]
    Route(Route),
    /// Whole tables: Parquet, Arrow, CSV or JSON lines in and out, on all cores, to be taken up again after a kill
    #[command(after_help = BATCH)]
    Batch(Box<Batch>),
    /// The encoded law: list, show, compare, coverage
    Law {
        #[command(subcommand)]
        command: Law,
    },
    /// The issuers' lists: what is on record, import, update, compare
    Lists {
        #[command(subcommand)]
        command: Lists,
    },
    /// A decision that was kept, and whether deciding again gives the same bytes
    Show(Show),
    /// Decide everything on file again: what a new list, a new law or a new encoding changes
    Recheck(Recheck),
    /// Keys for a server that others can reach
    Key {
        #[command(subcommand)]
        command: KeyCommand,
    },
    /// The record of decisions: verify, export, remove, list
    Audit {
        #[command(subcommand)]
        command: Audit,
    },
    /// Answer over HTTP, for programs and for people
    #[command(after_help = SERVE)]
    Serve(Serve),
    /// The same tools for programs that work with a language model: Model Context Protocol on standard input and output
    #[command(after_help = MCP)]
    Mcp,
    /// Print completions for a shell
    Completions { shell: clap_complete::Shell },
    /// Write manual pages into a folder
    Man {
        #[arg(value_name = "DIR")]
        dir: PathBuf,
    },
}

const MCP: &str = "\
One JSON-RPC message a line. Tools: check, read, screen, classify, law. In the settings of such a program:
  {\"mcpServers\": {\"licit\": {\"command\": \"licit\", \"args\": [\"mcp\"]}}}";

const BATCH: &str = "\
Examples:
  licit batch shipments.parquet decisions.parquet --in un,eu,us
  licit batch customers.csv hits.csv --mode screen
  licit batch rows.csv answers.jsonl --map columns.toml --explain

A mapping file:
  [columns]                 # what licit calls it = what your table calls it
  id = \"shipment_no\"
  consignee = \"ship_to\"
  consignee_country = \"ship_to_country\"
  item = \"goods_text\"
  [constants]               # the same in every row
  kind = \"export\"

Exit status 1 says that some rows could not be read: they have an `error`, and stand in OUT.rejects.jsonl.";

/// Whole tables.
#[derive(Args, Debug)]
pub(crate) struct Batch {
    /// Rows: .parquet, .arrow, .csv or .jsonl
    #[arg(value_name = "IN")]
    pub input: PathBuf,
    /// Answers, one a row in the same order; must not exist
    #[arg(value_name = "OUT")]
    pub output: PathBuf,
    /// What is asked of every row
    #[arg(long, value_name = "MODE", default_value = "check", value_parser = ["check", "screen", "classify", "read"])]
    pub mode: String,
    /// Which column holds what (TOML)
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
    /// The form of the rows, where the name does not tell
    #[arg(long, value_name = "FORM", value_parser = ["parquet", "arrow", "csv", "jsonl"])]
    pub format: Option<String>,
    /// The form of the answers, where the name does not tell
    #[arg(long, value_name = "FORM", value_parser = ["parquet", "arrow", "csv", "jsonl"])]
    pub output_format: Option<String>,
    /// Add the whole answer with its proof to each row
    #[arg(long)]
    pub explain: bool,
    /// Screening: the score from which a hit is told
    #[arg(long, value_name = "SCORE")]
    pub min: Option<f32>,
    /// Throw away what an unfinished run left, and begin again
    #[arg(long)]
    pub restart: bool,
}

const SERVE: &str = "\
Examples:
  licit serve
  licit serve --listen 127.0.0.1:9000 --log json
  curl -s http://127.0.0.1:8711/v1/check -H 'content-type: application/json' --data-binary @act.json
  curl -s 'http://127.0.0.1:8711/v1/check?in=un,eu&brief=true' -H 'content-type: application/json' --data-binary @acts.json

On the loopback interface it asks nobody for a key; elsewhere it always does. docs/serve.md says what it answers.
Ends when it is interrupted or terminated, after it has finished what it began.";

#[derive(Args, Debug)]
pub(crate) struct Serve {
    /// Address and port to listen on
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:8711")]
    pub listen: std::net::SocketAddr,
    /// How to log to standard error
    #[arg(long, value_name = "FORM", value_enum, default_value = "text")]
    pub log: LogWord,
    /// Most requests a second from one address (as many as there is room for)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub rate: Option<u32>,
    /// Ask for a key (`licit key add`), on the loopback interface too; elsewhere one is always asked for
    #[arg(long)]
    pub keys: bool,
    /// Keep every decision of `/v1/check`, not only those asked with `keep=true`
    #[arg(long)]
    pub keep_all: bool,
    /// Keep no record: decisions cannot be put on file
    #[arg(long, conflicts_with = "keep_all")]
    pub no_record: bool,
    /// Decide again what is on file at the start, and whenever a new version of a list is taken
    #[arg(long, conflicts_with = "no_record")]
    pub recheck: bool,
    /// Take tokens of the identity provider that this file names (docs/serve.md says how it is written)
    #[arg(long, value_name = "FILE")]
    pub oidc: Option<PathBuf>,
    /// Speak TLS with the certificate, and those that vouch for it, in this file (PEM)
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// The key of the certificate (PEM)
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// Tell the receivers that this file names what a recheck finds (docs/record.md says how it is written)
    #[arg(long, value_name = "FILE", conflicts_with = "no_record")]
    pub hooks: Option<PathBuf>,
    /// Send a span of each request to this collector of OpenTelemetry (OTLP over HTTP, as JSON)
    #[arg(long, value_name = "URL")]
    pub otlp: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub(crate) enum LogWord {
    Text,
    Json,
    Off,
}

const ASK: &str = "\
Examples:
  licit ask \"Putin gave Kim Jong Un a car\" --on 2024-02-18
  licit ask \"A Chinese company sold two ships to North Korea in March 2019\"
  licit ask \"Moscow sent Pyongyang 20 tonnes of coal yesterday\" --on today --json

A sentence must say who gives, sells, sends or does what, and to whom. Without a day every day is possible, and the answer says
whether the day decides.

Exit status: 0 answered (whatever the verdict), 1 no act was found, 2 usage, 3 law or data missing or damaged.";

#[derive(Args, Debug, Default)]
pub(crate) struct Question {
    /// A sentence or a question that tells an act
    #[arg(value_name = "SENTENCE", required = true)]
    pub words: Vec<String>,
    /// The day it is said, from which `yesterday` counts; also the day of the act where the sentence names none
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
}

const READ: &str = "\
Examples:
  licit read examples/gift.txt
  licit read article.txt --published 2024-02-20 --json
  licit read page.html report.pdf --markdown > report.md
  curl -s https://example.org/news.html | licit read - --published today
  licit read --jsonl articles.jsonl --brief > readings.jsonl

A line of --jsonl is {\"id\": \"a1\", \"text\": \"…\", \"published\": \"2024-02-20\", \"language\": \"en\"}; day and language may be left out.
Every act is decided as if it were true; whether it is true, nobody here knows. docs/reading.md says what is read and what is not.";

#[derive(Args, Debug, Default)]
pub(crate) struct Texts {
    /// Reports to read; `-` or none is standard input. With --jsonl: the file of lines
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// One text a line in, one answer a line out, in the same order
    #[arg(long)]
    pub jsonl: bool,
    /// A report in Markdown
    #[arg(long, conflicts_with_all = ["jsonl", "json", "brief"])]
    pub markdown: bool,
    /// Of each decision only verdicts, provision ids and names of missing facts (implies --json)
    #[arg(long)]
    pub brief: bool,
    /// The day of publication, from which `yesterday` and `on Sunday` count
    #[arg(long, visible_alias = "on", value_name = "DATE")]
    pub published: Option<String>,
    /// The language of the text, such as en
    #[arg(long, value_name = "CODE")]
    pub language: Option<String>,
    /// What the files are, where it does not show
    #[arg(long, value_name = "FORM", value_enum)]
    pub format: Option<TextForm>,
    /// Who reads: the rules (offline), a language model, or both side by side
    #[arg(long, value_name = "WHO", value_enum)]
    pub reader: Option<ReaderName>,
    /// Base address of a server that answers chat completions; the texts are sent there. Its key: LICIT_MODEL_KEY
    #[arg(long, value_name = "URL", requires = "reader")]
    pub endpoint: Option<String>,
    /// Name of the model on that server
    #[arg(long, value_name = "NAME", requires = "reader")]
    pub model: Option<String>,
}

/// Who reads a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub(crate) enum ReaderName {
    Rules,
    Model,
    Both,
}

/// The form of a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub(crate) enum TextForm {
    Plain,
    Markdown,
    Html,
    Pdf,
}

#[derive(Args, Debug, Default)]
pub(crate) struct Check {
    /// The act as JSON, YAML or TOML; `-` is standard input
    #[arg(value_name = "ACT")]
    pub file: Option<PathBuf>,
    /// One act a line in, one decision a line out, in the same order
    #[arg(long)]
    pub jsonl: bool,
    /// Verdicts, provision ids and names of missing facts only (implies --json)
    #[arg(long)]
    pub brief: bool,
    /// The verdict as exit status: 0 permitted or out of scope, 10 needs authorisation, 11 insufficient facts, 12 prohibited
    #[arg(long)]
    pub exit_verdict: bool,
    /// Ask for the facts that can still change the answer, the most telling first
    #[arg(short, long)]
    pub interactive: bool,
    /// Keep the decision on file (see `licit show`, `licit recheck`, `licit audit`)
    #[arg(long, conflicts_with = "interactive")]
    pub keep: bool,
    /// Write the decision as a PDF instead (`-`: standard output); with --keep it tells its entry
    #[arg(long, value_name = "FILE", conflicts_with_all = ["interactive", "brief", "jsonl"])]
    pub pdf: Option<PathBuf>,

    /// What is done: gift, sale, supply, import, training, payment, …; goods with --from or --to are a supply when nothing is said
    #[arg(long, value_name = "KIND", help_heading = "The act")]
    pub kind: Option<String>,
    /// Who does it: the giver, seller, sender, teacher; the buyer of an import
    #[arg(long, value_name = "NAME", help_heading = "The act")]
    pub by: Option<String>,
    /// Who receives it
    #[arg(long = "for", value_name = "NAME", help_heading = "The act")]
    pub to_whom: Option<String>,
    /// Another party: `bank=Tanchon Commercial Bank`
    #[arg(long, value_name = "ROLE=NAME", help_heading = "The act")]
    pub party: Vec<String>,
    /// Where it starts
    #[arg(long, value_name = "PLACE", help_heading = "The act")]
    pub from: Option<String>,
    /// Where it ends
    #[arg(long, value_name = "PLACE", help_heading = "The act")]
    pub to: Option<String>,
    /// Where it passes; may be repeated
    #[arg(long, value_name = "PLACE", help_heading = "The act")]
    pub via: Vec<String>,
    /// What it is, in words; may be repeated
    #[arg(long, value_name = "TEXT", help_heading = "The act")]
    pub item: Vec<String>,
    /// HS code of the item, in the order of --item
    #[arg(long, value_name = "CODE", help_heading = "The act")]
    pub hs: Vec<String>,
    /// How much, such as `20 t`, in the order of --item
    #[arg(long, value_name = "N UNIT", help_heading = "The act")]
    pub quantity: Vec<String>,
    /// What it is worth, such as `15000 USD`, in the order of --item
    #[arg(long, value_name = "SUM", help_heading = "The act")]
    pub value: Vec<String>,
    /// Where it was made, in the order of --item
    #[arg(long, value_name = "PLACE", help_heading = "The act")]
    pub origin: Vec<String>,
    /// new or used, in the order of --item
    #[arg(long, value_name = "STATE", help_heading = "The act")]
    pub condition: Vec<String>,
    /// The day: 2024-02-18, 2024-02, "18 February 2024", today
    #[arg(long, value_name = "DATE", help_heading = "The act")]
    pub on: Option<String>,
    /// planned, attempted or completed
    #[arg(long, value_name = "STATUS", help_heading = "The act")]
    pub status: Option<String>,
    /// What it is for
    #[arg(long, value_name = "TEXT", help_heading = "The act")]
    pub purpose: Option<String>,
    /// The day of the written contract
    #[arg(long, value_name = "DATE", help_heading = "The act")]
    pub contract_date: Option<String>,
    /// A permission on record: `un/1718-committee 2020-01-15..2020-07-15`
    #[arg(long, value_name = "AUTHORITY FROM..UNTIL", help_heading = "The act")]
    pub approval: Vec<String>,
    /// A finding on record: `exclusively-livelihood=yes`
    #[arg(long, value_name = "NAME=yes|no", help_heading = "The act")]
    pub judgement: Vec<String>,
}

const ROUTE: &str = "\
Examples:
  licit route examples/maybach.json
  licit route examples/maybach.json --svg journey.svg
  licit route --jsonl journeys.jsonl > flags.jsonl

A journey is an act with legs:
  {\"on\": \"2018\", \"items\": [{\"description\": \"armoured limousine\", \"hs\": \"8703\"}],
   \"legs\": [{\"mode\": \"sea\", \"from\": \"Rotterdam\", \"to\": \"Dalian\", \"depart\": \"2018-06-20\", \"arrive\": \"2018-07-31\"},
            {\"mode\": \"sea\", \"from\": \"Dalian\", \"to\": \"Osaka\", \"depart\": \"2018-08-26\"}]}
docs/routes.md names every field and flag. A score says how much the way looks like concealment; it is no verdict.";

#[derive(Args, Debug, Default)]
pub(crate) struct Route {
    /// The act as JSON, YAML or TOML; `-` is standard input. With --jsonl: the file of acts
    #[arg(value_name = "ACT")]
    pub file: Option<PathBuf>,
    /// One act a line in, one answer a line out, in the same order
    #[arg(long)]
    pub jsonl: bool,
    /// Draw the legs on a map; `-` is standard output
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
}

#[derive(Args, Debug, Default)]
pub(crate) struct Screen {
    /// Names to look for, in any script
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    /// Names from a file, one a line; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// One party a line in, one answer a line out, in the same order
    #[arg(long, value_name = "FILE", num_args = 0..=1)]
    pub jsonl: Option<Option<PathBuf>>,
    /// Only these lists, separated by commas
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub list: Vec<String>,
    /// Lowest score that is shown, 0 to 1
    #[arg(long, value_name = "SCORE")]
    pub min: Option<f32>,
    /// Most hits of a party
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Whoever was ever listed, not only who is today
    #[arg(long)]
    pub ever: bool,

    /// person company bank government organisation vessel aircraft
    #[arg(long = "type", value_name = "TYPE", help_heading = "What is known of the party")]
    pub kind: Option<String>,
    /// Nationality, seat or flag; may be repeated
    #[arg(long, value_name = "COUNTRY", help_heading = "What is known of the party")]
    pub country: Vec<String>,
    /// 1964-07-17, 1964-07 or 1964
    #[arg(long, value_name = "DATE", help_heading = "What is known of the party")]
    pub birth_date: Option<String>,
    /// female or male
    #[arg(long, value_name = "GENDER", help_heading = "What is known of the party")]
    pub gender: Option<String>,
    /// A number: `imo:9187629`, `passport:381310014`; may be repeated
    #[arg(long, value_name = "KIND:NUMBER", help_heading = "What is known of the party")]
    pub id: Vec<String>,

    /// Settle that the party is not this listing: un-sc/KPi.033
    #[arg(long, value_name = "LISTING", help_heading = "What somebody has settled")]
    pub not: Option<String>,
    /// Settle that the party is this listing
    #[arg(long, value_name = "LISTING", conflicts_with = "not", help_heading = "What somebody has settled")]
    pub same: Option<String>,
    /// Take a settlement back
    #[arg(long, value_name = "LISTING", conflicts_with_all = ["not", "same"], help_heading = "What somebody has settled")]
    pub reopen: Option<String>,
    /// Why it is settled so
    #[arg(long, value_name = "TEXT", help_heading = "What somebody has settled")]
    pub because: Option<String>,
    /// Who settles it
    #[arg(long, value_name = "NAME", help_heading = "What somebody has settled")]
    pub by: Option<String>,
    /// Show everything that is settled
    #[arg(long, help_heading = "What somebody has settled")]
    pub settled: bool,
}

#[derive(Args, Debug, Default)]
pub(crate) struct Classify {
    /// Descriptions of goods, each in quotes, in any language
    #[arg(value_name = "TEXT")]
    pub texts: Vec<String>,
    /// One description a line in, one answer a line out, in the same order
    #[arg(long, value_name = "FILE", num_args = 0..=1)]
    pub jsonl: Option<Option<PathBuf>>,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Law {
    /// The instruments that are encoded
    List,
    /// One provision, paragraph or instrument
    Show {
        /// Such as un/2397#7 or un/2397
        id: String,
        /// As it stood on this day
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
    },
    /// What changed from one day to another (with --in: for these authorities)
    Diff {
        #[arg(value_name = "DATE")]
        from: String,
        #[arg(value_name = "DATE")]
        to: String,
    },
    /// When a provision, an instrument or a regime began, changed and ended
    Timeline {
        /// Such as un/2397#5, un/2231 or un/iran
        id: String,
    },
    /// What ends when, from a day on (today)
    Calendar {
        /// The first day
        #[arg(long, value_name = "DATE")]
        from: Option<String>,
    },
    /// Paragraphs, provisions and cases, what nothing tests, and what is not encoded
    Coverage,
}

#[derive(Args, Debug)]
pub(crate) struct Show {
    /// The id under which it was kept
    #[arg(value_name = "ID")]
    pub id: String,
    /// Write it as a PDF for the file (`-`: standard output)
    #[arg(long, value_name = "FILE")]
    pub pdf: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct Recheck {
    /// Also decide again what rests on nothing that has changed
    #[arg(long)]
    pub everything: bool,
}

#[derive(Subcommand, Debug)]
pub(crate) enum KeyCommand {
    /// Make a key; it is printed once
    Add {
        /// Whose it is
        #[arg(value_name = "NAME")]
        name: String,
        /// What it may be used for: read, decide, settle, admin
        #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "read,decide")]
        scope: Vec<String>,
        /// The last day on which it is worth anything
        #[arg(long, value_name = "DAY")]
        until: Option<String>,
    },
    /// The keys there are
    List,
    /// Make a key worth nothing, at once
    Revoke {
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Make a new key in place of one, which ends some days later
    Rotate {
        #[arg(value_name = "ID")]
        id: String,
        /// For how many days the old one is still worth something
        #[arg(long, value_name = "COUNT", default_value_t = 7, value_parser = clap::value_parser!(u32).range(0..=366))]
        days: u32,
    },
}

#[derive(Subcommand, Debug)]
pub(crate) enum Audit {
    /// Is the record what was written? Names every changed, missing or inserted entry; exit status 3 if there is one
    Verify {
        /// A public key whose signatures count; may be repeated (the key in the data folder)
        #[arg(long, value_name = "HEX")]
        key: Vec<String>,
        /// An entry that was noted elsewhere, as an earlier `verify` printed it
        #[arg(long, value_name = "NUMBER:HASH")]
        expect: Vec<String>,
    },
    /// Write everything on record, an entry a line, into a new file; `-` is standard output
    Export {
        #[arg(value_name = "FILE")]
        to: PathBuf,
    },
    /// Remove what a decision says for the sake of privacy; its hash stays, and the record still verifies
    Redact {
        #[arg(value_name = "ID")]
        id: String,
        /// Why it is removed
        #[arg(long, value_name = "REASON")]
        because: String,
        /// Who removes it
        #[arg(long, value_name = "NAME")]
        by: String,
    },
    /// What is on file, newest first
    List {
        /// Only entries of this kind: decision, recheck, redaction
        #[arg(long, value_name = "KIND")]
        kind: Option<String>,
        /// How many
        #[arg(long, value_name = "COUNT", default_value_t = 20, value_parser = clap::value_parser!(i64).range(1..=1000))]
        last: i64,
    },
    /// Decide a kept decision again and compare the bytes; exit status 1 if they differ
    Replay {
        #[arg(value_name = "ID")]
        id: String,
    },
    /// The public key that signs this record
    Key,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Lists {
    /// Which version of each list is in force, and what was refused
    Status {
        /// Read every stored file again and compare it with its hash
        #[arg(long)]
        verify: bool,
    },
    /// Put the file of a list on record
    #[command(after_help = IMPORT)]
    Import {
        /// Files, or folders of files, as their issuers publish them; also packed with gzip or Zstandard
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// The list it is, or the name of a list of your own
        #[arg(long = "as", value_name = "NAME")]
        name: Option<String>,
        /// The day of the list, where its file does not say
        #[arg(long, value_name = "DATE")]
        dated: Option<String>,
        /// Take it though more than a fifth of the parties is gone
        #[arg(long)]
        accept: bool,
    },
    /// Fetch lists from their issuers; the only command that uses the network
    Update {
        /// Lists, such as un-sc; all whose address is known when none is named
        #[arg(value_name = "LIST")]
        lists: Vec<String>,
        /// Fetch the list from this address instead; may be repeated for a list of several files
        #[arg(long, value_name = "URL")]
        from: Vec<String>,
        /// Take a list though more than a fifth of its parties is gone
        #[arg(long)]
        accept: bool,
        /// Give up when a server says nothing for so long
        #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=3600))]
        timeout: u64,
    },
    /// What changed from one version to another
    #[command(after_help = DIFF)]
    Diff {
        #[arg(value_name = "A")]
        from: String,
        #[arg(value_name = "B")]
        to: String,
    },
}

const IMPORT: &str = "\
Files of one list in several tables (sdn.csv, alt.csv, add.csv, sdn_comments.csv) are one import; a lone sdn.csv takes the others beside it.
A file that is cut off, empty, of another list or much shorter than the version in force is refused, and what was in force stays.";

const DIFF: &str = "\
A and B are each a version on record or a file:
  un-sc                 the version in force
  un-sc@2023-10-17      the version of that name, or the one in force on that day
  un-sc@1f3a9c          the version whose hash begins so
  ./consolidated.xml    a file";
