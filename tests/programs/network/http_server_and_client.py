"""A server on a thread of its own, asked by http.client and urllib; socketserver."""
import threading, http.server, http.client, urllib.request, urllib.error, urllib.parse, socket, socketserver, os, http.cookiejar
os.mkdir('site'); open('site/a.txt','w').write('hello file'); open('site/x.html','w').write('<p>'); os.mkdir('site/sub')
class H(http.server.SimpleHTTPRequestHandler):
    protocol_version='HTTP/1.1'
    def __init__(self,*a): super().__init__(*a, directory='site')
    def log_message(self,fmt,*args): print('LOG', fmt%args)
    def do_POST(self):
        n=int(self.headers.get('Content-Length',0)); d=self.rfile.read(n)
        out=b'%s %s %s'%(self.path.encode(),(self.headers.get('Content-Type') or '-').encode(),d)
        self.send_response(200); self.send_header('Content-Length',str(len(out))); self.send_header('Set-Cookie','k=v; Path=/'); self.end_headers(); self.wfile.write(out)
    def do_GET(self):
        if self.path=='/redir': self.send_response(302); self.send_header('Location','/a.txt'); self.send_header('Content-Length','0'); self.end_headers(); return
        if self.path=='/cookie':
            d=str(self.headers.get('Cookie')).encode(); self.send_response(200); self.send_header('Content-Length',str(len(d))); self.end_headers(); self.wfile.write(d); return
        if self.path=='/loop': self.send_response(302); self.send_header('Location','/loop'); self.send_header('Content-Length','0'); self.end_headers(); return
        super().do_GET()
srv=http.server.ThreadingHTTPServer(('127.0.0.1',0),H); port=srv.server_port
th=threading.Thread(target=srv.serve_forever); th.start()
base=f'http://127.0.0.1:{port}'
with urllib.request.urlopen(base+'/a.txt') as r: print(r.status, r.headers['content-type'], r.read(), r.url==base+'/a.txt', r.getcode(), r.reason)
for p in ('/nope','/sub','/sub/','/a.txt/','/..%2f..','/redir'):
    try:
        with urllib.request.urlopen(base+p) as r: print(p, r.status, r.url[len(base):], r.read().decode().replace('\n','|')[:700])
    except urllib.error.HTTPError as e: print(p, e, e.code, e.reason, e.headers['Content-Type'], e.read().decode().replace('\n','|')); e.close()
try: urllib.request.urlopen(base+'/loop')
except urllib.error.HTTPError as e: print(str(e).replace('\n','|'))
print(urllib.request.urlopen(base+'/p?q=1',data=urllib.parse.urlencode({'a':'b c'}).encode()).read())
req=urllib.request.Request(base+'/put',data=b'x',headers={'Content-Type':'text/x','X-y':'z'},method='POST'); print(req.get_method(), req.header_items(), req.host==f'127.0.0.1:{port}', req.selector, urllib.request.urlopen(req).read())
jar=http.cookiejar.CookieJar(); op=urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar)); op.open(base+'/post',data=b''); print(op.open(base+'/cookie').read(), jar)
c=http.client.HTTPConnection('127.0.0.1',port); 
for i in range(3):
    c.request('GET','/a.txt'); r=c.getresponse(); print(r.status, r.read(), r.will_close, sorted(k for k,_ in r.getheaders()))
c.request('HEAD','/a.txt'); r=c.getresponse(); print(r.status, r.getheader('Content-Length'), r.read())
c.request('BREW','/pot'); r=c.getresponse(); print(r.status, r.reason, r.getheader('connection')); r.read(); c.close()
def rawreq(b):
    s=socket.create_connection(('127.0.0.1',port)); s.sendall(b); s.shutdown(socket.SHUT_WR); f=s.makefile('rb'); d=f.read(); f.close(); s.close(); return d.split(b'\r\n')[0]
for b in (b'GARBAGE\r\n\r\n',b'GET / HTTP/9.9\r\n\r\n',b'GET / HTTP/x\r\n\r\n',b'GET\r\n\r\n',b'GET /a.txt\r\n',b'POST /x\r\n\r\n',b'GET / HTTP/1.1\r\n'+b'A: b\r\n'*200+b'\r\n',b'GET /'+b'a'*70000+b' HTTP/1.1\r\n\r\n',b''):
    print(b[:20], rawreq(b))
for u in ('http://127.0.0.1:1/','foo://x','http:///x','file:///nope/nope','data:text/plain;base64,aGk=','data:,a%20b'):
    try:
        r=urllib.request.urlopen(u); print(r.read(), r.headers['content-type'])
    except Exception as e: print(type(e).__name__, e)
try: urllib.request.urlopen(base+'/x',data='str')
except TypeError as e: print(e)
srv.shutdown(); th.join(); srv.server_close(); print('down', threading.active_count())
class Echo(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile: self.wfile.write(line.upper())
with socketserver.ThreadingTCPServer(('127.0.0.1',0),Echo) as s:
    t=threading.Thread(target=s.serve_forever,kwargs={'poll_interval':0.05}); t.start()
    cs=[socket.create_connection(s.server_address) for _ in range(5)]
    fs=[c.makefile('rw') for c in cs]
    for i,f in enumerate(fs): f.write(f'line {i}\n'); f.flush()
    print([f.readline() for f in fs]); [f.close() for f in fs]; [c.close() for c in cs]; s.shutdown(); t.join()
import time
try:
    s=socket.create_server(('127.0.0.1',0)); urllib.request.urlopen('http://127.0.0.1:%d/'%s.getsockname()[1],timeout=0.05)
except Exception as e: print(type(e), e)
