"""Patterns of shells as regular expressions."""
import fnmatch

for p in ["*","a*b","a*b*c","[a-c]?","[!a]","[]a]","[","[a","a.b","[b-a]","[!b-a]","[a-","[--a]","[a-c-e]","***","[!]","[]","a[!]b]","[\\a]","[&&a]","[^a]","[[a]","[a-c!-d]","[!!]","*[*]*"]:
    print(p, fnmatch.translate(p), [n for n in ["a","ab","abc","acb","]","-","a.b","[","^","b","!","x*y","\\"] if fnmatch.fnmatchcase(n,p)])
print(fnmatch.filter(["a.py","b.txt"],"*.py"), fnmatch.fnmatch(b"a.py",b"*.py"))
