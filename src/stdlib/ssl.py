"""This module provides some more Pythonic support for SSL: TLS around sockets and over buffers in memory.

The cryptography is native (`_ssl`) and knows no sockets: a connection is fed what comes from the network and gives what is to
go there. `SSLObject` moves these bytes from and to two buffers in memory, `SSLSocket` from and to a socket.
Source: Standard Library, "ssl"; RFC 8446, RFC 5280 for certificates.
"""

import errno
import os
import socket as _socket_module
from base64 import encodebytes, decodebytes
from collections import namedtuple
from enum import Enum, IntEnum, IntFlag
from socket import SO_TYPE, SOCK_STREAM, SOL_SOCKET, create_connection, socket

import _eras
import _ssl

OPENSSL_VERSION = "OpenSSL 3.0.0 (rustls)"
OPENSSL_VERSION_INFO = (3, 0, 0, 0, 0)
OPENSSL_VERSION_NUMBER = 0x30000000
HAS_SNI = HAS_ALPN = HAS_TLSv1_2 = HAS_TLSv1_3 = HAS_NEVER_CHECK_COMMON_NAME = HAS_ECDH = True
HAS_NPN = HAS_SSLv2 = HAS_SSLv3 = HAS_TLSv1 = HAS_TLSv1_1 = HAS_PSK = False
CHANNEL_BINDING_TYPES = []
PEM_HEADER = "-----BEGIN CERTIFICATE-----"
PEM_FOOTER = "-----END CERTIFICATE-----"


class _SSLMethod(IntEnum):
    PROTOCOL_TLS = 2
    PROTOCOL_SSLv23 = 2
    PROTOCOL_TLSv1 = 3
    PROTOCOL_TLSv1_1 = 4
    PROTOCOL_TLSv1_2 = 5
    PROTOCOL_TLS_CLIENT = 16
    PROTOCOL_TLS_SERVER = 17


class Options(IntFlag):
    OP_NO_COMPRESSION = 131072
    OP_NO_TICKET = 16384
    OP_NO_RENEGOTIATION = 1073741824
    OP_NO_SSLv2 = 0
    OP_NO_SSLv3 = 33554432
    OP_NO_TLSv1 = 67108864
    OP_NO_TLSv1_1 = 268435456
    OP_NO_TLSv1_2 = 134217728
    OP_NO_TLSv1_3 = 536870912
    OP_CIPHER_SERVER_PREFERENCE = 4194304
    OP_SINGLE_DH_USE = 0
    OP_SINGLE_ECDH_USE = 0
    OP_ENABLE_MIDDLEBOX_COMPAT = 1048576
    OP_IGNORE_UNEXPECTED_EOF = 128
    OP_ALL = 0x80000050


class VerifyMode(IntEnum):
    CERT_NONE = 0
    CERT_OPTIONAL = 1
    CERT_REQUIRED = 2


class VerifyFlags(IntFlag):
    VERIFY_DEFAULT = 0
    VERIFY_CRL_CHECK_LEAF = 4
    VERIFY_CRL_CHECK_CHAIN = 12
    VERIFY_X509_STRICT = 32
    VERIFY_X509_TRUSTED_FIRST = 32768
    VERIFY_X509_PARTIAL_CHAIN = 524288
    VERIFY_ALLOW_PROXY_CERTS = 64


class TLSVersion(IntEnum):
    MINIMUM_SUPPORTED = -2
    SSLv3 = 768
    TLSv1 = 769
    TLSv1_1 = 770
    TLSv1_2 = 771
    TLSv1_3 = 772
    MAXIMUM_SUPPORTED = -1


class SSLErrorNumber(IntEnum):
    SSL_ERROR_SSL = 1
    SSL_ERROR_WANT_READ = 2
    SSL_ERROR_WANT_WRITE = 3
    SSL_ERROR_WANT_X509_LOOKUP = 4
    SSL_ERROR_SYSCALL = 5
    SSL_ERROR_ZERO_RETURN = 6
    SSL_ERROR_WANT_CONNECT = 7
    SSL_ERROR_EOF = 8
    SSL_ERROR_INVALID_ERROR_CODE = 10


class AlertDescription(IntEnum):
    ALERT_DESCRIPTION_CLOSE_NOTIFY = 0
    ALERT_DESCRIPTION_UNEXPECTED_MESSAGE = 10
    ALERT_DESCRIPTION_HANDSHAKE_FAILURE = 40
    ALERT_DESCRIPTION_BAD_CERTIFICATE = 42
    ALERT_DESCRIPTION_CERTIFICATE_EXPIRED = 45
    ALERT_DESCRIPTION_CERTIFICATE_UNKNOWN = 46
    ALERT_DESCRIPTION_ILLEGAL_PARAMETER = 47
    ALERT_DESCRIPTION_UNKNOWN_CA = 48
    ALERT_DESCRIPTION_PROTOCOL_VERSION = 70
    ALERT_DESCRIPTION_INTERNAL_ERROR = 80
    ALERT_DESCRIPTION_UNRECOGNIZED_NAME = 112


