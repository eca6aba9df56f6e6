//! What stands around every request: who may ask at all, its name, its place in the log and the counts, the headers that keep
//! browsers from doing more than shown, and the body of a problem.

use super::app::{Peer, Shared};
use super::log::Line;
use super::pages;
use super::problem::Problem;
use super::rate::Who;
use super::traces::Traces;
use crate::keys::{Scope, may};
use axum::body::Body;
use axum::extract::{MatchedPath, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::atomic::Ordering;
use std::time::Instant;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// For everything that says nothing else: it may load and do nothing.
const CLOSED: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// One request, from its head to the head of its answer.
pub(super) async fn guard(State(app): State<Shared>, mut request: Request<Body>, next: Next) -> Response {
    let start = Instant::now();
    let id = given_id(request.headers()).unwrap_or_else(|| app.next_id());
    let route = request.extensions().get::<MatchedPath>().cloned();
    // Only a browser asks for pages by name; a form that it sends is one too.
    let wants_page = request.headers().get(header::ACCEPT).and_then(|a| a.to_str().ok()).is_some_and(|a| a.contains("text/html"));
    let traces = app.settings.traces.as_ref().map(|traces| (traces, Traces::parent(request.headers())));
    let (method, path) = (request.method().to_string(), request.uri().path().to_owned());
    app.metrics.in_flight.fetch_add(1, Ordering::Relaxed);
    let mut response = match admitted(&app, &request, start) {
        Ok(holder) => {
            if let Some(holder) = holder {
                request.extensions_mut().insert(holder);
            }
            next.run(request).await
        }
        Err(problem) => problem.into_response(),
    };
    app.metrics.in_flight.fetch_sub(1, Ordering::Relaxed);
    let problem = response.extensions_mut().remove::<Problem>();
    if let Some(problem) = problem.as_ref().filter(|_| wants_page) {
        let page = pages::problem_page(&app, problem, &id);
        let mut headers = std::mem::take(response.headers_mut());
        headers.extend(page.headers().iter().map(|(name, value)| (name.clone(), value.clone())));
        response = page;
        *response.headers_mut() = headers;
    } else if let Some(problem) = &problem {
        *response.body_mut() = Body::from(problem.json(&id));
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    }
    dressed(response.headers_mut(), &id);
    let time = start.elapsed();
    app.metrics.count(route.as_ref().map(MatchedPath::as_str), response.status().as_u16(), time);
    let line = Line { status: response.status().as_u16(), method, path, time, id, problem: problem.map(|p| p.kind) };
    if let Some((traces, parent)) = &traces {
        traces.request(parent, route.as_ref().map(MatchedPath::as_str), &line);
    }
    app.log.request(line);
    response
}

/// Whose key was shown.
#[derive(Clone, Debug)]
pub(super) struct Holder(pub String);

/// The name that who asks has given the request, when it is one that can stand in a log.
fn given_id(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(REQUEST_ID)?.to_str().ok()?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    ((1..=64).contains(&text.len()) && text.bytes().all(plain)).then(|| text.to_owned())
}

fn admitted(app: &Shared, request: &Request<Body>, now: Instant) -> Result<Option<Holder>, Problem> {
    let headers = request.headers();
    // A page elsewhere can make a browser ask here under a name of its own that leads to this machine.
    let host = request.uri().authority().map(|a| a.as_str()).or_else(|| headers.get(header::HOST).and_then(|h| h.to_str().ok()));
    // Where keys are asked for, such a page has none.
    if !app.asks_for_keys() && !host.is_some_and(is_loopback) {
        return Err(Problem::stranger("ask it as 127.0.0.1 or localhost"));
    }
    // A proxy in front may speak TLS.
    let name = |origin: &str| origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://")).map(str::to_owned);
    if request.method() != Method::GET
        && let Some(origin) = headers.get(header::ORIGIN)
        && origin.to_str().ok().and_then(name).is_none_or(|o| Some(o.as_str()) != host)
    {
        return Err(Problem::stranger("a page of another server may not ask here"));
    }
    let peer = request.extensions().get::<Peer>().map(|Peer(ip)| Who::Address(*ip));
    let mut holder = None;
    let who = if app.asks_for_keys() && !OPEN.contains(&request.uri().path()) {
        // Whoever guesses keys is slowed down by his address.
        let Some(shown) = given_key(headers).and_then(|text| shown(app, &text)) else {
            taken(app, peer, now)?;
            return Err(Problem::no_key());
        };
        let scope = scope_of(request);
        if !may(&shown.scopes, scope) {
            return Err(Problem::scope(scope.word()));
        }
        holder = Some(Holder(shown.name));
        Some(Who::Key(shown.id))
    } else {
        peer
    };
    taken(app, who, now).map(|()| holder)
}

/// A key or a token that is worth something.
struct Shown {
    id: String,
    name: String,
    scopes: Vec<Scope>,
}

fn shown(app: &Shared, text: &str) -> Option<Shown> {
    let key = app.keys.as_ref().and_then(|ring| ring.find(text));
    let key = key.map(|key| Shown { id: key.id, name: key.name, scopes: key.scopes });
    key.or_else(|| {
        let bearer = app.settings.tokens.as_ref()?.find(text)?;
        Some(Shown { id: format!("token of {}", bearer.name), name: bearer.name, scopes: bearer.scopes })
    })
}

/// What is answered without a key: whether the server lives, and how its pages look.
const OPEN: [&str; 4] = ["/healthz", "/readyz", "/style.css", "/keys.js"];

fn taken(app: &Shared, who: Option<Who>, now: Instant) -> Result<(), Problem> {
    match (&app.rates, who) {
        (Some(rates), Some(who)) => rates.take(who, now).map_err(Problem::too_often),
        _ => Ok(()),
    }
}

/// The key of a request: a bearer token, or the password that a browser was given.
fn given_key(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, rest) = text.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(rest.trim().to_owned());
    }
    let decoded = scheme.eq_ignore_ascii_case("basic").then(|| base64(rest.trim()))??;
    String::from_utf8(decoded).ok()?.split_once(':').map(|(_, password)| password.to_owned())
}

