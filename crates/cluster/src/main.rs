//! `licit-batch`: whole tables, answered inside a query engine, on one machine or many. Row for row the answers are those of `licit batch`.

mod function;
#[cfg(feature = "many")]
mod many;
mod rows;
mod sink;
mod task;

use clap::{Args, Parser, Subcommand};
use datafusion::prelude::{SessionConfig, SessionContext};
use etcetera::BaseStrategy;
use licit::batch::{Form, Mapping, Mode, Trouble};
use rows::Asked;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use task::{Bundle, Task};

/// Whole tables, answered inside a query engine: the same answers as `licit batch`.
#[derive(Parser)]
#[command(name = "licit-batch", version)]
struct Cli {
    /// Lists from this folder; every process of a cluster needs the same [default: LICIT_DATA, then that of licit]
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answer on this machine, with DataFusion
    Local {
        #[command(flatten)]
        job: Job,
    },
    /// Answer on many machines: hand a job to a scheduler, and write what comes back
    #[cfg(feature = "many")]
    Submit {
        /// Where the scheduler listens
        #[arg(long, default_value = "127.0.0.1:50050", value_name = "HOST:PORT")]
        scheduler: String,
        #[command(flatten)]
        job: Job,
    },
    /// Share out jobs among executors. The port asks nobody who he is: whoever reaches it can run jobs. Keep it on loopback or a private network
    #[cfg(feature = "many")]
    Scheduler(many::Scheduler),
    /// Answer the parts of jobs. The ports ask nobody who he is, and files of this machine can be read through them. Keep them on loopback or a private network
    #[cfg(feature = "many")]
    Executor(many::Executor),
    /// Print the hash of law and lists that every process of a cluster must share
    Bundle,
}

#[derive(Args)]
struct Job {
    /// Rows: Parquet, Arrow or CSV, or a folder of Parquet or Arrow files. Executors must see it under the same name
    input: PathBuf,
    /// Answers: .parquet, .arrow, .csv or .jsonl. Must not exist
    output: PathBuf,
    /// What is asked of every row
    #[arg(long, default_value = "check", value_parser = ["check", "screen", "classify", "read"])]
    mode: String,
    /// Authorities [default: all that are encoded]
    #[arg(long = "in", value_delimiter = ',', value_name = "AUTHORITY")]
    authorities: Vec<String>,
    /// The day whose law and lists count
    #[arg(long, value_name = "DAY")]
    as_of: Option<String>,
    /// A mapping file: which column holds a field, what is the same in every row
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Add whole answers with proofs
    #[arg(long)]
    explain: bool,
    /// Least score of what screening shows, 0 to 1
    #[arg(long)]
    min: Option<f32>,
    /// Form of the input [default: by its ending]
    #[arg(long, value_parser = ["parquet", "arrow", "csv"])]
    format: Option<String>,
    /// Form of the output [default: by its ending]
    #[arg(long, value_parser = ["parquet", "arrow", "csv", "jsonl"])]
    output_format: Option<String>,
    /// Parts that the rows are cut into, where their form lets them be cut
    #[arg(long, value_name = "N")]
    parts: Option<usize>,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(e) => return failed(&Trouble::Input(e.to_string())),
    };
    runtime.block_on(run(cli)).unwrap_or_else(|trouble| failed(&trouble))
}

/// The exit status is that of `licit batch`: 2 when the command asks for what cannot be, 1 when rows or files could not be read.
fn failed(trouble: &Trouble) -> ExitCode {
    let (message, status) = match trouble {
        Trouble::Usage(message) => (message, 2),
        Trouble::Input(message) => (message, 1),
    };
    eprintln!("licit-batch: {message}");
    ExitCode::from(status)
}

