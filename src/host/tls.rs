//! TLS in memory, by `rustls` with the cryptography of `ring`: bytes of the network in and out, bytes of the program in and out.
//!
//! Nothing here touches a socket. A [`Connection`] is fed what came from the network, gives what is to go there, and says
//! when it needs more; module `ssl` puts it between a socket (or two buffers) and a program.
//!
//! Certificates are verified against those of the system or of a file. Three things are looser than `rustls` has them, since
//! OpenSSL has them so: names may go unchecked, nothing at all may be checked, and a certificate that is itself among the
//! trusted ones is trusted although it signed itself.
//!
//! Source: RFC 8446, RFC 5246; Standard Library "ssl".

use std::io::{self, Read, Write};
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{WebPkiServerVerifier, verify_server_name};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::server::{ParsedCertificate, WebPkiClientVerifier};
use rustls::{
    AlertDescription, CertificateError, ClientConfig, ClientConnection, DigitallySignedStruct, Error, InvalidMessage,
    RootCertStore, ServerConfig, ServerConnection, SignatureScheme, SupportedProtocolVersion, version,
};

/// What a context was set to.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// For the side that accepts.
    pub server: bool,
    /// Trusted certificates, in the form DER.
    pub trusted: Vec<Vec<u8>>,
    /// Whether the other side must show a certificate that is trusted: 0 no, 1 if it has one, 2 yes.
    pub verify: u8,
    /// Whether the certificate must be for the name that was asked for.
    pub check_name: bool,
    /// The own certificate and those that lead to a trusted one, in the form PEM; empty for none.
    pub chain: Vec<u8>,
    /// The private key, in the form PEM.
    pub key: Vec<u8>,
    /// Protocols above TLS, the preferred one first.
    pub alpn: Vec<Vec<u8>>,
    /// Whether TLS 1.2 and TLS 1.3 may be used.
    pub versions: [bool; 2],
}

/// Why something failed: the reason by OpenSSL's name, and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// `CERTIFICATE_VERIFY_FAILED` and the like; empty for what is no error of TLS.
    pub reason: &'static str,
    /// What is said about it.
    pub message: String,
    /// The number of a failed verification (`X509_V_ERR_*`), else 0.
    pub verify_code: i64,
}

impl Failure {
    fn new(reason: &'static str, message: impl Into<String>) -> Failure {
        Failure { reason, message: message.into(), verify_code: 0 }
    }
}

/// Settings made ready for use.
#[derive(Clone)]
pub enum Config {
    /// For the side that connects.
    Client(Arc<ClientConfig>),
    /// For the side that accepts.
    Server(Arc<ServerConfig>),
}

/// The certificates that the system trusts, in the form DER.
pub fn system_certificates() -> Vec<Vec<u8>> {
    rustls_native_certs::load_native_certs().certs.into_iter().map(|certificate| certificate.to_vec()).collect()
}

/// The certificates in a text of the form PEM.
///
/// # Errors
/// When it is no such text.
pub fn certificates(pem: &[u8]) -> Result<Vec<Vec<u8>>, Failure> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    match found {
        Ok(found) if !found.is_empty() => Ok(found.into_iter().map(|certificate| certificate.to_vec()).collect()),
        _ => Err(Failure::new("NO_CERTIFICATE_OR_CRL_FOUND", "no certificate or crl found")),
    }
}

/// Whether a text of the form PEM has a private key.
pub fn has_key(pem: &[u8]) -> bool {
    PrivateKeyDer::from_pem_slice(pem).is_ok()
}

