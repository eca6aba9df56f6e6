//! Many machines: a scheduler that shares out jobs, executors that answer them, a client that submits one; all on Apache DataFusion Ballista.
//!
//! Each process opens law and lists for itself, and each compares the hash that travels in the job with its own, wherever the engine asks it to plan or to
//! answer. Answers come back to the client, which writes them: what an executor that died had answered is answered again, and stands in the output once.

use crate::function::functions;
use crate::rows::trouble;
use crate::task::Bundle;
use ballista::prelude::{SessionConfigExt, SessionContextExt};
use ballista_core::registry::BallistaFunctionRegistry;
use ballista_core::utils::default_session_builder;
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::start_server;
use clap::Args;
use datafusion::execution::{FunctionRegistry, SessionStateBuilder};
use datafusion::prelude::{SessionConfig, SessionContext};
use licit::batch::Trouble;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// How a scheduler is started.
#[derive(Args, Debug)]
pub struct Scheduler {
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    bind: IpAddr,
    /// Port to listen on
    #[arg(long, default_value_t = 50050)]
    port: u16,
    /// Name under which the others reach this machine [default: --bind]
    #[arg(long, value_name = "HOST")]
    host: Option<String>,
    /// Seconds without a sign of life after which an executor counts as lost and its parts are given to others
    #[arg(long, default_value_t = 30, value_name = "SECONDS")]
    lost_after: u64,
}

/// How an executor is started.
#[derive(Args, Debug)]
pub struct Executor {
    /// Where the scheduler listens
    #[arg(long, default_value = "127.0.0.1:50050", value_name = "HOST:PORT")]
    scheduler: String,
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    bind: IpAddr,
    /// Port for answers
    #[arg(long, default_value_t = 50051)]
    port: u16,
    /// Port for orders
    #[arg(long, default_value_t = 50052)]
    orders_port: u16,
    /// Name under which the others reach this machine [default: --bind]
    #[arg(long, value_name = "HOST")]
    host: Option<String>,
    /// Parts that are answered at the same time [default: as many as there are cores]
    #[arg(long, value_name = "N")]
    cores: Option<usize>,
    /// Folder for answers until the client has them [default: a temporary one]
    #[arg(long, value_name = "DIR")]
    work: Option<PathBuf>,
}

/// Runs a scheduler until it is ended.
///
/// # Errors
/// When it cannot listen.
pub async fn schedule(asked: &Scheduler, bundle: Bundle) -> Result<ExitCode, Trouble> {
    let config = SchedulerConfig {
        bind_host: asked.bind.to_string(),
        bind_port: asked.port,
        external_host: asked.host.clone().unwrap_or_else(|| asked.bind.to_string()),
        executor_timeout_seconds: asked.lost_after,
        no_executors_grace_period_seconds: asked.lost_after,
        expire_dead_executor_interval_seconds: (asked.lost_after / 4).max(1),
        override_session_builder: Some(Arc::new(move |config| {
            let mut state = default_session_builder(config)?;
            for function in functions(bundle) {
                state.register_udf(Arc::new(function))?;
            }
            Ok(state)
        })),
        ..SchedulerConfig::default()
    };
    let cluster = BallistaCluster::new_from_config(&config).await.map_err(engine_trouble)?;
    eprintln!("licit-batch: scheduler on {}:{}, bundle {}", asked.bind, asked.port, bundle.hash());
    start_server(cluster, SocketAddr::new(asked.bind, asked.port), Arc::new(config)).await.map_err(engine_trouble)?;
    Ok(ExitCode::SUCCESS)
}

/// Runs an executor until it is ended.
///
/// # Errors
/// When it cannot listen or reach the scheduler.
pub async fn execute(asked: &Executor, bundle: Bundle) -> Result<ExitCode, Trouble> {
    let (host, port) = place(&asked.scheduler)?;
    let mut registry = BallistaFunctionRegistry::default();
    for function in functions(bundle) {
        registry.scalar_functions.insert(function.name().to_owned(), Arc::new(function));
    }
    let usual = ExecutorProcessConfig::default();
    let config = ExecutorProcessConfig {
        bind_host: asked.bind.to_string(),
        external_host: Some(asked.host.clone().unwrap_or_else(|| asked.bind.to_string())),
        port: asked.port,
        grpc_port: asked.orders_port,
        scheduler_host: host,
        scheduler_port: port,
        scheduler_connect_timeout_seconds: 30,
        vcores: asked.cores.unwrap_or(usual.vcores).max(1),
        work_dir: asked.work.as_ref().map(|dir| dir.display().to_string()),
        executor_heartbeat_interval_seconds: 5,
        override_function_registry: Some(Arc::new(registry)),
        ..usual
    };
    eprintln!("licit-batch: executor on {}:{}, bundle {}", asked.bind, asked.port, bundle.hash());
    start_executor_process(Arc::new(config)).await.map_err(engine_trouble)?;
    Ok(ExitCode::SUCCESS)
}

/// An engine that hands its plans to a scheduler.
///
/// # Errors
/// When the address is none.
pub async fn engine(scheduler: &str, bundle: Bundle, parts: Option<usize>) -> Result<SessionContext, Trouble> {
    let (host, port) = place(scheduler)?;
    let config = crate::cut(SessionConfig::new_with_ballista(), parts);
    let state = SessionStateBuilder::new().with_default_features().with_config(config).build();
    let engine = SessionContext::remote_with_state(&format!("df://{host}:{port}"), state).await.map_err(|e| trouble(&e))?;
    // Only now: what becomes of the state for a cluster forgets the functions that it had.
    for function in functions(bundle) {
        engine.register_udf(function);
    }
    Ok(engine)
}

fn place(words: &str) -> Result<(String, u16), Trouble> {
    let parts = words.rsplit_once(':').and_then(|(host, port)| Some((host.to_owned(), port.parse().ok()?)));
    parts.filter(|(host, _)| !host.is_empty()).ok_or_else(|| Trouble::Usage(format!("--scheduler: `{words}` is no HOST:PORT")))
}

fn engine_trouble(error: impl std::fmt::Display) -> Trouble {
    Trouble::Input(error.to_string())
}
