"""Cookies, responses read from bytes, requests as they are written, types of files, headers and dates."""
import builtins


def print(*args):
    # Carriage returns have no place in a golden file.
    builtins.print(*(str(arg).replace('\r', '') for arg in args))


from http import cookies, HTTPStatus, HTTPMethod
import http.client, io, mimetypes, html, email.utils, email
def t(f,*a,**k):
    try: print(repr(f(*a,**k)))
    except BaseException as e: print(type(e).__module__, type(e).__name__, e.args)
c=cookies.SimpleCookie(); c['a']='1'; c['b']='x y;"z"\\'; c['b']['path']='/'; c['b']['max-age']=10; c['b']['secure']=True; c['b']['httponly']=True; c['b']['samesite']='Lax'
print(c); print(repr(c), c['b'], repr(c['b'])); print(c.output(attrs=['path'])); 
c2=cookies.SimpleCookie(c['b'].OutputString()); print(repr(c2), c2['b'].value, dict(c2['b']))
for s in ['a=1; b=2','a="x\\"y"; $Path=/; c','a=1; path=/; secure; HttpOnly','x','a=b; expires=Wed, 01 Jan 2020 00:00:00 GMT; c=d','path=/; a=1','a=1;;b=2','keebler="E=mc2; L=\\"Loves\\"; fudge=\\012;"', 'a[0]=1; b=[x]']:
    c=cookies.SimpleCookie(); t(c.load,s); print(repr(c), {k:{x:y for x,y in v.items() if y} for k,v in c.items()})
t(c.__setitem__,'path','x'); t(c.__setitem__,'a b','x'); m=cookies.Morsel(); t(m.__setitem__,'foo',1); t(m.set,'expires','',''); print(m==m.copy(), m.isReservedKey('PATH'))
print(repr(HTTPStatus.OK), HTTPStatus.NOT_FOUND.phrase, HTTPStatus(404).description, str(HTTPStatus.OK), HTTPStatus.OK.is_success, f'{HTTPStatus.OK}', repr(HTTPMethod.GET), HTTPMethod.GET.description, HTTPMethod.GET=='GET', len(HTTPStatus), HTTPStatus.UNPROCESSABLE_ENTITY)
class S:
    def __init__(self,b): self.b=b
    def makefile(self,*a): return io.BufferedReader(io.BytesIO(self.b))
def resp(b,method=None):
    r=http.client.HTTPResponse(S(b),method=method)
    try:
        r.begin(); print(r.status,r.reason,r.version,r.length,r.chunked,r.will_close,r.getheaders()); d=r.read(); print(d, r.isclosed()); return r
    except BaseException as e: print(type(e).__name__, repr(e), str(e)[:60] if not '0x' in str(e) else '')