/// Makes settings ready.
///
/// # Errors
/// For certificates and keys that do not fit together.
pub fn configure(settings: &Settings) -> Result<Config, Failure> {
    let provider = Arc::new(ring::default_provider());
    let versions: Vec<&'static SupportedProtocolVersion> = [&version::TLS12, &version::TLS13]
        .into_iter()
        .zip(settings.versions)
        .filter_map(|(version, allowed)| allowed.then_some(version))
        .collect();
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(settings.trusted.iter().map(|der| CertificateDer::from(der.clone())));
    let roots = Arc::new(roots);
    let own = if settings.chain.is_empty() {
        None
    } else {
        let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&settings.chain).collect();
        let chain = chain.map_err(|_| Failure::new("PEM_LIB", "PEM lib"))?;
        let key = PrivateKeyDer::from_pem_slice(&settings.key).map_err(|_| Failure::new("PEM_LIB", "PEM lib"))?;
        Some((chain, key))
    };
    if settings.server {
        let builder = ServerConfig::builder_with_provider(provider.clone());
        let builder = builder.with_protocol_versions(&versions).map_err(|error| explain(&error))?;
        let builder = if settings.verify == 0 {
            builder.with_no_client_auth()
        } else {
            let verifier = WebPkiClientVerifier::builder_with_provider(roots, provider);
            let verifier = if settings.verify == 1 { verifier.allow_unauthenticated() } else { verifier };
            let verifier = verifier.build().map_err(|error| Failure::new("X509_LIB", error.to_string()))?;
            builder.with_client_cert_verifier(verifier)
        };
        let Some((chain, key)) = own else {
            return Err(Failure::new("NO_SHARED_CIPHER", "no shared cipher"));
        };
        let mut config = builder.with_single_cert(chain, key).map_err(|error| explain(&error))?;
        config.alpn_protocols.clone_from(&settings.alpn);
        return Ok(Config::Server(Arc::new(config)));
    }
    let builder = ClientConfig::builder_with_provider(provider.clone());
    let builder = builder.with_protocol_versions(&versions).map_err(|error| explain(&error))?;
    let web = if settings.verify == 0 || roots.is_empty() {
        None
    } else {
        let made = WebPkiServerVerifier::builder_with_provider(roots, provider.clone()).build();
        Some(made.map_err(|error| Failure::new("X509_LIB", error.to_string()))?)
    };
    let verifier = Verifier {
        web,
        verify: settings.verify != 0,
        check_name: settings.check_name,
        trusted: settings.trusted.clone(),
        provider,
    };
    let builder = builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier));
    let mut config = match own {
        Some((chain, key)) => builder.with_client_auth_cert(chain, key).map_err(|error| explain(&error))?,
        None => builder.with_no_client_auth(),
    };
    config.alpn_protocols.clone_from(&settings.alpn);
    Ok(Config::Client(Arc::new(config)))
}

/// Verifies the certificate of a server; see the module's documentation for how it differs from `rustls`' own.
#[derive(Debug)]
struct Verifier {
    web: Option<Arc<WebPkiServerVerifier>>,
    verify: bool,
    check_name: bool,
    trusted: Vec<Vec<u8>>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if !self.verify {
            return Ok(ServerCertVerified::assertion());
        }
        if self.trusted.iter().any(|trusted| trusted.as_slice() == end_entity.as_ref()) {
            if self.check_name {
                verify_server_name(&ParsedCertificate::try_from(end_entity)?, server_name)?;
            }
            return Ok(ServerCertVerified::assertion());
        }
        let unknown = || {
            let alone = intermediates.is_empty() && is_self_signed(end_entity);
            // There is no variant for this; the application is what says so.
            Err(if alone { CertificateError::ApplicationVerificationFailure } else { CertificateError::UnknownIssuer }
                .into())
        };
        let Some(web) = &self.web else { return unknown() };
        match web.verify_server_cert(end_entity, intermediates, server_name, ocsp, now) {
            // `Other` is, among the like, a certificate for signing others that is used by a server.
            Err(Error::InvalidCertificate(CertificateError::UnknownIssuer | CertificateError::Other(_))) => unknown(),
            Err(Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if !self.check_name => Ok(ServerCertVerified::assertion()),
            other => other,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// The next element of a DER encoding: its content, and what follows it.
fn element(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&length, mut rest) = der.get(1..)?.split_first()?;
    let mut length = usize::from(length);
    if length & 0x80 != 0 {
        let (size, after) = rest.split_at_checked(length & 0x7f)?;
        length = size.iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
        rest = after;
    }
    rest.split_at_checked(length)
}

/// Whether the issuer of a certificate is its subject.
fn is_self_signed(certificate: &[u8]) -> bool {
    let names = || {
        let (body, _) = element(element(certificate)?.0)?;
        // The version may be missing; then come number, algorithm, issuer, validity, subject.
        let mut rest = if body.first() == Some(&0xa0) { element(body)?.1 } else { body };
        for _ in 0..2 {
            rest = element(rest)?.1;
        }
        let (issuer, rest) = element(rest)?;
        let (subject, _) = element(element(rest)?.1)?;
        Some(issuer == subject)
    };
    names().unwrap_or(false)
}

/// One side of a connection.
pub struct Connection {
    inner: rustls::Connection,
    /// From the network, not yet looked at.
    incoming: Vec<u8>,
    /// The network's side has ended.
    ended: bool,
    failure: Option<Failure>,
}

/// What reading gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Got {
    /// Bytes of the program.
    Data(Vec<u8>),
    /// More must come from the network first.
    WantsMore,
    /// The other side said that it sends no more.
    Closed,
    /// The network ended without that being said.
    CutOff,
}

impl Connection {
    /// A new connection; the name is that of the server, for the side that connects.
    ///
    /// # Errors
    /// For a name that is none.
    pub fn new(config: &Config, name: Option<&str>) -> Result<Connection, Failure> {
        let inner = match config {
            Config::Client(config) => {
                // An address is sent to nobody: it stands for no name.
                let name = ServerName::try_from(name.unwrap_or("0.0.0.0").to_owned())
                    .map_err(|error| Failure::new("", error.to_string()))?;
                ClientConnection::new(config.clone(), name).map(rustls::Connection::from)
            }
            Config::Server(config) => ServerConnection::new(config.clone()).map(rustls::Connection::from),
        };
        let inner = inner.map_err(|error| explain(&error))?;
        Ok(Connection { inner, incoming: Vec::new(), ended: false, failure: None })
    }

