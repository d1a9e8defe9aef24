"""The verb `preview`: opens the page that shows pages, and runs until Ctrl-C."""

from __future__ import annotations

import argparse
import contextlib
import signal
import sys
import threading
import webbrowser
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pressroom import keeping, production, settings
from pressroom.cli.ordering import order_of
from pressroom.cli.terminal import Terminal
from pressroom.errors import PressroomError, UsageError
from pressroom.preview.server import PreviewServer, open_server
from pressroom.preview.session import Session
from pressroom.preview.workroom import Workroom
from pressroom.production.reading import check_names


def preview(options: argparse.Namespace, root: Path | None, terminal: Terminal) -> production.Report:
    """Serve the preview of a publication until Ctrl-C."""
    order = order_of(options, root, None)
    _check_choice(order)
    keeping.prune(order.cache)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended by another program as by Ctrl-C
    session = Session(replace(order, editions=()), next(iter(order.editions), ""))
    stopping = contextlib.suppress(KeyboardInterrupt)
    with Workroom(session.order) as workroom, _served(session, options.port) as server, stopping:
        _announce(terminal, server.guard.address)
        if not options.no_open:
            webbrowser.open(server.guard.address)
        session.run(workroom)
    terminal.say("The preview has ended.")
    return production.Report()


def _announce(terminal: Terminal, address: str) -> None:
    """Say where the page is: on standard error to who asked for little, or for an object on standard output."""
    if terminal.as_object or terminal.telling == "little":
        sys.stderr.write(f"{address}\n")
    terminal.say(f"The preview is at {address}\nIt follows every save. Ctrl-C ends it.")


def _check_choice(order: production.Order) -> None:
    """Raise UsageError for an edition that is not there. Settings that cannot be read are a matter of the page."""
    try:
        check_names(order, settings.read_settings(order.root, dict(order.variables)).settings.editions)
    except UsageError:
        raise
    except PressroomError:
        return


@contextlib.contextmanager
def _served(session: Session, port: int | None) -> Iterator[PreviewServer]:
    """A server that answers as long as the block lasts."""
    with open_server(session, port) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            session.close()
            server.shutdown()
