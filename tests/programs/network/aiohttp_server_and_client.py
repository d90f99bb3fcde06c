# needs: aiohttp
"""An aiohttp application and its clients: routes, bodies, errors, WebSockets, what is no HTTP."""
import warnings
warnings.simplefilter("ignore")
import asyncio, aiohttp, sys, os
from aiohttp import web
routes=web.RouteTableDef()
@routes.get('/')
async def index(r): return web.Response(text='index')
@routes.get('/json')
async def js(r): return web.json_response({'q':dict(r.query),'m':r.method})
@routes.post('/form')
async def form(r):
    d=await r.post(); return web.json_response({k:(v if isinstance(v,str) else [v.filename,v.content_type,v.file.read().decode()]) for k,v in d.items()})
@routes.post('/echo')
async def echo(r): return web.Response(body=await r.read(), content_type=r.content_type, headers={'X-CL':str(r.content_length)})
@routes.post('/json')
async def pj(r): return web.json_response(await r.json())
@routes.get('/user/{name}/{id:\\d+}')
async def user(r): return web.Response(text=f"{r.match_info['name']} {r.match_info['id']} {r.path} {r.rel_url}")
@routes.get('/redir')
async def redir(r): raise web.HTTPFound('/user/a/1')
@routes.get('/boom')
async def boom(r): raise ValueError('boom')
@routes.get('/none')
async def none(r): pass
@routes.get('/stream')
async def stream(r):
    s=web.StreamResponse(headers={'Content-Type':'text/plain'}); await s.prepare(r)
    for i in range(3): await s.write(b'part%d;'%i)
    await s.write_eof(); return s
@routes.get('/slow')
async def slow(r): await asyncio.sleep(5); return web.Response()
@routes.get('/cookie')
async def cookie(r):
    s=web.Response(text=str(dict(r.cookies))); s.set_cookie('k','v v'); return s
@routes.get('/auth')
async def auth(r): return web.Response(text=r.headers.get('Authorization','-'))
@routes.get('/ws')
async def ws(r):
    w=web.WebSocketResponse(); await w.prepare(r)
    async for m in w:
        if m.type==aiohttp.WSMsgType.TEXT:
            if m.data=='close': await w.close()
            else: await w.send_str('echo '+m.data)
        elif m.type==aiohttp.WSMsgType.BINARY: await w.send_bytes(m.data[::-1])
    print('server ws done', w.close_code); return w
@routes.view('/view')
class V(web.View):
    async def get(self): return web.Response(text='view get')
    async def post(self): return web.Response(text='view post')
@web.middleware
async def mw(request, handler):
    try: resp=await handler(request)
    except web.HTTPException as e: e.headers['X-MW']='exc'; raise
    resp.headers['X-MW']='yes'; return resp
async def ctx(app):
    app['db']='db'; print('ctx up'); yield; print('ctx down')
async def main():
    app=web.Application(middlewares=[mw]); app.add_routes(routes); app.cleanup_ctx.append(ctx)
    os.makedirs('st',exist_ok=True); open('st/f.txt','w').write('static!'); app.router.add_static('/static','st')
    async def st(a): print('startup')
    async def cl(a): print('cleanup')
    app.on_startup.append(st); app.on_cleanup.append(cl)
    sub=web.Application(); 
    async def subh(r): return web.Response(text='sub '+r.path+' '+str(r.app is sub))
    sub.router.add_get('/x',subh); app.add_subapp('/sub',sub)
    runner=web.AppRunner(app); await runner.setup(); site=web.TCPSite(runner,'127.0.0.1',0); await site.start()
    port=runner.addresses[0][1]; base=f'http://127.0.0.1:{port}'
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as s:
        async def g(m,p,**k):
            try:
                async with s.request(m,base+p,**k) as r:
                    t=await r.text(); print(m,p,r.status,r.reason,r.content_type,r.headers.get('X-MW'),repr(t), [h.status for h in r.history]); return r
            except Exception as e: print(m,p,type(e).__name__,str(e).replace(str(port),'P'))
        await g('GET','/'); await g('GET','/json?a=1&b=%20x',params={'c':'d e'}); await g('POST','/form',data={'a':'1','b':'é'})
        f=aiohttp.FormData(); f.add_field('x','text'); f.add_field('up',b'filedata',filename='u.txt',content_type='text/plain'); await g('POST','/form',data=f)
        await g('POST','/echo',data=b'raw'); await g('POST','/echo',data='str'); await g('POST','/json',json={'k':[1,2]})
        async def gen():
            for i in range(3): yield b'chunk%d'%i
        await g('POST','/echo',data=gen())
        await g('GET','/user/bob%20x/42'); await g('GET','/user/bob/x'); await g('GET','/redir'); await g('GET','/redir',allow_redirects=False); await g('GET','/stream'); await g('GET','/none'); await g('GET','/boom')
        await g('POST','/'); await g('HEAD','/'); await g('PUT','/view'); await g('GET','/view'); await g('POST','/view'); await g('GET','/static/f.txt'); await g('GET','/static/../aio1.py'); await g('GET','/static/nope'); await g('GET','/sub/x'); await g('GET','/cookie'); await g('GET','/cookie')
        await g('GET','/slow',timeout=aiohttp.ClientTimeout(total=0.1)); await g('GET','/slow',timeout=aiohttp.ClientTimeout(sock_read=0.1)); await g('GET','/auth',auth=aiohttp.BasicAuth('u','p'))
        await g('GET','/static/f.txt',headers={'Range':'bytes=1-3'})
        r=await s.get(base+'/nope')
        try: r.raise_for_status()
        except aiohttp.ClientResponseError as e: print(e.status, e.message, str(e).replace(str(port),'P'))
        r=await s.get(base+'/')
        try: await r.json()
        except aiohttp.ContentTypeError as e: print(str(e).replace(str(port),'P'))
        for u in ('http://127.0.0.1:1/','nonsense','ftp://x/','http://'):
            try: await s.get(u)
            except Exception as e: print(u, type(e).__name__, e)
        async with s.ws_connect(base+'/ws') as w:
            await w.send_str('hi'); print(await w.receive()); await w.send_bytes(b'abc'); print((await w.receive()).data); await w.send_str('x'*70000); print(len((await w.receive()).data)); await w.ping()
            await w.send_str('close'); m=await w.receive(); print(m.type, w.closed, w.close_code)
        async with s.ws_connect(base+'/ws') as w: await w.send_str('a'); print(await w.receive_str())
        try: await s.ws_connect(base+'/')
        except aiohttp.WSServerHandshakeError as e: print(type(e).__name__, e.status, e.message)
        rs=await asyncio.gather(*[s.get(base+'/json',params={'i':str(i)}) for i in range(20)]); print([ (await r.json())['q']['i'] for r in rs][:5])
    async def raw(b):
        rd,wr=await asyncio.open_connection('127.0.0.1',port); wr.write(b); 
        try: d=await asyncio.wait_for(rd.read(200),1)
        except asyncio.TimeoutError: d=b'timeout'
        wr.close(); return d.split(b'\r\n')[0]
    for b in (b'GARBAGE\r\n\r\n',b'GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n',b'GET / HTTP/9.1\r\n\r\n',b'\x16\x03\x01\x02',b'POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',b'GET / HTTP/1.1\r\nA'+b'a'*40000,b'GET / HTTP/1.0\r\n\r\n'):
        print(b[:20], await raw(b))
    async with aiohttp.request('GET',base+'/') as r: print(await r.text())
    await runner.cleanup(); print('done')
import logging; logging.getLogger('aiohttp.server').setLevel(100)
asyncio.run(main())
