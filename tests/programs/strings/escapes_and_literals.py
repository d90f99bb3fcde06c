print("\a\b\f\v\\\'\"\x41\101\u0041\U00000041\N{LATIN SMALL LETTER A}" == "\x07\x08\x0c\x0b\\'\"AAAAa", r"\n\x" + "\\", R'\'', "a\
b", """triple "quoted" '''
lines""", '\0' == "\x00", len("\0123"), "\1\12", b"\x41\101\'", rb"\x41", Rb"\n", u"unicode")
print("implicit" " " 'concat' """ works""", ("across"
      " lines"), "tab\tnew" , repr("\r\n\t"), len("é"), "\u00e9" == "é", "\N{SNOWMAN}", "\N{GREEK SMALL LETTER ALPHA}")
