"""Files that mean harm: each is refused in plain words, or read as the harmless text that it is.

Each is read in a process that may use one second of CPU and 100 MiB more than it began with; the
system ends it beyond that. Plans have no reader yet; when they have, they get a folder here.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
HOSTILE = ROOT / "tests/hostile"
KINDS = ("flows", "profiles", "settings", "scenarios")
KEPT = sorted(HOSTILE.glob("*/**/*.yaml"))
MOST_LINES, MOST_CHARACTERS = 80, 6_000

# What no repository should hold, or what grows while it is made. `{}` is a harmless file's text.
BYTES = {
    "ten-megabytes": lambda text: text + b"#" * 10 * 2**20,
    "just-too-large": lambda text: text + b"#" * (256 * 1024),
    "a-long-line": lambda _: b"flow: " + b"x" * 250_000,
    "a-large-key": lambda _: b"x" * 250_000 + b": y",
    "many-keys": lambda _: b"".join(b"k%d: v\n" % number for number in range(20_000)),
    "many-brackets": lambda _: b"[" * 100_000,
    "many-brackets-closed": lambda _: b"[" * 50_000 + b"]" * 50_000,
    "many-levels": lambda _: b"".join(b" " * n + b"k:\n" for n in range(600)),
    "many-documents": lambda _: b"--- a\n" * 40_000,
    "many-anchors": lambda _: b"".join(b"- &a%d x\n" % number for number in range(15_000)),
    "many-quotes": lambda _: b"- '" * 60_000,
    "many-flow-keys": lambda _: b"{" + b"a: b, " * 30_000 + b"}",
    "many-question-marks": lambda _: b"? " * 100_000,
    "many-colons": lambda _: b"a: " * 80_000,
    "nul": lambda text: text + b"\x00",
    "not-utf-8": lambda text: text + b"# \xff\xfe\xfa",
    "cut-in-a-character": lambda text: text + b"# \xe2\x82",
    "utf-16": lambda text: text.decode().encode("utf-16"),
    "utf-32": lambda text: text.decode().encode("utf-32"),
    "byte-order-mark": lambda text: b"\xef\xbb\xbf" + text,
    "old-line-ends": lambda text: text.replace(b"\n", b"\r"),
    "surrogates": lambda text: text + b"# \xed\xa0\x80",
    "empty": lambda _: b"",
    "blank": lambda _: b"\n\n   \n# nothing\n",
    "random": lambda _: bytes((17 * n * n + 91 * n) % 256 for n in range(4_000)),
    "elf": lambda _: b"\x7fELF" + bytes(range(256)) * 10,
    "zip": lambda _: b"PK\x03\x04" + b"\x00" * 400,
}  # fmt: skip
# YAML itself takes these for what they are; only files of ours are stricter.
NO_HARM_IN_A_SCENARIO = ("byte-order-mark", "old-line-ends")
GOOD = {kind: next(iter(sorted((HOSTILE / kind).glob("harmless/*.yaml"))), None) for kind in KINDS}


def oddities(folder: Path) -> Iterator[Path]:
    """What is no file, or leads nowhere."""
    (folder / "directory.yaml").mkdir()
    os.mkfifo(folder / "pipe.yaml")
    for name, target in (
        ("link-to-zeros", "/dev/zero"),
        ("link-to-noise", "/dev/urandom"),
        ("link-to-nothing", folder / "none"),
        ("link-to-a-folder", "/etc"),
        ("link-to-memory", "/proc/self/mem"),
        ("link-to-itself", folder / "link-to-itself.yaml"),
    ):
        (folder / f"{name}.yaml").symlink_to(target)
    yield from sorted(folder.glob("*.yaml"))


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], dict[str, Any]]:
    """What became of each file, by its kind and its name."""
    asked: list[tuple[str, Path]] = [(path.relative_to(HOSTILE).parts[0], path) for path in KEPT]
    asked += [("greedy", Path("for-memory")), ("greedy", Path("for-time"))]
    for kind in KINDS:
        folder = tmp_path_factory.mktemp(kind)
        good = GOOD[kind]
        text = good.read_bytes() if good else b"accounts: {}\n"
        for name, made in BYTES.items():
            (folder / f"{name}.yaml").write_bytes(made(text))
        asked += [(kind, path) for path in oddities(folder)]
    done = subprocess.run(
        [sys.executable, ROOT / "tests/support/confined.py"],
        input="".join(f"{kind}\t{path}\n" for kind, path in asked),
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return {(kind, path.stem): said for (kind, path), said in zip(asked, told, strict=True)}


def acts(text: str) -> list[str]:
    """The characters of a text that a terminal would not merely show."""
    shown = "\n\u00ad\u200c\u200d"
    kinds = ("Cc", "Cf", "Cs", "Zl", "Zp")
    return [f"U+{ord(char):04X}" for char in text
            if char not in shown and unicodedata.category(char) in kinds]  # fmt: skip


def assert_refused(verdict: dict[str, Any]) -> None:
    assert verdict["ended"] == 0, verdict
    assert verdict.get("refused"), verdict
    assert not acts(verdict["said"]), verdict["said"]
    assert len(verdict["said"].splitlines()) <= MOST_LINES
    assert len(verdict["said"]) <= MOST_CHARACTERS
    assert "Traceback" not in verdict["said"]


@pytest.mark.parametrize(
    ("kind", "name"),
    [(path.relative_to(HOSTILE).parts[0], path.stem) for path in KEPT
     if path.parent.name != "harmless"],
)  # fmt: skip
def test_a_hostile_file_is_refused(
    verdicts: dict[tuple[str, str], dict[str, Any]], kind: str, name: str
) -> None:
    assert_refused(verdicts[kind, name])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "name",
    [*BYTES, "directory", "pipe", "link-to-zeros", "link-to-noise", "link-to-nothing",
     "link-to-a-folder", "link-to-memory", "link-to-itself"],
)  # fmt: skip
def test_what_is_no_file_of_ours_is_refused(
    verdicts: dict[tuple[str, str], dict[str, Any]], kind: str, name: str
) -> None:
    if kind == "scenarios" and name in NO_HARM_IN_A_SCENARIO:
        assert (verdicts[kind, name]["ended"], "bug" in verdicts[kind, name]) == (0, False)
        return
    assert_refused(verdicts[kind, name])


@pytest.mark.parametrize(
    ("kind", "name"),
    [(path.relative_to(HOSTILE).parts[0], path.stem) for path in KEPT
     if path.parent.name == "harmless"],
)  # fmt: skip
def test_a_strange_text_is_only_a_text(
    verdicts: dict[tuple[str, str], dict[str, Any]], kind: str, name: str
) -> None:
    verdict = verdicts[kind, name]

    assert (verdict["ended"], verdict["refused"]) == (0, False), verdict
    assert "bug" not in verdict
    assert "49" not in verdict["said"]  # 7*7


@pytest.mark.parametrize("name", ["for-memory", "for-time"])
def test_what_takes_too_much_would_be_seen(
    verdicts: dict[tuple[str, str], dict[str, Any]], name: str
) -> None:
    verdict = verdicts["greedy", name]

    assert verdict["ended"] == -signal.SIGKILL or "MemoryError" in verdict["bug"]


def test_there_are_enough_of_them() -> None:
    by_kind = {kind: len(list((HOSTILE / kind).glob("*.yaml"))) for kind in KINDS}

    assert all(count >= 20 for count in by_kind.values()), by_kind
