//! A certificate for this machine, made when an emulator starts.

use rcgen::{CertificateParams, DnType, KeyPair, SanType};
use std::error::Error;
use std::net::IpAddr;
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// A certificate for this machine, and what serves with it.
pub(crate) struct Certificate {
    pub(crate) pem: String,
    pub(crate) acceptor: TlsAcceptor,
}

impl Certificate {
    /// A certificate for `localhost`, the loopback addresses and one more
    /// address. It signs itself, so that it is also what clients have to trust.
    pub(crate) fn new(address: IpAddr) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let key = KeyPair::generate()?;
        let mut parameters = CertificateParams::new(vec!["localhost".to_owned()])?;
        let loopback = ["127.0.0.1", "::1"].map(|it| it.parse::<IpAddr>());
        for ip in loopback.into_iter().flatten().chain([address]) {
            if !ip.is_unspecified() {
                parameters.subject_alt_names.push(SanType::IpAddress(ip));
            }
        }
        let name = "golive emulator";
        parameters.distinguished_name.push(DnType::CommonName, name);
        let certificate = parameters.self_signed(&key)?;
        let secret = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(aws_lc_rs::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], secret)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self {
            pem: certificate.pem(),
            acceptor: TlsAcceptor::from(Arc::new(config)),
        })
    }
}
