//! TLS by rustls, from a certificate and a key in PEM files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use thiserror::Error;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

/// Why TLS cannot be offered.
#[derive(Debug, Error)]
pub enum TlsError {
    /// A file cannot be read.
    #[error("{0} cannot be read as PEM: {1}. Give the certificate chain and its private key")]
    File(PathBuf, rustls_pki_types::pem::Error),
    /// They do not belong together.
    #[error(
        "the certificate and the key cannot be used: {0}. Give the certificate chain, the site's own first, and the key it was made with"
    )]
    Refused(#[from] tokio_rustls::rustls::Error),
}

/// Reads certificate and key.
pub fn acceptor(certificate: &Path, key: &Path) -> Result<TlsAcceptor, TlsError> {
    let said = |file: &Path| {
        let file = file.to_owned();
        move |error| TlsError::File(file, error)
    };
    let chain =
        CertificateDer::pem_file_iter(certificate).map_err(said(certificate))?.collect::<Result<Vec<_>, _>>().map_err(said(certificate))?;
    let key = PrivateKeyDer::from_pem_file(key).map_err(said(key))?;
    let mut config = ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    // Without tickets nothing links one visit to the next.
    config.session_storage = Arc::new(tokio_rustls::rustls::server::NoServerSessionStorage {});
    config.send_tls13_tickets = 0;
    Ok(TlsAcceptor::from(Arc::new(config)))
}
