"""The guard: who may ask the preview. Any page that is open in the same browser could try, and every program here.

A request is answered if its path begins with the token, which only the address that was printed has; if it names this
server as its host (else a foreign name could be led to this machine); and if no other site sent it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

_PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_EBOOK = (
    "sandbox allow-same-origin; default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""A page of an ebook is from the publication: it runs no script, sends nothing and loads nothing but its own files."""


@dataclass(frozen=True)
class DoorGuard:
    """What a request must have."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def address(self) -> str:
        """The address of the page."""
        return f"http://127.0.0.1:{self.port}/{self.token}/"

    def refusal(self, headers: Mapping[str, str], *, changes: bool) -> str:
        """Why a request is not answered; empty where it is. `changes`: it writes to a file."""
        hosts = {f"{name}:{self.port}" for name in ("127.0.0.1", "localhost")}
        if headers.get("Host") not in hosts:
            return "This is the preview of a publication on this machine, and answers to no other name."
        origin = headers.get("Origin")
        if (origin is not None or changes) and origin not in {f"http://{host}" for host in hosts}:
            return "Another site asked for this."
        return ""

    def path(self, target: str) -> str | None:
        """The decoded path behind the token; None for a request without the token."""
        first, _, rest = urlsplit(target).path.removeprefix("/").partition("/")
        return unquote(rest) if secrets.compare_digest(first.encode(), self.token.encode()) else None


def security_headers(*, is_ebook: bool) -> Mapping[str, str]:
    """What browsers are told of every answer."""
    return {
        "Content-Security-Policy": _EBOOK if is_ebook else _PAGE,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
