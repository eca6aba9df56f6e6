//! `licit serve`: answers over HTTP until it is told to stop.

use super::args::{Cli, LogWord, Serve};
use super::record::File;
use super::{ANSWERED, Done, Failure};
use crate::Rulebook;
use crate::serve::{LogForm, Server, Settings};
use crate::store::Store;

pub(super) fn run(book: &'static Rulebook, cli: &Cli, args: &Serve) -> Done {
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
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = record(cli).await?;
        let settings = Settings { listen: args.listen, log, rate: args.rate, store, ..Settings::default() };
        let server = Server::bind(book, settings).await.map_err(Failure::Usage)?;
        server.run(told_to_stop()).await;
        Ok(ANSWERED)
    })
}

/// The record that was named; without a name the usual one, and none where that cannot be had.
async fn record(cli: &Cli) -> Result<Option<Store>, Failure> {
    let named = cli.store.is_some() || std::env::var_os("LICIT_STORE").is_some_and(|v| !v.is_empty());
    let opened = match File::place(cli) {
        Ok((address, signer)) => Store::open(&address, signer).await.map_err(Failure::from),
        Err(failure) => Err(failure),
    };
    match opened {
        Ok(store) => Ok(Some(store)),
        Err(failure) if named => Err(failure),
        Err(Failure::Usage(why) | Failure::Input(why) | Failure::Damaged(why)) => {
            super::warn(&format!("nothing can be kept: {why}"));
            Ok(None)
        }
        Err(Failure::Closed) => Ok(None),
    }
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
