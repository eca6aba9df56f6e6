//! TLS by a certificate and a key in files. When the files change, new connections are made with what they hold then, so a certificate is
//! renewed without a new start; files that cannot be read leave the one in use.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// How long a change of the files may go unnoticed.
const PATIENCE: Duration = Duration::from_secs(5);

/// A certificate in use.
pub struct Tls {
    certificate: PathBuf,
    key: PathBuf,
    held: Mutex<Held>,
}

struct Held {
    config: Arc<ServerConfig>,
    changed: [Option<SystemTime>; 2],
    looked: Instant,
}

impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tls({})", self.certificate.display())
    }
}

impl Tls {
    /// The certificate, with those that lead from it to a known authority, and its key, each in a file of PEM.
    ///
    /// # Errors
    /// When a file cannot be read, holds something else, or the two do not fit.
    pub fn open(certificate: PathBuf, key: PathBuf) -> Result<Self, String> {
        let changed = [changed(&certificate), changed(&key)];
        let held = Mutex::new(Held { config: read(&certificate, &key)?, changed, looked: Instant::now() });
        Ok(Self { certificate, key, held })
    }

    /// For the next connection; what is wrong with files that have changed goes to `tell`.
    pub(super) fn acceptor(&self, tell: impl FnOnce(&str)) -> TlsAcceptor {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.looked.elapsed() >= PATIENCE {
            held.looked = Instant::now();
            let now = [changed(&self.certificate), changed(&self.key)];
            if now != held.changed {
                held.changed = now;
                match read(&self.certificate, &self.key) {
                    Ok(config) => held.config = config,
                    Err(why) => tell(&format!("the new certificate cannot be used, the old one stays: {why}")),
                }
            }
        }
        TlsAcceptor::from(Arc::clone(&held.config))
    }
}

fn changed(file: &Path) -> Option<SystemTime> {
    std::fs::metadata(file).and_then(|about| about.modified()).ok()
}

fn read(certificate: &Path, key: &Path) -> Result<Arc<ServerConfig>, String> {
    let wrong = |file: &Path, e: &dyn std::fmt::Display| format!("{}: {e}", file.display());
    let chain: Vec<CertificateDer> =
        CertificateDer::pem_file_iter(certificate).and_then(Iterator::collect).map_err(|e| wrong(certificate, &e))?;
    if chain.is_empty() {
        return Err(wrong(certificate, &"there is no certificate in it; PEM is read"));
    }
    let private = PrivateKeyDer::from_pem_file(key).map_err(|e| wrong(key, &e))?;
    let made = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, private));
    let mut config = made.map_err(|e| wrong(certificate, &e))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