async fn run(cli: Cli) -> Result<ExitCode, Trouble> {
    let bundle = Bundle::open(data(cli.data.as_deref())?.as_deref())?;
    match cli.command {
        Command::Local { job } => {
            let engine = SessionContext::new_with_config(cut(SessionConfig::new(), job.parts));
            answer(&engine, bundle, &job).await
        }
        #[cfg(feature = "many")]
        Command::Submit { scheduler, job } => {
            let engine = many::engine(&scheduler, bundle, job.parts).await?;
            answer(&engine, bundle, &job).await
        }
        #[cfg(feature = "many")]
        Command::Scheduler(scheduler) => many::schedule(&scheduler, bundle).await,
        #[cfg(feature = "many")]
        Command::Executor(executor) => many::execute(&executor, bundle).await,
        Command::Bundle => {
            println!("{}", bundle.hash());
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// The folder of the lists, found as `licit` finds it.
fn data(said: Option<&Path>) -> Result<Option<PathBuf>, Trouble> {
    if let Some(folder) = said {
        return Ok(Some(folder.to_owned()));
    }
    let told = std::env::var_os("LICIT_DATA").filter(|v| !v.is_empty()).map(PathBuf::from);
    let usual = || etcetera::base_strategy::choose_native_strategy().ok().map(|platform| platform.data_dir().join("licit"));
    Ok(told.or_else(usual).filter(|folder| folder.join("lists").exists()))
}

/// Parts as many as asked, and of small files too.
fn cut(config: SessionConfig, parts: Option<usize>) -> SessionConfig {
    let config = config.with_repartition_file_min_size(1 << 20);
    match parts {
        Some(parts) => config.with_target_partitions(parts.max(1)),
        None => config,
    }
}

async fn answer(engine: &SessionContext, bundle: Bundle, job: &Job) -> Result<ExitCode, Trouble> {
    sink::absent(&job.output)?;
    let begun = Instant::now();
    let asked = asked(bundle, job)?;
    let output_form = form(&job.output, job.output_format.as_deref(), "--output-format")?;
    let (plan, unused) = rows::answers(engine, bundle, &asked).await?;
    if !unused.is_empty() {
        eprintln!("licit-batch: columns that nothing is taken from: {}", unused.join(", "));
    }
    let stream = plan.execute_stream().await.map_err(|e| rows::trouble(&e))?;
    let written = sink::write(stream, &job.output, output_form).await?;
    let seconds = begun.elapsed().as_secs_f64();
    let rate = written.rows as f64 / seconds.max(1e-3);
    eprintln!("licit-batch: {} rows in {seconds:.1} s, {rate:.0} a second; {} could not be read", written.rows, written.bad);
    Ok(ExitCode::from(u8::from(written.bad > 0)))
}

fn asked(bundle: Bundle, job: &Job) -> Result<Asked<'_>, Trouble> {
    let mode = match job.mode.as_str() {
        "screen" => Mode::Screen,
        "classify" => Mode::Classify,
        "read" => Mode::Read,
        _ => Mode::Check,
    };
    let day = job.as_of.clone().filter(|_| matches!(mode, Mode::Screen | Mode::Classify));
    let task = Task {
        bundle: bundle.hash(),
        authorities: job.authorities.clone(),
        as_of: job.as_of.clone(),
        explain: job.explain,
        min: job.min,
        day: day.unwrap_or_else(|| jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date().to_string()),
        mapping: job.map.as_deref().map(mapping).transpose()?.unwrap_or_default(),
    };
    Ok(Asked { input: &job.input, form: form(&job.input, job.format.as_deref(), "--format")?, mode, task })
}

fn form(path: &Path, said: Option<&str>, option: &str) -> Result<Form, Trouble> {
    said.and_then(Form::parse).or_else(|| Form::of(path)).ok_or_else(|| {
        Trouble::Usage(format!("{}: of which form is it? End it in .parquet, .arrow or .csv, or say {option}", path.display()))
    })
}

fn mapping(path: &Path) -> Result<Mapping, Trouble> {
    let told = |e: String| Trouble::Input(format!("{}: {e}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|e| told(e.to_string()))?;
    toml::from_str(&text).map_err(|e| told(e.to_string()))
}
