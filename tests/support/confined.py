"""Reads files that mean harm, each in a process of its own that may not use much.

On standard input a line each: the kind of the file, a tab, its path. On standard output a line of
JSON each: what was said of it. A file that takes too much leaves no word, only the signal or the
status that its process ended with.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

from automation.errors import InputError
from automation.flow.library import Library
from automation.flow.values import given
from automation.run.settings import read_settings
from automation.storefronts.profile import read_profile
from mock_store.errors import StoreError
from mock_store.scenario import furnish
from mock_store.store import Store

MORE_MEMORY = 100 * 2**20  # bytes beside what the process has already
SECONDS = 1  # of CPU
LIBRARY = Library()
ORDER = next(iter(LIBRARY.find("cancel-items").inputs.values()))


def read_flow(path: Path) -> object:
    flow = LIBRARY.read(path)
    return [flow.name, flow.summary, [step.sentence("en") for step in flow.steps]]  # type: ignore[union-attr]


def read_storefront(path: Path) -> object:
    """Also try a number, and fill in an address, as a run would."""
    storefront = read_profile(path)
    number = "1" * 60 + "x"
    try:
        given(ORDER, [number], storefront)
    except InputError as told:
        number = str(told)
    return [storefront.title, storefront.url("order", order="../?#"), number]


def read_configuration(path: Path) -> object:
    os.environ["UNORDER_CONFIG"] = str(path)
    return repr(read_settings())


def read_scenario(path: Path) -> object:
    store = Store()
    furnish(store, str(path))
    return [entry.item for entry in store.audit()]


def take_too_much(path: Path) -> object:
    """What a defect of ours would do, to see that it would be noticed."""
    if path.name == "for-memory":
        return len(bytes(2 * MORE_MEMORY))
    while True:
        pass


READERS = {"greedy": take_too_much,
           "flows": read_flow, "profiles": read_storefront, "settings": read_configuration,
           "scenarios": read_scenario}  # fmt: skip


def main() -> None:
    for line in sys.stdin.read().splitlines():
        kind, _, path = line.partition("\t")
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            os.close(reader)
            os._exit(confined(kind, Path(path), writer))
        os.close(writer)
        with os.fdopen(reader, "rb") as told:
            said = told.read().decode()
        ended = os.waitstatus_to_exitcode(os.wait4(child, 0)[1])
        verdict = {"path": path, "ended": ended, **(json.loads(said) if said else {})}
        sys.stdout.write(json.dumps(verdict) + "\n")


def confined(kind: str, path: Path, writer: int) -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    memory = pages * resource.getpagesize() + MORE_MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    said: dict[str, Any]
    try:
        said = {"refused": False, "said": json.dumps(READERS[kind](path), ensure_ascii=False)}
    except (InputError, StoreError) as problem:
        said = {"refused": True, "said": str(problem)}
    except BaseException as problem:  # noqa: BLE001 (whatever else it is, it is a defect)
        said = {"refused": False, "said": "", "bug": f"{type(problem).__name__}: {problem}"[:500]}
    os.write(writer, json.dumps(said).encode()[:1_000_000])
    return 0


if __name__ == "__main__":
    main()
