s = "a\ud800b"
print(len(s), ascii(s), repr(s), [hex(ord(c)) for c in s], s[1] == "\ud800", s == "a\ud800b", s < "a\ue000", s.find("\ud800"), s.replace("\ud800", "?"))
print(ascii("\ud83d\ude00"), len("\ud83d\ude00"), "\ud83d\ude00" == "\U0001f600", ascii("\udfff".upper()), "\ud800".isprintable(), "\ud800".isalpha(), ascii(chr(0xdc80)))
print(s.encode("utf-8", "surrogatepass"), s.encode("utf-8", "replace"), b"a\xed\xa0\x80".decode("utf-8", "surrogatepass") == "a\ud800", b"\xff".decode("utf-8", "surrogateescape") == "\udcff", "\udcff".encode("utf-8", "surrogateescape"))
try:
    print(s)
except UnicodeEncodeError as error:
    print(error)
