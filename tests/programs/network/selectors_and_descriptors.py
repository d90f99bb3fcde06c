"""select, poll, epoll, the selectors over them; pipes and files by their numbers."""
import select, selectors, socket, os, io
p=select.poll()
def t(f,*a,**k):
    try: print(repr(f(*a,**k)))
    except BaseException as e: print(type(e).__module__, type(e).__name__, e.args)
t(select.select,[],[],[],0);t(select.select,[-1],[],[],0);t(select.select,['a'],[],[],0);t(select.select,[],[],[],-1);t(select.select,[],[],[],'a');t(select.select,1,[],[],0);t(select.select,[9999],[],[],0);
t(p.register,5);t(p.register,'a');t(p.register,5,-1);t(p.modify,77,1);t(p.unregister,77);t(p.poll,'a');t(p.register,5,70000)
e=select.epoll();print(repr(e)[:14]); t(e.register,999);t(e.register,'a');t(e.unregister,999);t(e.modify,999,1);t(e.poll,0);t(e.poll,0,-1);t(e.poll,0,0);t(e.poll,'a'); t(e.close);t(e.poll,0);t(e.fileno);print(e.closed);t(select.epoll,-5);t(select.epoll,10,5)
class O:
    def fileno(self): return 'x'
t(select.select,[O()],[],[],0)
class O:
    def fileno(self): return -2
t(select.select,[O()],[],[],0)
a,b=socket.socketpair()
for cls in (selectors.SelectSelector, selectors.PollSelector, selectors.EpollSelector, selectors.DefaultSelector):
    with cls() as sel:
        k=sel.register(a,selectors.EVENT_READ,'A'); print(k.events,k.data,k.fd==a.fileno(), k.fileobj is a)
        t(sel.select,0); t(sel.select,0.01)
        b.send(b'x')
        r=sel.select(); print([(k.data,m) for k,m in r])
        sel.modify(a,selectors.EVENT_READ|selectors.EVENT_WRITE,'AB'); print([(k.data,m) for k,m in sel.select()])
        t(lambda: len(sel.get_map())); t(lambda: list(sel.get_map())==[a.fileno()]); t(lambda: sel.get_map()[b]) if 0 else None
        try: sel.get_key(b)
        except KeyError as e: print('KeyError', 'is not registered' in str(e))
        try: sel.register(a,1)
        except KeyError as e: print('KeyError', 'already registered' in str(e))
        t(sel.register,a,0); t(sel.register,'zz',1); t(sel.register,-1,1)
        sel.unregister(a); print(len(sel.get_map())); a.recv(1)
    t(sel.get_map)
    t(sel.get_key,a)
print(selectors.SelectorKey(1,2,3,4))
r,w=os.pipe(); print(os.get_blocking(r), os.get_inheritable(r)); os.set_blocking(r,False); t(os.read,r,5); print(os.write(w,b'hello')); t(os.read,r,3); t(os.read,r,-1)
d=os.dup(w); os.close(w); os.write(d,b'!'); print(os.read(r,10)); os.close(d); print(os.read(r,10)); os.close(r); t(os.read,r,1); t(os.close,r); t(os.fstat,r)
r,w=os.pipe()
f=os.fdopen(w,'w'); g=os.fdopen(r,'r'); f.write('line1\nline2\nrest'); f.close(); print(g.readline(), list(g)); g.close(); t(os.read,r,1)
r,w=os.pipe(); f=open(r,'rb'); print(type(f).__name__, f.readable(), f.seekable()); os.write(w,b'abc\ndef'); print(f.readline(), f.peek(1)); os.close(w); print(f.read(), f.read()); f.close(); print(f.closed)
fd=os.open('zz.txt',os.O_RDWR|os.O_CREAT|os.O_TRUNC); os.write(fd,b'0123456789'); print(os.lseek(fd,2,0), os.read(fd,3), os.pread(fd,2,8), os.pwrite(fd,b'XX',0), os.fstat(fd).st_size); os.ftruncate(fd,4); os.lseek(fd,0,0); print(os.read(fd,100)); 
f=os.fdopen(fd,'r+b'); f.seek(0); print(f.read()); f.close(); t(os.read,fd,1); os.remove('zz.txt')
t(os.open,'/nope/x',0); t(os.fdopen,'x'); t(os.read,'a',1)
print(select.select([b],[b],[b],0)[1]==[b])
class R(io.RawIOBase):
    def __init__(self,d): self.d=d
    def readable(self): return True
    def readinto(self,b):
        n=min(len(b),3,len(self.d)); b[:n]=self.d[:n]; self.d=self.d[n:]; return n
f=io.BufferedReader(R(b'one\ntwo\nthree')); print(f.readline(), f.read(2), f.peek()[:2], f.readlines(), f.read()); 
f=io.TextIOWrapper(io.BufferedReader(R('é\nü'.encode())),encoding='utf-8'); print(f.readline(), f.read())
t(io.BufferedReader, 5)