for _enum in (_SSLMethod, Options, VerifyMode, VerifyFlags, SSLErrorNumber, AlertDescription):
    globals().update(_enum.__members__)
del _enum

_OID = namedtuple("_ASN1Object", "nid shortname longname oid")


class Purpose(_OID, Enum):
    """SSLContext purpose flags with X509v3 Extended Key Usage objects"""

    SERVER_AUTH = (129, "serverAuth", "TLS Web Server Authentication", "1.3.6.1.5.5.7.3.1")
    CLIENT_AUTH = (130, "clientAuth", "TLS Web Client Authentication", "1.3.6.1.5.5.7.3.2")


# --- exceptions

class SSLError(OSError):
    """An error occurred in the SSL implementation."""

    library = None
    reason = None

    def __str__(self):
        return str(self.strerror) if isinstance(self.strerror, str) else super().__str__()


class SSLZeroReturnError(SSLError):
    """SSL/TLS session closed cleanly."""


class SSLWantReadError(SSLError):
    """Non-blocking SSL socket needs to read more data before the requested operation can be completed."""


class SSLWantWriteError(SSLError):
    """Non-blocking SSL socket needs to write more data before the requested operation can be completed."""


class SSLSyscallError(SSLError):
    """System error when attempting SSL operation."""


class SSLEOFError(SSLError):
    """SSL/TLS connection terminated abruptly."""


class SSLCertVerificationError(SSLError, ValueError):
    """A certificate could not be verified."""

    verify_code = 0
    verify_message = ""


CertificateError = SSLCertVerificationError
for _class in (SSLError, SSLZeroReturnError, SSLWantReadError, SSLWantWriteError, SSLSyscallError, SSLEOFError,
               SSLCertVerificationError):
    _class.__module__ = "ssl"
del _class
socket_error = OSError


def _exception(failure, name=None):
    """The exception for what the native half tells."""
    reason, message, code = failure
    if not reason:
        return ValueError(message)
    if reason == "UNEXPECTED_EOF_WHILE_READING":
        made = SSLEOFError(8, f"[SSL: {reason}] {message} (_ssl.c:1020)")
    elif reason == "CERTIFICATE_VERIFY_FAILED":
        if code == 62 and name is not None:
            code, message = ((64, f"IP address mismatch, certificate is not valid for '{name}'.") if _is_address(name)
                             else (62, f"Hostname mismatch, certificate is not valid for '{name}'."))
        made = SSLCertVerificationError(
            1, f"[SSL: {reason}] certificate verify failed: {message} (_ssl.c:1020)")
        made.verify_code, made.verify_message = code, message
    else:
        made = SSLError(1, f"[SSL: {reason}] {message} (_ssl.c:1020)")
    made.library, made.reason = "SSL", reason
    return made


def _is_address(name):
    for family in (_socket_module.AF_INET, _socket_module.AF_INET6):
        try:
            _socket_module.inet_pton(family, name)
            return True
        except OSError:
            pass
    return False


def _want_read():
    return SSLWantReadError(2, "The operation did not complete (read) (_ssl.c:1020)")


# --- certificates

_NAMES = {
    "2.5.4.3": "commonName", "2.5.4.4": "surname", "2.5.4.5": "serialNumber", "2.5.4.6": "countryName",
    "2.5.4.7": "localityName", "2.5.4.8": "stateOrProvinceName", "2.5.4.9": "streetAddress", "2.5.4.10": "organizationName",
    "2.5.4.11": "organizationalUnitName", "2.5.4.12": "title", "1.2.840.113549.1.9.1": "emailAddress",
    "0.9.2342.19200300.100.1.25": "domainComponent",
}
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def _items(data):
    """The elements of a DER sequence: (tag, content)."""
    found, at = [], 0
    while at + 2 <= len(data):
        tag, length = data[at], data[at + 1]
        at += 2
        if length & 0x80:
            size = length & 0x7F
            length = int.from_bytes(data[at:at + size], "big")
            at += size
        found.append((tag, data[at:at + length]))
        at += length
    return found


