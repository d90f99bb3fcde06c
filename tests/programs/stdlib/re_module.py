"""The module's functions, the classes of patterns and matches, templates, bytes, the scanner."""
import re


def show(f):
    try:
        r=f()
    except Exception as e:
        return f"{type(e).__name__}: {e}" + (f" {e.pos} {e.lineno} {e.colno}" if isinstance(e, re.error) else "")
    if isinstance(r, re.Match):
        return f"{r!r} {r.span()} {r.groups()} {r.lastindex} {r.lastgroup} {r.regs} {r.groupdict()}"
    return repr(r)

bp=[rb"a|b", rb"\w+", rb"[^a]", rb"(?i)a", rb"(?L)\w", rb"(?u)a", rb"\xff", rb"[\x80-\xff]+", rb".", rb"(?P<a>b)"]
for p in bp:
    print(p, show(lambda: re.compile(p)))
    try: c=re.compile(p)
    except Exception: continue
    for t in [b"", b"abc ABC", bytes(range(256)), bytearray(b"xay\xff")]:
        print(show(lambda: c.findall(t)), show(lambda: c.sub(rb"<\g<0>>", t)))
temps=[r"\1", r"\g<1>", r"\g<x>", r"\g<", r"\g<>", r"\g<1", r"\g", r"\2", r"\0", r"\018", r"\123", r"\400", r"\q", r"\n\t\\", "\\", r"\g<01>", r"\g<-1>", r"\g<a b>", r"\99", r"\_", r"\g<0>", r"\777"]
for t in temps:
    print(ascii(t), ascii(show(lambda: re.sub("(?P<x>a)", t, "bab"))))
    print(ascii(show(lambda: re.match("(?P<x>a)(b)?", "a").expand(t))))
for f in ["re.compile('a', re.I|re.M)", "re.compile(b'a', re.A)", "re.compile('a'*300)", "re.I", "re.I|re.M", "re.RegexFlag(0)", "~re.I","str(re.I)","re.A|512", "re.compile('a', re.L)","re.compile(b'a', re.U)","re.compile('a',re.A|re.U)","re.compile('(?a)x',re.U)", "re.escape('a.b*c é\\n')","re.escape(b'a.b\\xff')","re.sub('x','y','axb', count=0)","re.sub('a', lambda m: None, 'bab')","re.sub('a', lambda m: 1, 'bab')","re.sub('a', 1, 'bab')","re.sub('a', b'x', 'bab')","re.sub(b'a', 'x', b'bab')","re.match('a', 1)","re.match('a', b'a')","re.match(b'a','a')","re.match('a','a')['x']","re.match('a','a').group(1)","re.match('a','a').group(-1)","re.match('(a)','a').group(0,1)","re.match('(a)','a').start(2)","re.match('a','a').group('a',0)","re.compile(1)","re.compile(re.compile('a'),re.I)","re.compile(re.compile('a'))","re.Scanner([(r'\\d+', lambda s,t:int(t)),(r'\\w+', lambda s,t:t),(r'\\s+',None)]).scan('a 12 b3 !x')","re.compile('a')==re.compile('a',re.I)","hash(re.compile('a'))==hash(re.compile('a'))","re.Pattern()","re.Match()","re.Pattern[str]","re.compile('a').match('ba',1).pos","re.compile('a').match('ba',1,-5)","re.compile('a').match('ba',pos=1,endpos=100).endpos","re.split('(x)|b','axbxc')","re.split('x','axbxc',maxsplit=1)","type(re.finditer('a','a'))","re.sub('x*','-','abxd')","re.findall(r'\\b|:','a::bc')","re.subn('b*','x','xyz')","re.escape(1)"]:
    print(f, ascii(show(lambda: eval(f))))