    /// Takes in what came from the network.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.incoming.extend_from_slice(bytes);
    }

    /// The network's side has ended.
    pub fn feed_end(&mut self) {
        self.ended = true;
    }

    /// Looks at what came in, as far as there is room for what it holds.
    fn advance(&mut self) -> Result<(), Failure> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone());
        }
        while !self.incoming.is_empty() && self.inner.wants_read() {
            let mut rest = self.incoming.as_slice();
            let before = rest.len();
            if self.inner.read_tls(&mut rest).is_err() {
                break;
            }
            let taken = before - rest.len();
            self.incoming.drain(..taken);
            if let Err(error) = self.inner.process_new_packets() {
                let failure = explain(&error);
                self.failure = Some(failure.clone());
                return Err(failure);
            }
            if taken == 0 {
                break;
            }
        }
        Ok(())
    }

    /// Goes on with the handshake; whether it is done.
    ///
    /// # Errors
    /// Why it failed.
    pub fn handshake(&mut self) -> Result<bool, Failure> {
        self.advance()?;
        if self.inner.is_handshaking() && self.ended && self.incoming.is_empty() {
            return Err(Failure::new("UNEXPECTED_EOF_WHILE_READING", "EOF occurred in violation of protocol"));
        }
        Ok(!self.inner.is_handshaking())
    }

    /// Up to so many bytes for the program.
    ///
    /// # Errors
    /// What is wrong with what came.
    pub fn read(&mut self, limit: usize) -> Result<Got, Failure> {
        let mut data = vec![0; limit.min(1 << 16)];
        loop {
            let advanced = self.advance();
            match self.inner.reader().read(&mut data) {
                Ok(0) if limit > 0 => return Ok(Got::Closed),
                Ok(count) => {
                    data.truncate(count);
                    return Ok(Got::Data(data));
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    advanced?;
                    if self.incoming.is_empty() || !self.inner.wants_read() {
                        return Ok(if self.ended { Got::CutOff } else { Got::WantsMore });
                    }
                }
                Err(_) => return Ok(Got::CutOff),
            }
        }
    }

    /// How many bytes for the program are there.
    pub fn pending(&mut self) -> usize {
        let _ = self.advance();
        self.inner.process_new_packets().map_or(0, |state| state.plaintext_bytes_to_read())
    }

    /// Takes bytes of the program; gives how many.
    pub fn write(&mut self, bytes: &[u8]) -> usize {
        self.inner.writer().write(bytes).unwrap_or(0)
    }

    /// What is to go to the network.
    pub fn take(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        while self.inner.wants_write() {
            if self.inner.write_tls(&mut out).is_err() {
                break;
            }
        }
        out
    }

    /// Says that no more is sent.
    pub fn close(&mut self) {
        self.inner.send_close_notify();
    }

    /// `TLSv1.2` or `TLSv1.3`, once that is settled.
    pub fn version(&self) -> Option<&'static str> {
        Some(match self.inner.protocol_version()? {
            rustls::ProtocolVersion::TLSv1_3 => "TLSv1.3",
            _ => "TLSv1.2",
        })
    }

    /// The cipher: its name as the RFCs have it.
    pub fn cipher(&self) -> Option<String> {
        let name = format!("{:?}", self.inner.negotiated_cipher_suite()?.suite());
        Some(name.replacen("TLS13_", "TLS_", 1))
    }

    /// The protocol above TLS that was agreed upon.
    pub fn alpn(&self) -> Option<Vec<u8>> {
        self.inner.alpn_protocol().map(<[u8]>::to_vec)
    }

    /// The certificates of the other side, in the form DER.
    pub fn peer_certificates(&self) -> Vec<Vec<u8>> {
        self.inner.peer_certificates().unwrap_or_default().iter().map(|certificate| certificate.to_vec()).collect()
    }

    /// The name that a client asked for.
    pub fn asked_name(&self) -> Option<String> {
        match &self.inner {
            rustls::Connection::Server(server) => server.server_name().map(str::to_owned),
            rustls::Connection::Client(_) => None,
        }
    }
}

