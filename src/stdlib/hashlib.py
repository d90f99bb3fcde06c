"""Secure hashes and message digests.

Source: Library Reference "hashlib".
"""

import _hashlib

_names = (
    "md5",
    "sha1",
    "sha224",
    "sha256",
    "sha384",
    "sha512",
    "blake2b",
    "blake2s",
    "sha3_224",
    "sha3_256",
    "sha3_384",
    "sha3_512",
)

algorithms_guaranteed = set(_names)
algorithms_available = set(_names) | {"sha512_224", "sha512_256"}

__all__ = _names + (
    "new",
    "algorithms_guaranteed",
    "algorithms_available",
    "file_digest",
    "pbkdf2_hmac",
)


def new(name, data=b"", **kwargs):
    """new(name, data=b'') - Return a new hashing object using the named algorithm;
    optionally initialized with data (which must be a bytes-like object).
    """
    return _hashlib.new(name, data, **kwargs)


def _constructor(name):
    def make(string=b"", *, usedforsecurity=True):
        return _hashlib.new(name, string)

    make.__name__ = make.__qualname__ = f"openssl_{name}"
    make.__doc__ = f"Returns a {name} hash object; optionally initialized with a string"
    return make


for _name in _names:
    globals()[_name] = _constructor(_name)
del _name


def file_digest(fileobj, digest, /, *, _bufsize=2**18):
    """Hash the contents of a file-like object. Returns a digest object."""
    digestobj = new(digest) if isinstance(digest, str) else digest()
    if hasattr(fileobj, "getbuffer"):
        digestobj.update(fileobj.getbuffer())
        return digestobj
    if not (hasattr(fileobj, "readinto") and hasattr(fileobj, "readable") and fileobj.readable()):
        raise ValueError(
            f"'{fileobj!r}' is not a file-like object in binary reading mode."
        )
    buffer = bytearray(_bufsize)
    view = memoryview(buffer)
    while size := fileobj.readinto(buffer):
        digestobj.update(view[:size])
    return digestobj


def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    """Password based key derivation function 2 (PKCS #5 v2.0) with HMAC as pseudorandom function."""
    if iterations < 1:
        raise ValueError("iteration value must be greater than 0.")
    inner = new(hash_name)
    outer = new(hash_name)
    if dklen is None:
        dklen = outer.digest_size
    if dklen < 1:
        raise ValueError("key length must be greater than 0.")
    block = inner.block_size
    password = bytes(password)
    if len(password) > block:
        password = new(hash_name, password).digest()
    password = password.ljust(block, b"\0")
    inner.update(bytes(byte ^ 0x36 for byte in password))
    outer.update(bytes(byte ^ 0x5C for byte in password))

    def keyed(message):
        a = inner.copy()
        b = outer.copy()
        a.update(message)
        b.update(a.digest())
        return b.digest()

    key = b""
    number = 0
    while len(key) < dklen:
        number += 1
        last = keyed(bytes(salt) + number.to_bytes(4))
        total = int.from_bytes(last)
        for _ in range(iterations - 1):
            last = keyed(last)
            total ^= int.from_bytes(last)
        key += total.to_bytes(inner.digest_size)
    return key[:dklen]
