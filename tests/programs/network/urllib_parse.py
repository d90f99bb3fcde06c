"""URLs taken apart, joined and quoted."""
from urllib.parse import *
import urllib.parse as P
def t(f,*a,**k):
    try: print(repr(f(*a,**k)))
    except BaseException as e: print(type(e).__module__, type(e).__name__, e.args)
urls=['http://user:pa%20ss@Host.Example:8080/a/b;p=1?q=1&r=2#frag','//net/p','mailto:a@b.c','http:','','http://[::1]:80/x','http://[::1/','http://[1.2.3.4]/','HTTP://X/..','  http://a/\nb','a:b','1http://x','http://h:port/','http://h:99999/','file:///etc/passwd','http://h?','http://h/?','http://h/#','path;a/b;c','x://y/z;p','//','///a','////b','http:///x','scheme:////x','http://a@b@c/','http://h:','http://[v1.a]/','sms:+123?a']
for u in urls:
    t(urlparse,u); t(urlsplit,u); t(urldefrag,u)
    for a in ('hostname','port','username','password'):
        try: print(a, getattr(urlsplit(u),a))
        except Exception as e: print(type(e).__name__, e)
    for fn in (urlparse,urlsplit):
        try: print(fn(u).geturl())
        except Exception as e: print(type(e).__name__, e)
t(urlparse,b'http://a/b;c?d#e'); t(urlsplit,b'http://u:p@h:1/'); print(urlsplit(b'http://u:p@H:1/').hostname, urlsplit(b'http://u:p@H:1/').port); t(urlparse,'a',b'b'); t(urljoin,'a',b'b'); print(urlparse('http://a/').encode(), urlsplit(b'x:y').decode())
base='http://a/b/c/d;p?q'
for r in ['g:h','g','./g','g/','/g','//g','?y','g?y','#s','g#s','g?y#s',';x','g;x','g;x?y#s','','.','./','..','../','../g','../..','../../','../../g','../../../g','../../../../g','/./g','/../g','g.','.g','g..','..g','./../g','./g/.','g/./h','g/../h','g;x=1/./y','g;x=1/../y','http:g','a/b//c','///x']:
    print(r, urljoin(base,r))
t(urljoin,'http://x','y');t(urljoin,'http://x/a/','y');t(urljoin,'a/b','c');t(urljoin,'mailto:x','y');t(urljoin,'','y')
for q in ['a=1&b=2&a=3','a=&b','a','=x','a=b=c','a+b=c%20d','&&a=1','%e4%b8%ad=%zz','a;b=1','a=1;b=2']:
    t(parse_qs,q);t(parse_qsl,q,True);t(parse_qsl,q,strict_parsing=True);t(parse_qs,q,separator=';');t(parse_qsl,q.encode())
t(parse_qs,'a=1&b=2',max_num_fields=1);t(parse_qs,'a',separator='')
for s in ['abc def/~','\u4e2d\u6587','a+b&c=d','','100%','%41%zz%','%E4%B8%AD','x%C3%28y\u00e9%20']:
    t(quote,s);t(quote_plus,s);t(quote,s,safe='');t(unquote,s);t(unquote_plus,s);t(unquote_to_bytes,s);t(quote,s,encoding='latin-1',errors='ignore')
t(quote,b'\xff a');t(quote,b'a',encoding='x');t(quote_from_bytes,'x');t(unquote,b'%41');t(quote,'a/b',safe=b'/');t(quote_plus,b'a b')
t(urlencode,{'a':1,'b':'x y','c':[1,2]});t(urlencode,{'c':[1,2],'d':'xy'},True);t(urlencode,[('a',b'\xff'),('\u00e9',None)]);t(urlencode,'abc');t(urlencode,5);t(urlencode,{'a':'b c'},quote_via=quote)
t(urlunparse,('http','h','p','pp','q','f'));t(urlunsplit,('','','//x','',''));t(urlunsplit,('http','','/x','',''));t(P.unwrap,'<URL:http://x>')
print(urlsplit('http://a/b')._replace(path='/z').geturl(), repr(urldefrag('a#b')), urldefrag('a#b').geturl())
