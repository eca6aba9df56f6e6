//! `licit serve`: answers over HTTP until it is told to stop.

use super::args::{Cli, LogWord, Serve};
use super::{ANSWERED, Done, Failure, lists, record};
use crate::Rulebook;
use crate::keys::{Ring, file_in};
use crate::notify::hooks;
use crate::serve::{Limits, LogForm, Server, Settings, Tls, Traces};
use crate::store::Store;
use crate::tokens::Tokens;
use std::sync::Arc;

pub(super) fn run(book: Rulebook, cli: &Cli, args: &Serve) -> Done {
    if !cli.jurisdictions.is_empty() || cli.as_of.is_some() {
        return Err(Failure::Usage("--in and --as-of belong to a question: ask `/v1/check?in=un,eu&as_of=2024-02-20`".into()));
    }
    let log = match args.log {
        LogWord::Text => LogForm::Text,
        LogWord::Json => LogForm::Json,
        LogWord::Off => LogForm::Off,
    };
    for warning in book.lists().warnings(crate::clock::today()) {
        super::warn(&warning);
    }
    if cli.offline && (args.hooks.is_some() || args.oidc.is_some() || args.otlp.is_some()) {
        return Err(Failure::Usage("--offline excludes --hooks, --oidc and --otlp, which use the network".into()));
    }
    let hooks = args.hooks.as_deref().map(hooks).transpose().map_err(Failure::Usage)?.unwrap_or_default();
    let tokens = args.oidc.as_deref().map(Tokens::open).transpose().map_err(Failure::Usage)?.map(Arc::new);
    let tls = match (&args.tls_cert, &args.tls_key) {
        (Some(certificate), Some(key)) => Some(Arc::new(Tls::open(certificate.clone(), key.clone()).map_err(Failure::Usage)?)),
        _ => None,
    };
    let traces = args.otlp.as_deref().map(Traces::open).transpose().map_err(Failure::Usage)?.map(Arc::new);
    let (with_tokens, with_tls) = (tokens.is_some(), tls.is_some());
    let settings = Settings {
        listen: args.listen,
        log,
        rate: args.rate,
        limits: Limits::of_system(),
        keep_all: args.keep_all,
        data: lists::data(cli).ok(),
        recheck: args.recheck,
        tokens,
        tls,
        hooks,
        traces,
    };
    let loopback = args.listen.ip().is_loopback();
    // Where tokens are asked for, keys are one more way in, if there are any.
    let keys = match args.keys || !loopback && !with_tokens {
        true => Some(Ring::open(file_in(&lists::data(cli)?)).map_err(Failure::Usage)?),
        false => None,
    };
    if !loopback && !with_tls {
        super::warn(
            "keys and answers go over the network as they are; put a proxy that speaks TLS in front, or name --tls-cert and --tls-key",
        );
    }
    let place = if args.no_record { None } else { Some(record::place(cli)?) };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = match place {
            Some((address, signer)) => Some(Store::open(&address, signer).await?),
            None => None,
        };
        if let Some(Err(e)) = store.as_ref().map(Store::writable) {
            return Err(Failure::Damaged(format!("{e}; --no-record serves without a record")));
        }
        let server = Server::bind(book, settings, store, keys).await.map_err(Failure::Usage)?;
        server.run(told_to_stop()).await;
        Ok(ANSWERED)
    })
}

/// Done when the user or the system asks the process to end.
async fn told_to_stop() {
    let typed = async {
        // Without a way to hear of it the process ends the hard way, as ever.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => tokio::select! { () = typed => {}, _ = terminate.recv() => {} },
            Err(_) => typed.await,
        }
    }
    #[cfg(not(unix))]
    typed.await;
}
