# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that behaves like the Hugging Face hub, on loopback, with the faults that a network has.

The endpoint serves the API and small files and redirects weights to a second port (the "CDN").  Counts what it sends.
"""
import hashlib, http.server, json, threading, time


class Hub:
    """files: {repo: {name: bytes}}; faults may be changed between requests."""

    def __init__(self, files, token=None):
        self.files, self.token = files, token
        self.bytes_sent = 0          # of bodies
        self.requests = []           # (server, path, range, authorization)
        self.ranges = True           # False: answers 200 with everything
        self.busy = 0                # so many answers of 429 first
        self.retry_after = "0"
        self.cut_after = []          # cut the next weights bodies after so many bytes
        self.delay = 0.0             # seconds between 64 kB of weights
        self.corrupt = set()         # names sent with one byte changed
        self.redirect_to = None      # replaces the CDN address
        self.cdn = self._serve("cdn")
        self.api = self._serve("api")
        self.endpoint = f"http://127.0.0.1:{self.api.server_port}"

    def _serve(self, role):
        hub = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *args):
                pass

            def do_GET(self):
                try:
                    hub.answer(self, role)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        server.handle_error = lambda *args: None  # clients that are killed are what the tests are about
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server

    def close(self):
        for server in (self.api, self.cdn):
            server.shutdown()
            server.server_close()

    def refuse(self, request, status, headers=()):
        body = b"{}"
        request.send_response(status)
        for name, value in headers:
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def answer(self, request, role):
        path = request.path.split("?")[0]
        authorization = request.headers.get("Authorization")
        self.requests.append((role, path, request.headers.get("Range"), authorization))
        if role == "api" and self.token and authorization != f"Bearer {self.token}":
            return self.refuse(request, 401)
        if self.busy > 0:
            self.busy -= 1
            return self.refuse(request, 429, [("Retry-After", self.retry_after)])
        if path.startswith("/api/models/"):
            return self.listing(request, path[len("/api/models/"):])
        return self.file(request, role, path[1:])

    def listing(self, request, rest):
        repo, _, revision = rest.partition("/revision/")
        if repo not in self.files or revision != "main":
            return self.refuse(request, 404)
        siblings = []
        for name, data in self.files[repo].items():
            entry = {"rfilename": name, "size": len(data),
                     "blobId": hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()}
            if name.endswith((".safetensors", ".model")):
                entry["lfs"] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
            siblings.append(entry)
        self.send(request, json.dumps({"id": repo, "sha": "0123456789abcdef0123456789abcdef01234567", "siblings": siblings}).encode())

    def file(self, request, role, path):
        repo, _, rest = path.partition("/resolve/")
        name = rest.partition("/")[2]
        data = self.files.get(repo, {}).get(name)
        if data is None:
            return self.refuse(request, 404)
        if name.endswith(".safetensors") and role == "api":
            target = self.redirect_to or f"http://127.0.0.1:{self.cdn.server_port}/{path}"
            return self.refuse(request, 302, [("Location", target), ("X-Linked-Etag", '"' + hashlib.sha256(data).hexdigest() + '"')])
        if name in self.corrupt:
            data = bytes([data[0] ^ 1]) + data[1:]
        self.send(request, data, weights=name.endswith(".safetensors"))

    def send(self, request, data, weights=False):
        span, total = request.headers.get("Range"), len(data)
        status = 200
        if span and self.ranges:
            first, last = span[len("bytes="):].split("-")
            first, last = int(first), min(int(last) if last else total - 1, total - 1)
            if first >= total:
                return self.refuse(request, 416)
            status, data = 206, data[first:last + 1]
        request.send_response(status)
        request.send_header("Content-Length", str(len(data)))
        request.send_header("ETag", '"x"')
        if status == 206:
            request.send_header("Content-Range", f"bytes {first}-{last}/{total}")
        request.end_headers()
        cut = self.cut_after.pop(0) if weights and len(data) > 100000 and self.cut_after else None
        for at in range(0, len(data), 65536):
            piece = data[at:at + 65536]
            if cut is not None and at + len(piece) > cut:
                request.wfile.write(piece[:max(0, cut - at)])
                request.wfile.flush()
                request.close_connection = True
                request.connection.close()
                return
            request.wfile.write(piece)
            self.bytes_sent += len(piece)
            if weights and self.delay:
                time.sleep(self.delay)
