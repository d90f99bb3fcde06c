"""struct, base64, binascii and hashlib: values, bytes and errors."""
import base64
import binascii
import hashlib
import struct


def show(make):
    try:
        return make()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for fmt, values in [
    ("<bBhHiIqQ", (-1, 255, -2, 65535, -3, 2**32 - 1, -4, 2**64 - 1)), (">hi", (1, 2)), ("@bhilq", (1, 2, 3, 4, 5)),
    ("5s3p?c", (b"abc", b"xyz", True, b"q")), ("<efd", (1.5, -2.25, 3.141592653589793)), ("3x2h", (1, 2)), ("0i b", (1,)),
    ("!4sH", (b"abcdef", 7)), ("nNP", (1, 2, 3)), ("e", (65504.0,)), ("e", (1e-8,)), ("2s0s", (b"", b"")),
]:
    packed = struct.pack(fmt, *values)
    print(fmt, struct.calcsize(fmt), packed, struct.unpack(fmt, packed))
for make in [
    lambda: struct.pack("b", 128), lambda: struct.pack("B", -1), lambda: struct.pack("h", 40000), lambda: struct.pack("<i", 2**31),
    lambda: struct.pack("i", "x"), lambda: struct.pack("f", "x"), lambda: struct.pack("c", b"ab"), lambda: struct.pack("s", "x"),
    lambda: struct.pack("i"), lambda: struct.pack("i", 1, 2), lambda: struct.unpack("i", b"123"), lambda: struct.calcsize("z"),
    lambda: struct.calcsize("3"), lambda: struct.pack("e", 1e6), lambda: struct.pack("f", 1e40), lambda: struct.calcsize("<n"),
    lambda: struct.unpack_from("<h", b"abcd", 3), lambda: struct.unpack_from("<h", b"abcd", -2), lambda: struct.unpack_from("<h", b"abcd", -9),
    lambda: list(struct.iter_unpack("<h", b"abcdef")), lambda: struct.iter_unpack("<h", b"abc"), lambda: struct.Struct("<ih"),
    lambda: struct.Struct("<ih").size, lambda: struct.Struct(b"<ih").format, lambda: struct.calcsize(1), lambda: struct.pack(">H", 70000),
]:
    print(show(make))
target = bytearray(10)
struct.pack_into("<hxh", target, 2, 1, 2)
print(target, show(lambda: struct.pack_into("<i", target, 8, 1)), show(lambda: struct.pack_into("<i", b"abcd", 0, 1)))

data = bytes(range(256))
for n in (0, 1, 2, 3, 4, 5, 10, 57, 58):
    part = data[n:n * 2]
    for name in ("b64", "b32", "b32hex", "b16", "b85", "a85", "urlsafe_b64"):
        encoded = getattr(base64, name + "encode")(part)
        assert getattr(base64, name + "decode")(encoded) == part
        print(name, encoded)
    print(base64.encodebytes(part), binascii.hexlify(part, "-", 2), binascii.b2a_qp(part), binascii.crc32(part), binascii.crc_hqx(part, 0))
print(base64.z85encode(b"abcd1234"), base64.a85encode(b"abc  def\0\0\0\0", foldspaces=True, adobe=True, wrapcol=6))
for make in [
    lambda: base64.b64decode("YWJj"), lambda: base64.b64decode("YWJ"), lambda: base64.b64decode("Y"), lambda: base64.b64decode(b"YW Jj!"),
    lambda: base64.b64decode(b"YW Jj", validate=True), lambda: base64.b64decode("=YWJj", validate=True), lambda: base64.b64decode("YWJjé"),
    lambda: base64.b64decode("YQ==YQ==", validate=True), lambda: base64.b64decode("YQ==YQ=="), lambda: base64.b64encode("x"), lambda: base64.b32decode("A"),
    lambda: base64.b32decode("aaaaaaaa"), lambda: base64.b16decode("ab"), lambda: base64.b85decode("a b"), lambda: base64.a85decode("zz!"),
    lambda: base64.b64decode(1), lambda: binascii.unhexlify("abc"), lambda: binascii.unhexlify("zz"), lambda: binascii.a2b_uu(binascii.b2a_uu(b"hello")),
    lambda: binascii.a2b_qp("a=3Db=\nc_"), lambda: binascii.b2a_uu(b"x" * 46), lambda: base64.b64encode(b"\xfb\xff", b"-_"), lambda: base64.encodebytes("x"),
]:
    print(show(make))

for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "blake2b", "blake2s"):
    h = getattr(hashlib, name)(b"abc")
    g = h.copy()
    g.update(b"def" * 100)
    print(h.name, h.digest_size, h.block_size, h.hexdigest(), g.digest()[:8], hashlib.new(name, b"abc").digest() == h.digest())
print(show(lambda: hashlib.md5("x")), show(lambda: hashlib.new("nope")), sorted(hashlib.algorithms_guaranteed)[:3])
print(hashlib.pbkdf2_hmac("sha256", b"pw", b"salt", 10).hex())