/// An error of `rustls` in the words of OpenSSL.
fn explain(error: &Error) -> Failure {
    let verify = |code: i64, words: &str| Failure {
        reason: "CERTIFICATE_VERIFY_FAILED",
        message: words.to_owned(),
        verify_code: code,
    };
    match error {
        Error::InvalidCertificate(reason) => match reason {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                verify(10, "certificate has expired")
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                verify(9, "certificate is not yet valid")
            }
            CertificateError::Revoked => verify(23, "certificate revoked"),
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                verify(62, "Hostname mismatch")
            }
            CertificateError::ApplicationVerificationFailure => verify(18, "self-signed certificate"),
            CertificateError::BadSignature => verify(7, "certificate signature failure"),
            _ => verify(20, "unable to get local issuer certificate"),
        },
        Error::InvalidMessage(InvalidMessage::InvalidContentType | InvalidMessage::UnknownProtocolVersion) => {
            Failure::new("WRONG_VERSION_NUMBER", "wrong version number")
        }
        Error::InvalidMessage(_) | Error::InappropriateMessage { .. } | Error::InappropriateHandshakeMessage { .. } => {
            Failure::new("UNEXPECTED_MESSAGE", "unexpected message")
        }
        Error::AlertReceived(alert) => match alert {
            AlertDescription::HandshakeFailure => {
                Failure::new("SSLV3_ALERT_HANDSHAKE_FAILURE", "sslv3 alert handshake failure")
            }
            AlertDescription::BadCertificate => {
                Failure::new("SSLV3_ALERT_BAD_CERTIFICATE", "ssl/tls alert bad certificate")
            }
            AlertDescription::CertificateUnknown => {
                Failure::new("SSLV3_ALERT_CERTIFICATE_UNKNOWN", "ssl/tls alert certificate unknown")
            }
            AlertDescription::UnknownCA => Failure::new("TLSV1_ALERT_UNKNOWN_CA", "tlsv1 alert unknown ca"),
            AlertDescription::ProtocolVersion => {
                Failure::new("TLSV1_ALERT_PROTOCOL_VERSION", "tlsv1 alert protocol version")
            }
            AlertDescription::NoApplicationProtocol => {
                Failure::new("TLSV1_ALERT_NO_APPLICATION_PROTOCOL", "tlsv1 alert no application protocol")
            }
            AlertDescription::CertificateRequired => {
                Failure::new("TLSV13_ALERT_CERTIFICATE_REQUIRED", "tlsv13 alert certificate required")
            }
            _ => Failure::new("TLSV1_ALERT_INTERNAL_ERROR", format!("alert received: {alert:?}")),
        },
        Error::PeerIncompatible(_) => Failure::new("NO_SHARED_CIPHER", "no shared cipher"),
        Error::NoCertificatesPresented => {
            Failure::new("PEER_DID_NOT_RETURN_A_CERTIFICATE", "peer did not return a certificate")
        }
        Error::InconsistentKeys(_) => Failure::new("KEY_VALUES_MISMATCH", "key values mismatch"),
        other => Failure::new("INTERNAL_ERROR", other.to_string()),
    }
}