resp(b'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: a\r\nX: b\r\n\r\nhelloextra')
resp(b'HTTP/1.0 200 OK\r\n\r\nall of it'); resp(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;x=y\r\nabc\r\n0\r\nTrailer: z\r\n\r\n')
resp(b''); resp(b'garbage\r\n\r\n'); resp(b'HTTP/1.1 99 x\r\n\r\n'); resp(b'HTTP/1.1 abc x\r\n\r\n'); resp(b'HTTP/2.0 200 OK\r\n\r\n'); resp(b'HTTP/1.1 200\r\nContent-Length: 10\r\n\r\nshort'); resp(b'HTTP/1.1 204 No\r\n\r\nxx'); resp(b'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n',method='HEAD')
resp(b'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok'); resp(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel'); resp(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhel'); resp(b'HTTP/1.1 200 OK\r\n'+b'A: b\r\n'*200+b'\r\n'); resp(b'HTTP/1.1 200 OK\r\n'+b'A'*70000+b'\r\n\r\n')
r=http.client.HTTPResponse(S(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nab\ncd\n\r\n3\r\nxyz\r\n0\r\n\r\n')); r.begin(); print(r.read(3), r.readline(), r.peek(), list(r), r.read(1), r.getheader('X','d'), r.getheader('transfer-encoding'))
c=http.client.HTTPConnection('h:81'); print(c.host,c.port); t(http.client.HTTPConnection,'h:x'); t(http.client.HTTPConnection,'h\x00'); t(c.getresponse); t(c.putheader,'a','b'); t(c.endheaders); t(c.putrequest,'G\nET','/'); 
c=http.client.HTTPConnection('h'); t(c.putrequest,'GET','/a b'); c=http.client.HTTPConnection('[::1]:99'); print(c.host,c.port)
class Sk:
    def __init__(s): s.d=b''
    def sendall(s,b): s.d+=bytes(b)
    def makefile(s,*a): return io.BytesIO(b'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
    def close(s): pass
for kw in [dict(method='GET',url='/'),dict(method='POST',url='/x',body='a\u00e9'),dict(method='POST',url='/x',body=b'raw',headers={'X-A':'1','Host':'hh'}),dict(method='POST',url='/x',body=iter([b'ab',b'',b'cd'])),dict(method='PUT',url='/x',body=io.BytesIO(b'file')),dict(method='POST',url=''),dict(method='POST',url='/x',body='\u4e2d'),dict(method='GET',url='/',headers={'A B':'x'}),dict(method='GET',url='/',headers={'A':'x\ny'}),dict(method='GET',url='http://other:9/z'),dict(method='GET',url='/',headers={'N':5})]:
    c=http.client.HTTPConnection('example.com',8080); c.sock=Sk(); s=c.sock
    t(c.request,**kw); print(s.d)
for n in ['a.html','a.tar.gz','x.json','x.py','x','x.PNG','data:text/html,x','http://a/b.css?x','x.tgz','a.webp','.bashrc']:
    t(mimetypes.guess_type,n)
t(mimetypes.guess_extension,'text/html');t(mimetypes.guess_extension,'text/plain');t(mimetypes.guess_extension,'no/pe')
print(html.escape('<a href="x">\'&'), html.unescape('&lt;&amp;&eacute;&notit;&#65;&#x42;&#128;&#0;&nope;&amp &copy2'), html.unescape('&#xD800;'))
print(email.utils.formatdate(0), email.utils.formatdate(0,usegmt=True), email.utils.parsedate('Wed, 01 Jan 2020 10:11:12 +0200'), email.utils.parsedate_tz('Wed, 01 Jan 2020 10:11:12 +0230'), email.utils.parsedate('x'), email.utils.parsedate_tz('Sunday, 06-Nov-94 08:49:37 GMT'), email.utils.parsedate_tz('Sun Nov  6 08:49:37 1994'))
print(email.utils.parseaddr('A B <a@b.c>'), email.utils.formataddr(('A, B','a@b.c')), email.utils.getaddresses(['a@b, "X, Y" <c@d>']))
m=email.message_from_string('Subject: hi\nTo: a@b\nX: 1\n  folded\nContent-Type: text/html; charset="UTF-8"; x=y\n\nbody\nmore\n')
print(m.keys(), m['subject'], m['x'], m.get_content_type(), m.get_content_charset(), m.get_params(), m.get_param('x'), repr(m.get_payload()), 'TO' in m, len(m), m['nope'], m.get_all('x'))
m['Subject']='two'; del m['To']; m.add_header('Content-Disposition','attachment',filename='f.txt'); print(m.items(), m.get_filename()); m.replace_header('X','9'); print(m.as_string())
m=email.message_from_string('Content-Type: multipart/mixed; boundary=B\n\npre\n--B\nA: 1\n\none\n--B\n\ntwo\n--B--\nepi')
print(m.is_multipart(), [p.get_payload() for p in m.get_payload()], m.preamble, m.epilogue, m.get_boundary(), [p['a'] for p in m.walk()])
