"""Data of every kind, pretty-printed with several options."""
import collections
import dataclasses
import pprint
import types

data=[list(range(40)),{"k%d"%i:i for i in range(15)},{"a":{"b":{"c":[1,2,3]*10}}},"word "*40,("x"*90,),set(range(30)),frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGH"),collections.OrderedDict((i,"v"*20) for i in range(6)),collections.defaultdict(list,{i:list(range(20)) for i in range(4)}),collections.Counter("hello world this is a counter of things"),collections.deque(range(50),maxlen=60),collections.deque(range(50)),collections.ChainMap({"a":"x"*40},{"b":"y"*50}),types.SimpleNamespace(a="x"*50,b="y"*40),bytes(range(120)),bytearray(range(80)),types.MappingProxyType({"a":"x"*50,"b":"y"*40}),[[]],[1,{"z":1,"a":2,(1,2):3}],"line1\nline2 "*10,collections.UserList(range(50)),{1:"é"*100}, [None,True,1.5,2j], "", {"x":"long text here "*8}]
@dataclasses.dataclass
class P:
    name:str; items:list; next:object=None
data.append(P("x"*30,list(range(30)),P("y",[1])))
l=[1,2]; l.append(l); data.append(l); d={}; d["d"]=d; data.append(d)
import re
for o in data:
    for kw in [{}, {"width":40},{"indent":4},{"compact":True},{"depth":1},{"sort_dicts":False,"width":30,"compact":True}, {"underscore_numbers":True,"width":20}]:
        print(re.sub(r"id=\d+","id=X",pprint.pformat(o,**kw)))
    print(pprint.isreadable(o),pprint.isrecursive(o),re.sub(r"id=\d+","id=X",pprint.saferepr(o)))
pprint.pp({"b":1,"a":[123456789]},underscore_numbers=True)
for kw in [{"indent":-1},{"depth":0},{"width":0}]:
    try: pprint.pformat(1,**kw)
    except ValueError as e: print(e)
