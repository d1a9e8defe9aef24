"""The server: HTTP on 127.0.0.1 for one person’s browser.

It is the standard library’s, with a thread for each request: a page asks for a few pictures and listens for news, which
needs no framework. News come as server-sent events.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from pressroom import machine
from pressroom.errors import MachineError, error
from pressroom.preview.answers import NOT_THERE, Answer, Answers, as_answer
from pressroom.preview.desk_state import pulse_of
from pressroom.preview.guard import DoorGuard, security_headers
from pressroom.preview.session import DeskState, Session

FIRST_PORT = 8710
"""The port that is tried first where none is asked for."""
_PORTS = 20
"""How many ports are tried before the system chooses one."""
_LARGEST = 10_000
"""Bytes of a request that changes something."""
_BREATH = 10.0
"""Seconds after which a page that listens is told that the preview still runs."""


class PreviewServer(ThreadingHTTPServer):
    """The server of a session. `serve_forever` answers until `shutdown` is called."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = os.name != "nt"  # Windows would give the port to two programs

    def __init__(self, session: Session, port: int) -> None:
        self.session, self.answers = session, Answers(session)
        super().__init__(("127.0.0.1", port), _Handler)
        self.guard = DoorGuard(self.server_port)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that hung up."""


def open_server(session: Session, port: int | None) -> PreviewServer:
    """A server on a port; on a free one where none is asked for. Raises MachineError where that port is taken."""
    for tried in [port] if port is not None else [*range(FIRST_PORT, FIRST_PORT + _PORTS), 0]:
        try:
            return PreviewServer(session, tried)
        except OSError:  # taken, or not for everybody
            continue
    why = f"Port {port} cannot be had: another program uses it, perhaps another preview, or it is kept for the system."
    raise MachineError([error("port-taken", machine.PLACE, why, "Name another port, or leave --port out.")])


class _Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    server: PreviewServer
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        """Answer a question, or tell news."""
        path = self._admitted(changes=False)
        if path == "events":
            self._tell_news(self._query().get("edition", ""))
        elif path is not None:
            self._send(self.server.answers.get(path, self._query()))

    def do_POST(self) -> None:
        """Change photos.yaml."""
        path = self._admitted(changes=True)
        if path is not None:
            values = self._values()
            self._send(NOT_THERE if values is None else self.server.answers.post(path, values))

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal is for what the person at the desk needs."""

    def _admitted(self, *, changes: bool) -> str | None:
        """The path that is asked for; None for a request that was refused."""
        why = self.server.guard.refusal(dict(self.headers.items()), changes=changes)
        path = None if why else self.server.guard.path(self.path)
        if path is None:
            self.close_connection = True
            self._send(as_answer({"message": why}, 403) if why else NOT_THERE)
        return path

    def _query(self) -> Mapping[str, str]:
        return dict(parse_qsl(urlsplit(self.path).query))

    def _values(self) -> dict[str, Any] | None:
        """What a request sends; None for what is no JSON of a sensible length."""
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > _LARGEST:
            self.close_connection = True
            return None
        try:
            values = json.loads(self.rfile.read(int(length)) or b"{}")
        except (ValueError, RecursionError):
            return None
        return values if isinstance(values, dict) else None

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self._send_headers(answer.media_type, answer.keeping, is_ebook=answer.is_ebook)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def _send_headers(self, media_type: str, keeping: str, *, is_ebook: bool = False) -> None:
        self.send_header("Content-Type", media_type)
        self.send_header("Cache-Control", keeping)
        for name, value in security_headers(is_ebook=is_ebook).items():
            self.send_header(name, value)

    def _tell_news(self, edition: str) -> None:
        """Tell what changes, until the page is closed (Server-sent events, HTML Living Standard 9.2)."""
        session, told = self.server.session, None
        self.close_connection = True
        self.send_response(200)
        self._send_headers("text/event-stream", "no-store")
        self.end_headers()
        with session.looking_at(edition):
            while not session.stop.is_set():
                state: DeskState = session.wait(told, _BREATH)
                news = f"data: {json.dumps(pulse_of(state))}\n\n" if state is not told else ": still here\n\n"
                self.wfile.write(news.encode())
                self.wfile.flush()
                told = state
