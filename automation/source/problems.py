"""Several errors at once, so that a file is put right in one go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from automation.errors import InputError
from automation.source.frame import SourceError

MOST = 10


class FileError(InputError):
    """More than one thing in a file cannot be followed. In the order in which they stand."""

    def __init__(self, errors: tuple[SourceError, ...]) -> None:
        super().__init__(f"{len(errors)} problems")
        self.errors = errors

    def __str__(self) -> str:
        return "\n\n".join(map(str, self.errors))


class Problems:
    """Notes errors and goes on. Whoever notes must call `done` before using what was read."""

    def __init__(self) -> None:
        self._noted: list[SourceError] = []

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Note what goes wrong inside, and go on after it."""
        try:
            yield
        except FileError as several:
            for error in several.errors:
                self.note(error)
        except SourceError as error:
            self.note(error)

    def note(self, error: SourceError) -> None:
        """Note one error. Raises all of them when there are as many as one would read."""
        if all(_told(error) != _told(other) for other in self._noted):
            self._noted.append(error)
        if len(self._noted) == MOST:
            self._raise()

    def done(self) -> None:
        """Raise what was noted, if anything was."""
        if self._noted:
            self._raise()

    def _raise(self) -> None:
        if len(self._noted) == 1:
            raise self._noted[0]
        files = list(dict.fromkeys(error.place.document.name for error in self._noted))
        self._noted.sort(
            key=lambda error: (
                files.index(error.place.document.name),
                error.place.line,
                error.place.column,
            )
        )
        raise FileError(tuple(self._noted))


def _told(error: SourceError) -> tuple[str, str]:
    return str(error.place), error.message
