//! The server: what the command line answers, over HTTP, for programs and for people.
//!
//! It is HTTP/1.1 on axum and hyper with a loop of our own for accepting, because the ready-made one has no limit on slow headers and
//! on connections. Three things hold everywhere: async threads never compute (`lane`), every input has a limit before it is read
//! (`body`), and an error says what was wrong and nothing of how the server is made (`problem`). Without keys it
//! listens on the loopback interface only, and there it answers only requests that name it so: a page of somebody else's in the same
//! browser must not be able to ask.

mod app;
mod body;
mod changes;
mod endpoints;
mod file;
mod guard;
mod json_rows;
mod lane;
mod law;
mod log;
mod metrics;
mod notices;
mod pages;
mod paper;
mod params;
mod problem;
mod rate;
mod renew;
mod routes;
mod settle;
mod tls;
mod traces;
mod yente;

pub use app::{Limits, Settings};
pub use log::LogForm;
pub use tls::Tls;
pub use traces::Traces;

use crate::Rulebook;
use crate::keys::Ring;
use crate::store::Store;
use crate::tokens::Tokens;
use app::{App, InUse, Peer, Shared};
use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;
use tower::Service;

/// A server that has its address and does not answer yet.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    in_use: InUse,
}

impl Server {
    /// Takes the address. Must be called within a Tokio runtime.
    ///
    /// # Errors
    /// When the address is not of the loopback interface and there are no keys to ask for, or cannot be had; says why and what would be right.
    pub async fn bind(book: Rulebook, settings: Settings, store: Option<Store>, keys: Option<Ring>) -> Result<Self, String> {
        let wanted = settings.listen;
        if !wanted.ip().is_loopback() && keys.is_none() && settings.tokens.is_none() {
            return Err(format!(
                "{wanted} can be reached from other machines, so it must ask for keys: make one with `licit key add NAME`; \
                 or listen on 127.0.0.1:{port} or [::1]:{port}",
                port = wanted.port()
            ));
        }
        let listener = TcpListener::bind(wanted).await.map_err(|e| format!("cannot listen on {wanted}: {e}"))?;
        let address = listener.local_addr().map_err(|e| e.to_string())?;
        let in_use = InUse::new(App::new(book, settings, store, keys)?);
        Ok(Self { listener, address, in_use })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `stop` is done; then takes nothing new, finishes what it has begun within the time set, and ends.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let Self { listener, address, in_use } = self;
        let app = in_use.now();
        let scheme = if app.settings.tls.is_some() { "https" } else { "http" };
        app.log.say(&format!("listening on {scheme}://{address}"));
        app::warm(&app);
        let background = background(&in_use).await;
        let router = routes::router(in_use);
        let graceful = GracefulShutdown::new();
        let seats = Arc::new(Semaphore::new(app.settings.limits.connections));
        tokio::pin!(stop);
        loop {
            // A connection that finds no seat waits in the queue of the system, where it costs nothing.
            let seat = tokio::select! {
                seat = Arc::clone(&seats).acquire_owned() => seat,
                () = &mut stop => break,
            };
            let (Ok(seat), accepted) = (seat, tokio::select! { a = listener.accept() => a, () = &mut stop => break }) else { break };
            match accepted {
                Ok((stream, peer)) => attend(&app, &router, &graceful, stream, peer, seat),
                // Out of files or a connection that is gone already: neither is a reason to stop.
                Err(_) => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
            }
        }
        drop(listener);
        drop(background);
        app.log.say("stopping: nothing new is taken, what was begun is finished");
        let finished = tokio::time::timeout(app.settings.limits.stop_time, graceful.shutdown()).await.is_ok();
        if let Some(traces) = app.settings.traces.clone() {
            let _ = tokio::task::spawn_blocking(move || traces.close()).await;
        }
        app.log.say(if finished { "stopped" } else { "stopped; some requests took too long to be finished" });
        app.log.close();
    }
}

/// What goes on beside the requests, until it is dropped.
async fn background(in_use: &InUse) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    let app = in_use.now();
    for hook in &app.settings.hooks {
        // A receiver that is new here is told what is found from now on, not from when its turn first comes.
        if let Some(store) = &app.store
            && let Err(e) = store.told(&hook.name).await
        {
            app.log.say(&e.to_string());
        }
        tasks.spawn(notices::tell(Arc::clone(&app), hook.clone()));
    }
    if let Some(tokens) = app.settings.tokens.clone() {
        tasks.spawn(keep_looking(Arc::clone(&app), tokens));
    }
    if let Some(traces) = app.settings.traces.clone() {
        tasks.spawn(say_what_is_refused(Arc::clone(&app), traces));
    }
    tasks.spawn(renew::renew(in_use.clone(), app.settings.data.clone(), app.settings.recheck));
    tasks
}

/// Looks at the keys of an identity provider again and again, for ever.
async fn keep_looking(app: Shared, tokens: Arc<Tokens>) {
    loop {
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        if tokens.is_due() {
            let here = Arc::clone(&tokens);
            if let Ok(Err(why)) = tokio::task::spawn_blocking(move || here.look()).await {
                app.log.say(&why);
            }
        }
    }
}

/// Says once a minute at most that spans were not taken, for ever.
async fn say_what_is_refused(app: Shared, traces: Arc<Traces>) {
    let mut said = 0;
    loop {
        tokio::time::sleep(std::time::Duration::from_secs(60)).await;
        let refused = traces.refused();
        if refused > said {
            app.log.say(&format!("the collector of --otlp did not take spans {} times", refused - said));
            said = refused;
        }
    }
}

/// One connection, from its first byte to its last.
fn attend(app: &Shared, router: &Router, graceful: &GracefulShutdown, stream: TcpStream, peer: SocketAddr, seat: OwnedSemaphorePermit) {
    let _ = stream.set_nodelay(true);
    let router = router.clone();
    let service = hyper::service::service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(Peer(peer.ip()));
        router.clone().call(request)
    });
    let limits = &app.settings.limits;
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.header_time).max_buf_size(limits.header_bytes).max_headers(limits.headers);
    let Some(tls) = &app.settings.tls else {
        let watched = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            let _ = watched.await;
            drop(seat);
        });
        return;
    };
    let acceptor = tls.acceptor(|told| app.log.say(told));
    let (watcher, patience) = (graceful.watcher(), limits.header_time);
    tokio::spawn(async move {
        // Who does not come to terms in the time that a head may take is not waited for.
        if let Ok(Ok(stream)) = tokio::time::timeout(patience, acceptor.accept(stream)).await {
            let _ = watcher.watch(http.serve_connection(TokioIo::new(stream), service)).await;
        }
        drop(seat);
    });
}