/// Base64 with padding, of at most a few hundred characters.
fn base64(text: &str) -> Option<Vec<u8>> {
    if text.len() > 1024 {
        return None;
    }
    use ::base64::Engine as _;
    ::base64::engine::general_purpose::STANDARD.decode(text).ok()
}

/// What a key must be for to ask this.
fn scope_of(request: &Request<Body>) -> Scope {
    match request.uri().path() {
        "/metrics" => Scope::Admin,
        "/v1/settle" | "/settle" => Scope::Settle,
        "/v1/check" | "/v1/read" | "/ask" | "/decide" | "/keep" => Scope::Decide,
        _ => Scope::Read,
    }
}

/// Whether a host, with or without a port, is a name of the loopback interface.
fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn dressed(headers: &mut HeaderMap, id: &str) {
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, id);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(CLOSED));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        for host in ["127.0.0.1", "127.0.0.1:8711", "localhost:8711", "LocalHost", "[::1]:8711", "127.9.9.9"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in ["example.org", "10.0.0.1:8711", "localhost.example.org", "127.0.0.1.example.org", "", "[::2]", "0.0.0.0"] {
            assert!(!is_loopback(host), "{host}");
        }
    }

    #[test]
    fn a_given_name_of_a_request_can_do_no_harm_in_a_log() {
        let with = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(REQUEST_ID, HeaderValue::from_str(text).unwrap());
            given_id(&headers)
        };
        assert_eq!(with("a-1.b_2").as_deref(), Some("a-1.b_2"));
        assert_eq!(with("a b"), None);
        assert_eq!(with(&"x".repeat(65)), None);
    }
}
