"""Five pages by five threads: each waits for its own socket, and for nobody else."""
import http.server
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        time.sleep(0.1)
        body = f"page {self.path}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()


def fetch(number):
    start = time.perf_counter()
    with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/{number}", timeout=10) as response:
        return response.status, response.read().decode(), time.perf_counter() - start


start = time.perf_counter()
with ThreadPoolExecutor(5) as pool:
    answers = list(pool.map(fetch, range(5)))
spent = time.perf_counter() - start
for status, page, _ in answers:
    print(status, page)
print("one after the other they would take longer:", sum(waited for _, _, waited in answers) > spent)
server.shutdown()
