//! Traces for OpenTelemetry: one span for each request, sent as OTLP over HTTP to the collector that was named, and nowhere else.
//!
//! A span says what a line of the log says: method, route, path without its query, status, time, id. Never a body and never a
//! name. The library collects and sends on a thread of its own, so no answer waits; what a collector does not take is lost.

use super::log::Line;
use axum::http::HeaderMap;
use opentelemetry::propagation::TextMapPropagator;
use opentelemetry::trace::{Span, SpanKind, Status, Tracer, TracerProvider};
use opentelemetry::{Context, KeyValue};
use opentelemetry_http::{Bytes, HeaderExtractor, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{SdkTracer, SdkTracerProvider};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};
use ureq::Agent;
use ureq::http::Uri;

/// Most bytes of what a collector answers.
const MOST_ANSWER: u64 = 64 << 10;
/// How long a collector may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where spans go.
#[derive(Debug)]
pub struct Traces {
    provider: SdkTracerProvider,
    tracer: SdkTracer,
    refused: Arc<AtomicU64>,
}

impl Traces {
    /// Makes ready to send to a collector: `http://127.0.0.1:4318`, or the whole address where its path is another than `/v1/traces`.
    /// `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_RESOURCE_ATTRIBUTES`, `OTEL_SERVICE_NAME`, `OTEL_TRACES_SAMPLER` and `OTEL_BSP_*` count as everywhere.
    ///
    /// # Errors
    /// When the address is none, with what would be right.
    pub fn open(address: &str) -> Result<Self, String> {
        let to = whole(address)?;
        let refused = Arc::default();
        let sender = Sender { agent: crate::outward::config(PATIENCE).new_agent(), refused: Arc::clone(&refused) };
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(sender)
            .with_protocol(Protocol::HttpJson)
            .with_endpoint(to)
            .with_timeout(PATIENCE)
            .build()
            .map_err(|e| format!("--otlp: {e}"))?;
        let mut about = Resource::builder().with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")));
        if std::env::var_os("OTEL_SERVICE_NAME").is_none() {
            about = about.with_service_name("licit");
        }
        let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(about.build()).build();
        let tracer = provider.tracer("licit");
        Ok(Self { provider, tracer, refused })
    }

    /// The trace that a request is part of, by its head.
    pub(super) fn parent(headers: &HeaderMap) -> Context {
        TraceContextPropagator::new().extract_with_context(&Context::new(), &HeaderExtractor(headers))
    }

    /// A request that has been answered. `route` is the pattern that its path has met.
    pub(super) fn request(&self, parent: &Context, route: Option<&str>, line: &Line) {
        let end = SystemTime::now();
        let mut told = vec![
            KeyValue::new("http.request.method", line.method.clone()),
            KeyValue::new("url.path", line.path.clone()),
            KeyValue::new("http.response.status_code", i64::from(line.status)),
            KeyValue::new("licit.request_id", line.id.clone()),
        ];
        told.extend(route.map(|r| KeyValue::new("http.route", r.to_owned())));
        told.extend(line.problem.map(|p| KeyValue::new("error.type", p)));
        let name = route.map_or_else(|| line.method.clone(), |r| format!("{} {r}", line.method));
        let builder = self.tracer.span_builder(name).with_kind(SpanKind::Server).with_attributes(told);
        let mut span = self.tracer.build_with_context(builder.with_start_time(end.checked_sub(line.time).unwrap_or(end)), parent);
        if line.status >= 500 {
            span.set_status(Status::error(line.problem.unwrap_or_default()));
        }
        span.end_with_timestamp(end);
    }

    /// How many parcels of spans the collector did not take.
    pub(super) fn refused(&self) -> u64 {
        self.refused.load(Ordering::Relaxed)
    }

    /// Sends what waits.
    pub(super) fn close(&self) {
        let _ = self.provider.shutdown_with_timeout(PATIENCE);
    }
}

/// The whole address, of what may be only a host.
fn whole(address: &str) -> Result<String, String> {
    let help = "name a collector as http://127.0.0.1:4318";
    let uri: Uri = address.parse().map_err(|e| format!("--otlp `{address}`: {e}; {help}"))?;
    if !matches!(uri.scheme_str(), Some("http" | "https")) || uri.host().is_none_or(str::is_empty) {
        return Err(format!("--otlp `{address}` is no address of a collector; {help}"));
    }
    let path = uri.path().trim_end_matches('/');
    Ok(if path.is_empty() { format!("{}/v1/traces", address.trim_end_matches('/')) } else { address.to_owned() })
}

/// What carries spans away.
#[derive(Debug)]
struct Sender {
    agent: Agent,
    refused: Arc<AtomicU64>,
}

impl Sender {
    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, ureq::Error> {
        let (head, body) = request.into_parts();
        let answer = self.agent.run(Request::from_parts(head, body.to_vec()))?;
        let (head, mut body) = answer.into_parts();
        let read = body.with_config().limit(MOST_ANSWER).read_to_vec()?;
        Ok(Response::from_parts(head, Bytes::from(read)))
    }
}

#[async_trait::async_trait]
impl HttpClient for Sender {
    /// Waits where it is: the library calls it on a thread that does nothing else.
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let sent = self.send(request);
        if !sent.as_ref().is_ok_and(|answer| answer.status().is_success()) {
            self.refused.fetch_add(1, Ordering::Relaxed);
        }
        Ok(sent?)
    }
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn a_host_is_enough_and_a_path_counts() {
        assert_eq!(whole("http://127.0.0.1:4318").as_deref(), Ok("http://127.0.0.1:4318/v1/traces"));
        assert_eq!(whole("http://127.0.0.1:4318/").as_deref(), Ok("http://127.0.0.1:4318/v1/traces"));
        assert_eq!(whole("https://in.example.org/otlp/v1/traces").as_deref(), Ok("https://in.example.org/otlp/v1/traces"));
        for wrong in ["", "collector:4318", "ftp://h/", "http://", "file:///etc/passwd"] {
            assert!(whole(wrong).is_err_and(|e| e.contains("http://127.0.0.1:4318")), "{wrong}");
        }
    }
}
