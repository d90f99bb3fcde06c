# needs: requests
"""requests against a server on loopback: methods, bodies, cookies, redirections, errors."""
import warnings
warnings.simplefilter("ignore")
import requests, threading, http.server, socket
http.server.ThreadingHTTPServer.handle_error=lambda *a: None
class H(http.server.BaseHTTPRequestHandler):
    protocol_version='HTTP/1.1'
    def log_message(self,*a): pass
    def out(self,b,code=200,**h):
        self.send_response(code); self.send_header('Content-Length',str(len(b)))
        for k,v in h.items(): self.send_header(k.replace('_','-'),v)
        self.end_headers(); self.wfile.write(b)
    def do_GET(self):
        if self.path.startswith('/json'): self.out(b'{"a": [1, 2], "p": "%s"}'%self.path.encode(),Content_Type='application/json')
        elif self.path=='/redir': self.out(b'',302,Location='/json?x=1',Set_Cookie='r=1; Path=/')
        elif self.path=='/loop': self.out(b'',302,Location='/loop')
        elif self.path=='/404': self.out(b'nope',404)
        elif self.path=='/500': self.out(b'err',500)
        elif self.path=='/cookie': self.out(str(self.headers.get('Cookie')).encode(),Set_Cookie='k=v')
        elif self.path=='/auth': self.out((self.headers.get('Authorization') or '-').encode())
        elif self.path=='/latin': self.out('é'.encode('latin-1'),Content_Type='text/plain')
        elif self.path=='/utf8': self.out('中'.encode(),Content_Type='text/html; charset=utf-8')
        elif self.path=='/slow':
            import time; time.sleep(0.5); self.out(b'late')
        elif self.path=='/chunk':
            self.send_response(200); self.send_header('Transfer-Encoding','chunked'); self.end_headers()
            for p in (b'line1\nli',b'ne2\nline3'): self.wfile.write(b'%x\r\n%b\r\n'%(len(p),p))
            self.wfile.write(b'0\r\n\r\n')
        elif self.path=='/drop': self.close_connection=True; self.connection.shutdown(2)
        else: self.out(self.headers['User-Agent'][:15].encode()+b' '+self.headers['Accept'].encode())
    do_HEAD=do_GET
    def do_POST(self):
        n=int(self.headers.get('Content-Length') or 0); b=self.rfile.read(n)
        self.out(b'%s|%s|%s'%(self.command.encode(),(self.headers.get('Content-Type') or '-').split(';')[0].encode(),b if b'form-data' not in b else b'MULTI %d'%b.count(b'form-data')))
    do_PUT=do_DELETE=do_PATCH=do_POST
s=http.server.ThreadingHTTPServer(('127.0.0.1',0),H); p=s.server_port; threading.Thread(target=s.serve_forever,daemon=True,kwargs={'poll_interval':0.05}).start()
B=f'http://127.0.0.1:{p}'
def t(f,*a,**k):
    try: r=f(*a,**k); print(r, r.status_code, r.reason, repr(r.text)[:80].replace(str(p),'P'), [x.status_code for x in r.history], r.url.replace(str(p),'P'))
    except Exception as e: print(type(e).__module__, type(e).__name__, str(e).replace(str(p),'P'), [c.__name__ for c in type(e).__mro__[1:4]])
t(requests.get,B); t(requests.get,B+'/json',params={'q':'a b','l':[1,2],'n':None}); r=requests.get(B+'/json'); print(r.json(), r.headers['content-TYPE'], r.encoding, r.ok, r.content, len(r.content), r.is_redirect, r.elapsed.total_seconds()<1 if hasattr(r.elapsed,'total_seconds') else True, r.request.method, r.request.url.endswith('/json'))
t(requests.get,B+'/redir'); t(requests.get,B+'/redir',allow_redirects=False); t(requests.get,B+'/loop'); t(requests.get,B+'/404'); t(requests.head,B+'/json')
for c in ('/404','/500'):
    try: requests.get(B+c).raise_for_status()
    except requests.HTTPError as e: print(str(e).replace(str(p),'P'), e.response.status_code)
t(requests.post,B+'/x',data={'a':'1','b':['x','y']}); t(requests.post,B+'/x',json={'k':'v'}); t(requests.post,B+'/x',data='raw'); t(requests.post,B+'/x',data=b'raw'); t(requests.post,B+'/x',files={'f':('n.txt',b'data','text/plain'),'g':b'x'},data={'z':'1'}); t(requests.put,B+'/x',data='p'); t(requests.delete,B+'/x'); t(requests.patch,B+'/x',json=[1]); t(requests.post,B+'/x')
t(requests.get,B+'/auth',auth=('u','p')); t(requests.get,B.replace('//','//me:pw@')+'/auth'); t(requests.get,B+'/latin'); t(requests.get,B+'/utf8'); t(requests.get,B+'/slow',timeout=0.1); t(requests.get,B+'/slow',timeout=(1,0.1)); t(requests.get,B+'/chunk')
with requests.Session() as ss:
    ss.headers['X-A']='b'; t(ss.get,B+'/cookie'); t(ss.get,B+'/cookie'); print(ss.cookies.get_dict(), dict(ss.cookies)); t(ss.get,B+'/redir'); print(sorted(ss.cookies.keys())); t(ss.get,B+'/cookie',cookies={'z':'1'}); ss.auth=('a','b'); t(ss.get,B+'/auth')
t(requests.get,B+'/cookie',cookies={'a':'b'}); r=requests.get(B+'/cookie'); print(r.cookies['k'], r.cookies)
r=requests.get(B+'/chunk',stream=True); print(list(r.iter_lines())); r=requests.get(B+'/chunk'); print(list(r.iter_lines(decode_unicode=True)))
t(requests.get,'nonsense'); t(requests.get,'ftp://x/'); t(requests.get,'http://'); t(requests.get,'http://127.0.0.1:1/p'); t(requests.get,B+'/drop'); t(requests.get,B,headers={'A':'b\n'}); t(requests.get,B,headers={'A':1})
print(requests.codes.ok, requests.codes.not_found, requests.codes['teapot'], requests.exceptions.ConnectTimeout.__mro__[1].__name__, bool(requests.get(B+'/404')), requests.__version__)
try: requests.get(B).json()
except requests.exceptions.JSONDecodeError as e: print(type(e).__name__, e)
except Exception as e: print('other',type(e))
r=requests.Request('GET',B+'/json',params={'a':1}).prepare(); print(r.method, r.url.replace(str(p),'P'), r.path_url, r)
print(requests.Session().send(r))
