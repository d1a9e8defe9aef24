"""The cluster: titles are built by the workers of a Dask scheduler. The only module that knows `distributed`."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Iterator, Mapping
from typing import Any

from pressroom import __version__
from pressroom.catalogue.apart import build_apart
from pressroom.catalogue.outcomes import TitleOutcome, TitleTask
from pressroom.catalogue.workplaces import Workplace
from pressroom.errors import Finding, MachineError, Place, error

_PATIENCE = 10
"""Seconds in which a scheduler has to answer, and a first worker to be there."""


def worker_version() -> str:
    """The version of Pressroom that a worker has."""
    return __version__


def build_on_worker(task: TitleTask) -> TitleOutcome:
    """Build a title on a worker, until nobody waits for it any longer: then the scheduler has the worker cancel it."""
    from distributed import get_worker  # noqa: PLC0415 - an extra

    worker = get_worker()
    key = worker.get_current_task()

    def is_cancelled() -> bool:
        held = worker.state.tasks.get(key)
        return held is None or held.state == "cancelled"

    return build_apart(task, is_cancelled)


@contextlib.contextmanager
def on_cluster(address: str) -> Iterator[Workplace]:
    """The workers of a scheduler that have this version of Pressroom.

    Raises MachineError where the scheduler does not answer or no worker can be used.
    """
    client = _client(address)
    try:
        usable, findings = _usable(client, address)
        # as long as all are alike, a worker that is begun anew, or comes later, may build too: each title asks again
        bound = {"workers": usable, "allow_other_workers": False} if findings else {}
        executor = client.get_executor(pure=False, retries=0, **bound)
        presence = _Presence(client, frozenset(usable if findings else ()))
        yield Workplace(executor, build_on_worker, presence.is_there, findings)
    finally:
        client.close(timeout=2)


class _Presence:
    """Whether a scheduler and its workers are there: they may be away for a short while."""

    def __init__(self, client: Any, usable: frozenset[str]) -> None:
        self.client = client
        self.usable = usable
        """The addresses of workers that can be used; all can if it is empty."""
        self.seen = time.monotonic()

    def is_there(self) -> bool:
        """Whether there has been a worker of late."""
        if self._has_worker():
            self.seen = time.monotonic()
        return time.monotonic() - self.seen < _PATIENCE

    def _has_worker(self) -> bool:
        if self.client.status != "running":
            return False
        try:
            present = frozenset(self.client.nthreads())
        except (OSError, RuntimeError):  # it has gone since
            return False
        return bool(present & self.usable if self.usable else present)


def _client(address: str) -> Any:
    """A connection to a scheduler. Raises MachineError."""
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ImportError:
        why = "Building on a cluster needs the package “distributed”, which is not installed."
        remedy = "Type: pip install 'pressroom[cluster]'"
        raise MachineError([error("cluster-missing", Place("--executor"), why, remedy)]) from None
    for name in ("distributed", "distributed.client", "distributed.comm", "distributed.core"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what goes wrong is a finding, and no traceback
    try:
        return Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as fault:  # a TimeoutError is an OSError
        why = f"No scheduler answers at {address} ({str(fault) or type(fault).__name__}), so that no title is built."
        remedy = "Start it (dask scheduler), see that its port can be reached, then go on with --resume."
        raise MachineError([error("cluster-silent", Place("--executor"), why, remedy)]) from None


def _usable(client: Any, address: str) -> tuple[list[str], tuple[Finding, ...]]:
    """The addresses of workers that have this version, and an error on others. Raises MachineError where none has."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError:
        why = f"The scheduler at {address} has no worker, so that no title is built."
        remedy = f"Start some (dask worker {address}), then go on with --resume."
        raise MachineError([error("cluster-idle", Place("--executor"), why, remedy)]) from None
    versions: Mapping[str, object] = client.run(worker_version, on_error="return")
    usable = [worker for worker, version in versions.items() if version == __version__]
    others = {worker: version for worker, version in versions.items() if version != __version__}
    if not others:
        return usable, ()
    which = ", ".join(f"{worker}: {_described(version)}" for worker, version in others.items())
    why = f"These workers have not Pressroom {__version__}, and build nothing, since products would differ: {which}."
    finding = error("worker-version", Place("--executor"), why, f"Install Pressroom {__version__} on every worker.")
    if not usable:
        raise MachineError([finding])
    return usable, (finding,)


def _described(version: object) -> str:
    """The version of a worker, or why it does not say."""
    return str(version) if isinstance(version, str) else f"none that works ({type(version).__name__})"