def _oid(data):
    first = data[0]
    numbers = [min(first // 40, 2), first - 40 * min(first // 40, 2)]
    number = 0
    for byte in data[1:]:
        number = number << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(number)
            number = 0
    return ".".join(map(str, numbers))


def _distinguished_name(data):
    rows = []
    for _, group in _items(data):
        row = []
        for _, pair in _items(group):
            (_, oid), (tag, value) = _items(pair)[:2]
            oid = _oid(oid)
            row.append((_NAMES.get(oid, oid), value.decode("utf-16-be" if tag == 0x1E else "utf-8", "replace")))
        rows.append(tuple(row))
    return tuple(rows)


def _moment(tag, value):
    text = value.decode("ascii")
    if tag == 0x17:
        # Two digits of the year.
        text = ("19" if text[:2] >= "50" else "20") + text
    return "%s %2d %s:%s:%s %s GMT" % (_MONTHS[int(text[4:6]) - 1], int(text[6:8]), text[8:10], text[10:12], text[12:14],
                                       text[:4])


def _certificate_parts(der):
    parts = _items(_items(_items(der)[0][1])[0][1])
    version = 1
    if parts[0][0] == 0xA0:
        version = _items(parts[0][1])[0][1][-1] + 1
        parts = parts[1:]
    return version, parts


def _decode_certificate(der):
    """A certificate as getpeercert() shows it."""
    version, parts = _certificate_parts(der)
    serial, _, issuer, validity, subject = (content for _, content in parts[:5])
    (begin_tag, begin), (end_tag, end) = _items(validity)[:2]
    found = {
        "subject": _distinguished_name(subject),
        "issuer": _distinguished_name(issuer),
        "version": version,
        "serialNumber": serial.lstrip(b"\0").hex().upper() or "00",
        "notBefore": _moment(begin_tag, begin),
        "notAfter": _moment(end_tag, end),
    }
    names = []
    for tag, content in parts[6:]:
        if tag != 0xA3:
            continue
        for _, extension in _items(_items(content)[0][1]):
            pieces = _items(extension)
            if _oid(pieces[0][1]) != "2.5.29.17":
                continue
            for kind, value in _items(_items(pieces[-1][1])[0][1]):
                if kind == 0x82:
                    names.append(("DNS", value.decode("ascii", "replace")))
                elif kind == 0x87:
                    family = _socket_module.AF_INET if len(value) == 4 else _socket_module.AF_INET6
                    names.append(("IP Address", _socket_module.inet_ntop(family, value)))
                elif kind == 0x81:
                    names.append(("email", value.decode("ascii", "replace")))
                elif kind == 0x86:
                    names.append(("URI", value.decode("ascii", "replace")))
    if names:
        found["subjectAltName"] = tuple(names)
    return found


def DER_cert_to_PEM_cert(der_cert_bytes):
    """Takes a certificate in binary DER format and returns the PEM version of it as a string."""
    text = encodebytes(der_cert_bytes).decode("ascii").replace("\n", "")
    lines = [text[at:at + 64] for at in range(0, len(text), 64)]
    return "\n".join([PEM_HEADER, *lines, PEM_FOOTER, ""])


def PEM_cert_to_DER_cert(pem_cert_string):
    """Takes a certificate in ASCII PEM format and returns the DER-encoded version of it as a byte sequence"""
    text = pem_cert_string.strip()
    if not text.startswith(PEM_HEADER):
        raise ValueError(f"Invalid PEM encoding; must start with {PEM_HEADER}")
    if not text.endswith(PEM_FOOTER):
        raise ValueError(f"Invalid PEM encoding; must end with {PEM_FOOTER}")
    return decodebytes(text[len(PEM_HEADER):-len(PEM_FOOTER)].encode("ascii"))


def cert_time_to_seconds(cert_time):
    """Return the time in seconds since the Epoch, given the timestring representing the "notBefore" or "notAfter" date from a
    certificate in ``"%b %d %H:%M:%S %Y %Z"`` strptime format (C locale)."""
    import calendar
    month, day, clock, year, zone = cert_time.split()
    if zone != "GMT" or month.title() not in _MONTHS:
        raise ValueError(f"time data {cert_time!r} does not match format \"%b %d %H:%M:%S %Y GMT\"")
    return calendar.timegm((int(year), _MONTHS.index(month.title()) + 1, int(day), *map(int, clock.split(":"))))


DefaultVerifyPaths = namedtuple("DefaultVerifyPaths", "cafile capath openssl_cafile_env openssl_cafile openssl_capath_env "
                                                      "openssl_capath")


def get_default_verify_paths():
    """Return paths to default cafile and capath."""
    cafile, capath = "/usr/lib/ssl/cert.pem", "/usr/lib/ssl/certs"
    return DefaultVerifyPaths(
        cafile if os.path.isfile(cafile) else None, capath if os.path.isdir(capath) else None, "SSL_CERT_FILE", cafile,
        "SSL_CERT_DIR", capath)


def _file_content(path):
    try:
        with open(os.fspath(path), "rb") as file:
            return file.read()
    except OSError as failure:
        # By old custom the name is not told.
        raise type(failure)(failure.errno, failure.strerror) from None


# --- contexts

class SSLContext:
    """An SSLContext holds various SSL-related configuration options and data, such as certificates and possibly a private key."""

    sslsocket_class = None
    sslobject_class = None

    def __init__(self, protocol=None, *args, **kwargs):
        if protocol is None:
            import warnings
            warnings.warn("ssl.SSLContext() without protocol argument is deprecated.", DeprecationWarning, stacklevel=2)
            protocol = PROTOCOL_TLS
        self._protocol = _SSLMethod(protocol)
        client = protocol == PROTOCOL_TLS_CLIENT
        self._verify_mode = CERT_REQUIRED if client else CERT_NONE
        self._check_hostname = client
        self._trusted = []
        self._chain = self._key = b""
        self._alpn = []
        self._minimum = TLSVersion.TLSv1_2
        self._maximum = TLSVersion.MAXIMUM_SUPPORTED
        self._configs = {}
        self._sni = None
        self.options = Options.OP_ALL | Options.OP_NO_SSLv3 | Options.OP_NO_COMPRESSION
        self.verify_flags = VerifyFlags.VERIFY_X509_TRUSTED_FIRST
        self.post_handshake_auth = False
        self.keylog_filename = None
        self.hostname_checks_common_name = True
        self.num_tickets = 2
        self.security_level = 2

    @property
    def protocol(self):
        return self._protocol

    def _changed(self):
        self._configs.clear()

    @property
    def verify_mode(self):
        return self._verify_mode

    @verify_mode.setter
    def verify_mode(self, value):
        value = VerifyMode(value)
        if value == CERT_NONE and self._check_hostname:
            raise ValueError("Cannot set verify_mode to CERT_NONE when check_hostname is enabled.")
        self._verify_mode = value
        self._changed()

    @property
    def check_hostname(self):
        return self._check_hostname

    @check_hostname.setter
    def check_hostname(self, value):
        self._check_hostname = bool(value)
        if value and self._verify_mode == CERT_NONE:
            self._verify_mode = CERT_REQUIRED
        self._changed()

    @property
    def minimum_version(self):
        return self._minimum

    @minimum_version.setter
    def minimum_version(self, value):
        self._minimum = TLSVersion(value)
        self._changed()

    @property
    def maximum_version(self):
        return self._maximum

    @maximum_version.setter
    def maximum_version(self, value):
        self._maximum = TLSVersion(value)
        self._changed()

    def load_verify_locations(self, cafile=None, capath=None, cadata=None):
        """Load a set of "certification authority" (CA) certificates used to validate other peers' certificates."""
        if cafile is None and capath is None and cadata is None:
            raise TypeError("cafile, capath and cadata cannot be all omitted")
        texts = []
        if cafile is not None:
            texts.append(_file_content(cafile))
        if capath is not None:
            texts += [_file_content(os.path.join(capath, name)) for name in sorted(os.listdir(capath))]
        if isinstance(cadata, str):
            texts.append(cadata.encode("ascii"))
        elif cadata is not None:
            self._trusted.append(bytes(cadata))
        for text in texts:
            found = _ssl.certificates(text)
            if isinstance(found, tuple):
                made = SSLError(1, "[X509: NO_CERTIFICATE_OR_CRL_FOUND] no certificate or crl found (_ssl.c:4186)")
                made.library, made.reason = "X509", "NO_CERTIFICATE_OR_CRL_FOUND"
                raise made
            self._trusted += [der for der in found if der not in self._trusted]
        self._changed()

    def load_default_certs(self, purpose=Purpose.SERVER_AUTH):
        """Load the certificates that the system trusts."""
        if not isinstance(purpose, Purpose):
            raise TypeError(purpose)
        self.set_default_verify_paths()

    def set_default_verify_paths(self):
        """Load the certificates that the system trusts."""
        self._trusted += _ssl.system_certificates()
        self._changed()

    def load_cert_chain(self, certfile, keyfile=None, password=None):
        """Load a private key and the corresponding certificate."""
        chain = _file_content(certfile)
        key = chain if keyfile is None else _file_content(keyfile)
        if isinstance(_ssl.certificates(chain), tuple) or not _ssl.has_key(key):
            raise SSLError(9, "[SSL] PEM lib (_ssl.c:3900)")
        self._chain, self._key = chain, key
        self._changed()
        # Whether they belong together shows at once.
        self._config(True)

    def cert_store_stats(self):
        """Returns quantities of loaded X.509 certificates."""
        return {"x509": len(self._trusted), "crl": 0, "x509_ca": len(self._trusted)}

    def get_ca_certs(self, binary_form=False):
        """Returns a list of dicts with information of loaded CA certs."""
        return list(self._trusted) if binary_form else [_decode_certificate(der) for der in self._trusted]

    def set_alpn_protocols(self, alpn_protocols):
        self._alpn = [bytes(name, "ascii") for name in alpn_protocols]
        if any(not 0 < len(name) < 256 for name in self._alpn):
            raise SSLError("ALPN protocols must be 1 to 255 bytes long")
        self._changed()

    def set_npn_protocols(self, npn_protocols):
        pass

    def set_ciphers(self, ciphers):
        if not ciphers or not isinstance(ciphers, str) or ciphers.startswith("^"):
            raise SSLError("No cipher can be selected.")

    def get_ciphers(self):
        """The ciphers that may be used."""
        return [{"name": name, "protocol": "TLSv1.3"} for name in (
            "TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256")]

    def set_ecdh_curve(self, name):
        pass

    def load_dh_params(self, path):
        pass

    def set_servername_callback(self, server_name_callback):
        self._sni = server_name_callback

    @property
    def sni_callback(self):
        return self._sni

    @sni_callback.setter
    def sni_callback(self, callback):
        self._sni = callback

    def session_stats(self):
        return dict.fromkeys(["number", "connect", "connect_good", "accept", "accept_good", "hits", "misses"], 0)

    def _config(self, server_side):
        """The settings as the native half wants them."""
        config = self._configs.get(server_side)
        if config is None:
            top = TLSVersion.TLSv1_3 if self._maximum == TLSVersion.MAXIMUM_SUPPORTED else self._maximum
            low = TLSVersion.TLSv1_2 if self._minimum < TLSVersion.TLSv1_2 else self._minimum
            tls12 = low <= TLSVersion.TLSv1_2 <= top and not self.options & Options.OP_NO_TLSv1_2
            tls13 = low <= TLSVersion.TLSv1_3 <= top and not self.options & Options.OP_NO_TLSv1_3
            config = _ssl.configure(server_side, self._trusted, int(self._verify_mode), self._check_hostname, self._chain,
                                    self._key, self._alpn, tls12, tls13)
            if isinstance(config, tuple):
                raise _exception(config)
            self._configs[server_side] = config
        return config

    def _connection(self, server_side, server_hostname):
        if server_side and self._protocol == PROTOCOL_TLS_CLIENT:
            raise SSLError("Cannot create a server socket with a PROTOCOL_TLS_CLIENT context (_ssl.c:813)")
        if not server_side and self._protocol == PROTOCOL_TLS_SERVER:
            raise SSLError("Cannot create a client socket with a PROTOCOL_TLS_SERVER context (_ssl.c:819)")
        if server_side and server_hostname:
            raise ValueError("server_hostname can only be specified in client mode")
        if self._check_hostname and not server_side and not server_hostname:
            raise ValueError("check_hostname requires server_hostname")
        if server_hostname is not None and not server_side:
            if not server_hostname or server_hostname.startswith("."):
                raise ValueError("server_hostname cannot be an empty string or start with a leading dot.")
        made = _ssl.connection(self._config(server_side), None if server_side else server_hostname)
        if isinstance(made, tuple):
            raise _exception(made)
        return made

    def wrap_socket(self, sock, server_side=False, do_handshake_on_connect=True, suppress_ragged_eofs=True,
                    server_hostname=None, session=None):
        """Wrap an existing socket and return an SSLSocket."""
        return self.sslsocket_class._create(
            sock=sock, server_side=server_side, do_handshake_on_connect=do_handshake_on_connect,
            suppress_ragged_eofs=suppress_ragged_eofs, server_hostname=server_hostname, context=self, session=session)

    def wrap_bio(self, incoming, outgoing, server_side=False, server_hostname=None, session=None):
        """An SSLObject over two buffers in memory."""
        return self.sslobject_class._create(
            incoming, outgoing, server_side=server_side, server_hostname=server_hostname, session=session, context=self)


def create_default_context(purpose=Purpose.SERVER_AUTH, *, cafile=None, capath=None, cadata=None):
    """Create a SSLContext object with default settings."""
    if not isinstance(purpose, Purpose):
        raise TypeError(purpose)
    if purpose == Purpose.SERVER_AUTH:
        context = SSLContext(PROTOCOL_TLS_CLIENT)
        context.verify_mode = CERT_REQUIRED
        context.check_hostname = True
    else:
        context = SSLContext(PROTOCOL_TLS_SERVER)
    context.verify_flags |= VERIFY_X509_PARTIAL_CHAIN | VERIFY_X509_STRICT
    if cafile or capath or cadata:
        context.load_verify_locations(cafile, capath, cadata)
    elif context.verify_mode != CERT_NONE:
        context.load_default_certs(purpose)
    return context


def _create_unverified_context(protocol=None, *, cert_reqs=CERT_NONE, check_hostname=False, purpose=Purpose.SERVER_AUTH,
                               certfile=None, keyfile=None, cafile=None, capath=None, cadata=None):
    """A context that verifies nothing unless it is told to."""
    if protocol is None:
        protocol = PROTOCOL_TLS_CLIENT if purpose == Purpose.SERVER_AUTH else PROTOCOL_TLS_SERVER
    context = SSLContext(protocol)
    context.check_hostname = check_hostname
    if cert_reqs is not None:
        context.verify_mode = cert_reqs
    if certfile or keyfile:
        context.load_cert_chain(certfile, keyfile)
    if cafile or capath or cadata:
        context.load_verify_locations(cafile, capath, cadata)
    elif context.verify_mode != CERT_NONE:
        context.load_default_certs(purpose)
    return context


_create_default_https_context = create_default_context
_create_stdlib_context = _create_unverified_context


def _wrap_socket(sock, keyfile=None, certfile=None, server_side=False, cert_reqs=CERT_NONE, ssl_version=PROTOCOL_TLS,
                 ca_certs=None, do_handshake_on_connect=True, suppress_ragged_eofs=True, ciphers=None):
    """A socket with TLS and a context of its own, as programs made one until Python 3.11. It verifies nobody."""
    _eras.allows("ssl.wrap_socket")
    if server_side and not certfile:
        raise ValueError("certfile must be specified for server-side operations")
    if keyfile and not certfile:
        raise ValueError("certfile must be specified")
    # Versions before 1.2, which one could ask for, are no longer spoken.
    context = SSLContext(PROTOCOL_TLS_SERVER if server_side else PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = cert_reqs
    if ca_certs:
        context.load_verify_locations(ca_certs)
    if certfile:
        context.load_cert_chain(certfile, keyfile)
    if ciphers:
        context.set_ciphers(ciphers)
    return context.wrap_socket(sock, server_side, do_handshake_on_connect, suppress_ragged_eofs)


def __getattr__(name):
    if name == "wrap_socket" and _eras.has("ssl.wrap_socket"):
        return _wrap_socket
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


# --- over memory

class MemoryBIO:
    """A buffer in memory: bytes go in at one end and come out at the other."""

    def __init__(self):
        self._data = bytearray()
        self._eof_written = False

    @property
    def pending(self):
        return len(self._data)

    @property
    def eof(self):
        return self._eof_written and not self._data

    def read(self, size=-1, /):
        """Read up to size bytes from the memory BIO."""
        if size < 0 or size >= len(self._data):
            data = bytes(self._data)
            self._data.clear()
        else:
            data = bytes(self._data[:size])
            del self._data[:size]
        return data

    def write(self, b, /):
        """Writes the bytes b into the memory BIO."""
        if self._eof_written:
            raise SSLError("cannot write() after write_eof()")
        if isinstance(b, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        data = bytes(b)
        self._data += data
        return len(data)

    def write_eof(self):
        """Write an EOF marker to the memory BIO."""
        self._eof_written = True


class _Secured:
    """What SSLObject and SSLSocket have in common: asking about the connection."""

    _tls = None

    def _check(self, result):
        if type(result) is tuple:
            raise self._failure(result)
        return result

    def _failure(self, failure):
        return _exception(failure, self.server_hostname)

    def getpeercert(self, binary_form=False):
        """Returns a formatted version of the data in the certificate provided by the other end of the SSL channel."""
        if self._tls is None or self._tls.facts()[0] is None:
            raise ValueError("handshake not done yet")
        chain = self._tls.peer_certificates()
        if not chain:
            return None
        if binary_form:
            return chain[0]
        return {} if self.context.verify_mode == CERT_NONE else _decode_certificate(chain[0])

    def get_verified_chain(self):
        return self._tls.peer_certificates()

    get_unverified_chain = get_verified_chain

    def selected_alpn_protocol(self):
        """Return the currently selected ALPN protocol as a string, or None."""
        return None if self._tls is None else self._tls.facts()[2]

    def selected_npn_protocol(self):
        return None

    def cipher(self):
        """Return the currently selected cipher as a 3-tuple (name, ssl_version, secret_bits)."""
        if self._tls is None:
            return None
        version, name, *_ = self._tls.facts()
        if name is None:
            return None
        return name, version, 256 if "256_GCM" in name or "CHACHA" in name else 128

    def shared_ciphers(self):
        cipher = self.cipher()
        return None if cipher is None else [cipher]

    def compression(self):
        """Return the current compression algorithm in use, or None."""
        return None

    def version(self):
        """Return a string identifying the protocol version used by the current SSL channel."""
        return None if self._tls is None else self._tls.facts()[0]

    def get_channel_binding(self, cb_type="tls-unique"):
        raise ValueError(f"{cb_type} channel binding type not implemented")

    @property
    def session_reused(self):
        return False


class SSLObject(_Secured):
    """This class implements an interface on top of a low-level SSL object: TLS over two buffers in memory."""

    def __init__(self, *args, **kwargs):
        raise TypeError(f"{self.__class__.__name__} does not have a public constructor. Instances are returned by "
                        "SSLContext.wrap_bio().")

    @classmethod
    def _create(cls, incoming, outgoing, server_side=False, server_hostname=None, session=None, context=None):
        self = cls.__new__(cls)
        self.context = context
        self.server_side = server_side
        self.server_hostname = server_hostname
        self.session = session
        self._incoming = incoming
        self._outgoing = outgoing
        self._tls = context._connection(server_side, server_hostname)
        self._told_close = False
        self._heard_close = False
        return self

    def _receive(self):
        if self._incoming._data:
            self._tls.feed(self._incoming.read())
        if self._incoming._eof_written:
            self._tls.feed(None)

    def _send(self):
        out = self._tls.take()
        if out:
            self._outgoing.write(out)

    def do_handshake(self):
        """Start the SSL/TLS handshake."""
        self._receive()
        try:
            done = self._check(self._tls.handshake())
        finally:
            # What went wrong is told to the other side.
            self._send()
        if not done:
            raise _want_read()

    def read(self, len=1024, buffer=None):
        """Read up to 'len' bytes from the SSL object and return them."""
        self._receive()
        if buffer is not None:
            room = memoryview(buffer).nbytes
            len = min(len or room, room)
        if len == 0:
            return 0 if buffer is not None else b""
        data = self._tls.read(len)
        self._send()
        if data is None:
            raise _want_read()
        if data is True:
            raise SSLEOFError(8, "[SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred in violation of protocol (_ssl.c:2580)")
        if data is False:
            self._heard_close = True
            data = b""
        self._check(data)
        if buffer is None:
            return data
        memoryview(buffer).cast("B")[:data.__len__()] = data
        return data.__len__()

    def write(self, data):
        """Write 'data' to the SSL object and return the number of bytes written."""
        self._receive()
        count = self._tls.write(bytes(data))
        self._send()
        return count

    def pending(self):
        """Return the number of bytes that can be read immediately."""
        return self._tls.pending()

    def unwrap(self):
        """Start the SSL shutdown handshake."""
        if not self._told_close:
            self._told_close = True
            self._tls.close()
            self._send()
        self._receive()
        while not self._heard_close:
            data = self._tls.read(65536)
            if data is None:
                raise _want_read()
            if data is True or data is False:
                self._heard_close = True
            else:
                self._check(data)

    def verify_client_post_handshake(self):
        raise SSLError("post-handshake authentication is not there")


# --- over a socket

class SSLSocket(_Secured, socket):
    """This class implements a subtype of socket.socket that wraps the underlying OS socket in an SSL context when necessary."""

    def __init__(self, *args, **kwargs):
        raise TypeError(f"{self.__class__.__name__} does not have a public constructor. Instances are returned by "
                        "SSLContext.wrap_socket().")

    @classmethod
    def _create(cls, sock, server_side=False, do_handshake_on_connect=True, suppress_ragged_eofs=True, server_hostname=None,
                context=None, session=None):
        if sock.getsockopt(SOL_SOCKET, SO_TYPE) != SOCK_STREAM:
            raise NotImplementedError("only stream sockets are supported")
        if server_side and server_hostname:
            raise ValueError("server_hostname can only be specified in client mode")
        if context.check_hostname and not server_hostname and not server_side:
            raise ValueError("check_hostname requires server_hostname")
        timeout = sock.gettimeout()
        self = cls.__new__(cls)
        family, kind, proto = sock.family, sock.type, sock.proto
        socket.__init__(self, family=family, type=kind, proto=proto, fileno=sock.detach())
        self.settimeout(timeout)
        self.context = context
        self.server_side = server_side
        self.server_hostname = server_hostname
        self.do_handshake_on_connect = do_handshake_on_connect
        self.suppress_ragged_eofs = suppress_ragged_eofs
        self.session = session
        self._tls = None
        self._pending_out = b""
        try:
            self.getpeername()
            self._connected = True
        except OSError as failure:
            if failure.errno != errno.ENOTCONN:
                raise
            self._connected = False
        if self._connected:
            try:
                self._tls = context._connection(server_side, server_hostname)
                if do_handshake_on_connect:
                    if timeout == 0.0:
                        raise ValueError("do_handshake_on_connect should not be specified for non-blocking sockets")
                    self.do_handshake()
            except:
                self.close()
                raise
        return self

    def dup(self):
        raise NotImplementedError(f"Can't dup() {self.__class__.__name__} instances")

    # --- bytes of the network

    def _send_out(self):
        """Sends what TLS has for the network."""
        data = self._pending_out + self._tls.take()
        self._pending_out = b""
        while data:
            try:
                count = super().send(data)
            except BlockingIOError:
                self._pending_out = data
                raise SSLWantWriteError(3, "The operation did not complete (write) (_ssl.c:1020)") from None
            except TimeoutError:
                self._pending_out = data
                raise TimeoutError("The write operation timed out") from None
            data = data[count:]

    def _receive(self, doing):
        """Waits for bytes of the network."""
        try:
            data = super().recv(32768)
        except BlockingIOError:
            raise _want_read() from None
        except TimeoutError:
            raise TimeoutError(f"{doing} operation timed out") from None
        self._tls.feed(data or None)

    # --- TLS

    def do_handshake(self, block=False):
        """Start the SSL/TLS handshake."""
        if self._tls is None:
            self.getpeername()
        while True:
            try:
                done = self._check(self._tls.handshake())
            except BaseException:
                try:
                    # The other side is told what went wrong.
                    self._send_out()
                except OSError:
                    pass
                raise
            self._send_out()
            if done:
                return
            self._receive("_ssl.c:1020: The handshake")

    def read(self, len=1024, buffer=None):
        """Read up to LEN bytes and return them. Return zero-length string on EOF."""
        if self._tls is None:
            raise ValueError("Read on closed or unwrapped SSL socket.")
        if buffer is not None:
            room = memoryview(buffer).nbytes
            len = min(len or room, room)
        if len == 0:
            return 0 if buffer is not None else b""
        while (data := self._tls.read(len)) is None:
            self._receive("The read")
        if self._tls.facts()[0] is not None:
            self._send_out()
        if data is False:
            data = b""
        elif data is True:
            if not self.suppress_ragged_eofs:
                raise SSLEOFError(8, "[SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred in violation of protocol "
                                     "(_ssl.c:2580)")
            data = b""
        self._check(data)
        if buffer is None:
            return data
        count = data.__len__()
        if count:
            memoryview(buffer).cast("B")[:count] = data
        return count

    def write(self, data):
        """Write DATA to the underlying SSL channel. Returns number of bytes of DATA actually transmitted."""
        if self._tls is None:
            raise ValueError("Write on closed or unwrapped SSL socket.")
        if self._pending_out:
            self._send_out()
        count = self._tls.write(bytes(data))
        self._send_out()
        return count

    def pending(self):
        """Return the number of bytes that can be read immediately."""
        return 0 if self._tls is None else self._tls.pending()

    def unwrap(self):
        """Ends TLS; the socket goes on as a plain one."""
        if self._tls is None:
            raise ValueError("No SSL wrapper around " + str(self))
        self._tls.close()
        self._send_out()
        while (data := self._tls.read(65536)) is None:
            self._receive("The read")
        self._tls = None
        return self

    # --- as a socket

    def send(self, data, flags=0):
        if self._tls is None:
            return super().send(data, flags)
        if flags != 0:
            raise ValueError(f"non-zero flags not allowed in calls to send() on {self.__class__}")
        return self.write(data)

    def sendall(self, data, flags=0):
        if self._tls is None:
            return super().sendall(data, flags)
        if flags != 0:
            raise ValueError(f"non-zero flags not allowed in calls to sendall() on {self.__class__}")
        view = memoryview(data).cast("B")
        sent = 0
        while sent < len(view):
            sent += self.write(view[sent:sent + 65536])

    def sendto(self, *args):
        if self._tls is None:
            return super().sendto(*args)
        raise ValueError(f"sendto not allowed on instances of {self.__class__}")

    def sendmsg(self, *args, **kwargs):
        raise NotImplementedError(f"sendmsg not allowed on instances of {self.__class__}")

    def recv(self, buflen=1024, flags=0):
        if self._tls is None:
            return super().recv(buflen, flags)
        if flags != 0:
            raise ValueError(f"non-zero flags not allowed in calls to recv() on {self.__class__}")
        return self.read(buflen)

    def recv_into(self, buffer, nbytes=None, flags=0):
        if self._tls is None:
            return super().recv_into(buffer, nbytes or 0, flags)
        if flags != 0:
            raise ValueError(f"non-zero flags not allowed in calls to recv_into() on {self.__class__}")
        return self.read(nbytes or memoryview(buffer).nbytes, buffer)

    def recvfrom(self, *args):
        raise ValueError(f"recvfrom not allowed on instances of {self.__class__}")

    def recvfrom_into(self, *args):
        raise ValueError(f"recvfrom_into not allowed on instances of {self.__class__}")

    def recvmsg(self, *args, **kwargs):
        raise NotImplementedError(f"recvmsg not allowed on instances of {self.__class__}")

    recvmsg_into = recvmsg

    def shutdown(self, how):
        self._tls = None
        super().shutdown(how)

    def _real_close(self):
        if self._tls is not None:
            self._tls = None
        super()._real_close()

    def connect(self, addr):
        """Connects to remote ADDR, and then wraps the connection in an SSL channel."""
        if self.server_side:
            raise ValueError("can't connect in server-side mode")
        if self._connected or self._tls is not None:
            raise ValueError("attempt to connect already-connected SSLSocket!")
        super().connect(addr)
        self._tls = self.context._connection(False, self.server_hostname)
        self._connected = True
        if self.do_handshake_on_connect:
            self.do_handshake()

    def accept(self):
        """Accepts a new connection from a remote client, and returns a tuple containing that new connection wrapped with a
        server-side SSL channel, and the address of the remote client."""
        connection, address = super().accept()
        wrapped = self.context.wrap_socket(
            connection, do_handshake_on_connect=self.do_handshake_on_connect,
            suppress_ragged_eofs=self.suppress_ragged_eofs, server_side=True)
        return wrapped, address


SSLContext.sslsocket_class = SSLSocket
SSLContext.sslobject_class = SSLObject


def get_server_certificate(addr, ssl_version=PROTOCOL_TLS_CLIENT, ca_certs=None, timeout=_socket_module._GLOBAL_DEFAULT_TIMEOUT):
    """Retrieve the certificate from the server at the specified address, and return it as a PEM-encoded string."""
    context = _create_unverified_context(ssl_version, cert_reqs=CERT_NONE if ca_certs is None else CERT_REQUIRED,
                                         cafile=ca_certs)
    with create_connection(addr, timeout=timeout) as sock:
        with context.wrap_socket(sock, server_hostname=addr[0]) as secured:
            return DER_cert_to_PEM_cert(secured.getpeercert(True))


def get_protocol_name(protocol_code):
    try:
        return _SSLMethod(protocol_code).name
    except ValueError:
        return "<unknown>"


def RAND_bytes(n, /):
    """Generate n cryptographically strong pseudo-random bytes."""
    return os.urandom(n)


def RAND_status():
    """Returns True if the OpenSSL PRNG has been seeded with enough data and False if not."""
    return True


def RAND_add(string, entropy, /):
    """Mix string into the OpenSSL PRNG state."""
