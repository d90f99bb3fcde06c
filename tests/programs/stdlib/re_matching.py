"""What patterns match: spans, groups, lastindex, findall, split, subn, finditer, with bounds and without."""
import re
import warnings

warnings.simplefilter("ignore")

PATTERNS = r'''
a|b
(a)|b
(a|b)*
(?:a|b)*?c
(a*)*
(a*)+
(a|)*
(?:(a)|b)*
((a)|b)*
(?P<x>a)(?P=x)
(?P<x>a)(?P<y>b)?
(a)(?(1)b|c)
(a)?(?(1)b|c)
(?<=a)b
(?<!a)b
(?<=ab|cd)e
(?<=a+)b
(?=a(b))ab
(?!a)b
(?>a*)a
a*+a
a++
a?+a
(?:ab)++c
(?:ab){2,3}+
a{2}
a{2,}
a{,2}
a{2,3}?
a{
a{1
a{1,
a{1,2
a{}
a{,}
x{3,2}
a**
a*+*
a+?+
(?:a*)*
^*
\b\w+\b
\Ba\B
[a-c]+
[^a-c]+
[]a]
[^]a]
[a\]]
[a-
[a
[z-a]
[\d-z]
[a-\d]
[\w-]
[a-b-c]
(?P<a>)(?P<a>)
(?P<1>a)
(?P=a)
(?P>a)
(?P<a-b>x)
(?<a)
(?i)a
a(?i)b
(?i:A)b
(?-i:A)b
(?i-i:a)
(?z)
(?i-)
(?-i)
(?i-z:a)
(?iz)
(?L)a
(?au)a
(?u)a
(?-u:a)
(?x) a b # c
(?x: a b )c
(?#comment)a
(?(1)a|b)
(?(0)a|b)
(?(x)a|b)
(a)(?(1)a|b|c)
(a)\1
(a\1)
(a)\2
\08
\0
\01
\018
\377
\u0041
\U0001F600
\_
\é
\
a\
[\
[\b]
\A\w\Z
a$
(?m)^a$
(?s)a.b
a.b
[[a]
[a--b]
[a&&b]
[a||b]
[a~~b]
(a{0,65536})
a{99999999999999}
(?:a{2}){3}
(((a)))
(?:)
()
(?=)
(?!)
(?<=)a
(a)(b)?(c)
(?<=(a)\1)b
(a)(?<=\1)b
(?<=(a))b
(a|ab)(c|bcd)(d*)
(a+)+$
x*
a.*?c
a.*c
a[^b]*?b
\d+(?:\.\d*)?
(?:x|y|z)+?z
(\w+)\s(\w+)
\s+
\S+
\D+
\W+
(?a:\w+)
(?i)[a-c]+
(?i)straße
(?i)ſ
(?i)k
(?i)σ
(?i)ǆ
(?i)[^a]
(?i)(a)\1
\x00
(?P<é>a)
(?:a|b|)c
foo|foobar
(?:foo|bar)*
(?:a?)*?b
(?:a?)+?b
(?:(?:a?)*?)+b
(a?)*?$
(?:a|(b))+?c
((?:ab)*)*c
(?<![a-z])x
(?<=\d{3})x
(?s:.)a
(?!a|b)\w
a(?=b(?=c))
(?=(\w+))\1:
'''
TEXTS = ["", "aaab", "ababc", "a\nb\n", "ABCabc straße", "日本 12", "a:b:"]

for pattern in PATTERNS.split("\n")[1:-1]:
    try:
        p = re.compile(pattern)
    except (re.error, OverflowError):
        continue
    print("==", ascii(pattern))
    for text in TEXTS:
        found = p.search(text)
        if not found:
            continue
        print(ascii(text), ascii(found), found.groups(), found.lastindex, found.lastgroup, found.regs, found.groupdict())
        print("   ", bool(p.match(text)), bool(p.fullmatch(text)), ascii(p.findall(text)), ascii(p.split(text)))
        print("   ", ascii(p.subn(r"<\g<0>>", text)), [m.span() for m in p.finditer(text)])
        print("   ", [m.span() for m in p.finditer(text, 1, 3)], ascii(p.search(text, 1)))
