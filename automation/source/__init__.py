"""YAML in which every value knows where it stands, and errors that show the place."""

from automation.source.frame import Place, SourceError
from automation.source.nodes import Mapping, Node, Scalar, Sequence
from automation.source.problems import FileError, Problems
from automation.source.reading import read_file, read_text

__all__ = [
    "FileError",
    "Mapping",
    "Node",
    "Place",
    "Problems",
    "Scalar",
    "Sequence",
    "SourceError",
    "read_file",
    "read_text",
]
