"""Similarity, opcodes, and deltas in every format."""
import difflib
import random

random.seed(5)
S=difflib.SequenceMatcher
for a,b in [("abxcd","abcd"),("private Thread currentThread;","private volatile Thread currentThread;"),("","") ,("a",""),("qabxcd","abycdf"),("x"*300+"y","y"+"x"*300)]:
    s=S(None,a,b); print(s.ratio(),s.quick_ratio(),s.real_quick_ratio(),s.get_matching_blocks(),s.get_opcodes(), s.find_longest_match())
    s=S(lambda x:x==" ",a,b); print(s.get_matching_blocks(), s.bjunk)
a=[f"line {random.randint(0,30)} {random.choice('abc')*3}\n" for _ in range(60)]
b=a[:]
for _ in range(15):
    i=random.randrange(len(b))
    r=random.random()
    if r<.3: del b[i]
    elif r<.6: b.insert(i,f"new {i}\n")
    else: b[i]=b[i][:4]+"X"+b[i][5:]
print("".join(difflib.unified_diff(a,b,"f","t","d1","d2")))
print("".join(difflib.context_diff(a,b,"f","t",n=1)))
d=list(difflib.ndiff(a,b)); print("".join(d))
print(list(difflib.restore(d,1))==a,list(difflib.restore(d,2))==b)
print("".join(difflib.ndiff(["one\n","two\n","\tthree x\n"],["ore\n","tree\n","\tthrree y\n","emu\n"])))
print(difflib.get_close_matches('appel', ['ape', 'apple', 'peach', 'puppy']))
for f in [lambda:difflib.get_close_matches("a",[],n=0),lambda:list(difflib.unified_diff([b"a"],["b"])),lambda:list(difflib.unified_diff("a","b")),lambda:list(difflib.restore([],3)),lambda:list(difflib.diff_bytes(difflib.unified_diff,[b"a"],[b"b"],b"x",b"y")),lambda:list(difflib.diff_bytes(difflib.unified_diff,["a"],[b"b"]))]:
    try: print(f())
    except Exception as e: print(type(e).__name__,e)
