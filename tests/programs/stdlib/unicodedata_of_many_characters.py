# What `unicodedata` knows, of examples and of many characters at once.
import hashlib
import unicodedata as u

# All of the smaller scripts, and some of the rest.
CODES = [*range(0x2000), *range(0x2000, 0xF0000, 61)]

print(u.unidata_version)
for char in "aÀ١½²中한🐍ａ\u0301\n\u0378\ue000\ud800ﬁ々":
    print(
        ascii(char), u.category(char), u.east_asian_width(char), u.combining(char), u.decimal(char, None),
        u.digit(char, None), u.numeric(char, None), u.name(char, None),
    )
for function in (u.category, u.east_asian_width, u.combining):
    digest = hashlib.sha256()
    for code in CODES:
        digest.update(str(function(chr(code))).encode())
    print(function.__name__, digest.hexdigest()[:16])
for form in ("NFC", "NFD", "NFKC", "NFKD"):
    digest = hashlib.sha256()
    for code in CODES:
        digest.update(ascii(u.normalize(form, "a" + chr(code))).encode())
    text = "e\u0301 ﬁ Å ² 각 \u1e9b\u0323"
    print(form, digest.hexdigest()[:16], ascii(u.normalize(form, text)), u.is_normalized(form, text))
print(u.lookup("snake"), u.lookup("LATIN SMALL LETTER E WITH ACUTE"), u.normalize("no form", "") == "")
for call in (
    lambda: u.category(1),
    lambda: u.category("ab"),
    lambda: u.name(""),
    lambda: u.name("\n"),
    lambda: u.decimal("x"),
    lambda: u.digit("½"),
    lambda: u.numeric("x"),
    lambda: u.lookup("no such thing"),
    lambda: u.normalize("NFX", "é"),
    lambda: u.normalize("NFC", 1),
    lambda: u.category(),
):
    try:
        print(call())
    except (TypeError, ValueError, KeyError) as e:
        print(type(e).__name__, e)
