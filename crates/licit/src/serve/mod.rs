//! The server: what the command line answers, over HTTP, for programs and for people.
//!
//! It is HTTP/1.1 on axum and hyper with a loop of our own for accepting, because the ready-made one has no limit on slow headers and
//! on connections. Three things hold everywhere: async threads never compute (`lane`), every input has a limit before it is read
//! (`body`), and an error says what was wrong and nothing of how the server is made (`problem`). Without authentication it
//! listens on the loopback interface only, and there it answers only requests that name it so: a page of somebody else's in the same
//! browser must not be able to ask.

mod app;
mod body;
mod endpoints;
mod guard;
mod json_rows;
mod lane;
mod law;
mod log;
mod metrics;
mod pages;
mod params;
mod problem;
mod rate;
mod record;
mod routes;
mod yente;

pub use app::{Limits, Settings};
pub use log::LogForm;

use crate::Rulebook;
use app::{App, Peer, Shared};
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
use tower::Service;

/// A server that has its address and does not answer yet.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    app: Shared,
}

impl Server {
    /// Takes the address. Must be called within a Tokio runtime.
    ///
    /// # Errors
    /// When the address is not of the loopback interface, or cannot be had; says why and what would be right.
    pub async fn bind(book: &'static Rulebook, settings: Settings) -> Result<Self, String> {
        let wanted = settings.listen;
        if !wanted.ip().is_loopback() {
            return Err(format!(
                "{wanted} can be reached from other machines, and this server does not ask who is asking yet; \
                 listen on 127.0.0.1:{port} or [::1]:{port} and put a proxy that does in front",
                port = wanted.port()
            ));
        }
        let listener = TcpListener::bind(wanted).await.map_err(|e| format!("cannot listen on {wanted}: {e}"))?;
        let address = listener.local_addr().map_err(|e| e.to_string())?;
        let app = Arc::new(App::new(book, settings)?);
        Ok(Self { listener, address, app })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `stop` is done; then takes nothing new, finishes what it has begun within the time set, and ends.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let Self { listener, address, app } = self;
        app.log.say(&format!("listening on http://{address}"));
        app::warm(&app);
        let router = routes::router(Arc::clone(&app));
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
        app.log.say("stopping: nothing new is taken, what was begun is finished");
        let finished = tokio::time::timeout(app.settings.limits.stop_time, graceful.shutdown()).await.is_ok();
        app.log.say(if finished { "stopped" } else { "stopped; some requests took too long to be finished" });
        if let Some(store) = app.settings.store.clone() {
            store.close().await;
        }
        app.log.close();
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
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_time)
        .max_buf_size(limits.header_bytes)
        .max_headers(limits.headers)
        .serve_connection(TokioIo::new(stream), service);
    let watched = graceful.watch(connection);
    tokio::spawn(async move {
        let _ = watched.await;
        drop(seat);
    });
}
