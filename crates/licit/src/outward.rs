//! How the server speaks to others over HTTP: to the host that was named, by TLS as the system trusts it, without redirects and proxies.

use std::time::Duration;
use ureq::Agent;
use ureq::config::Config;
use ureq::tls::{RootCerts, TlsConfig};

/// A status that is no success is an answer, not an error. `patience`: how long one request may take.
pub(crate) fn config(patience: Duration) -> Config {
    Agent::config_builder()
        .http_status_as_error(false)
        .proxy(None)
        .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
        .max_redirects(0)
        .timeout_global(Some(patience))
        .user_agent(concat!("licit/", env!("CARGO_PKG_VERSION")))
        .build()
}
