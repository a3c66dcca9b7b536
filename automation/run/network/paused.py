"""A request that the browser is about to send, as its own protocol describes it."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from automation.pages.request_patterns import Fields, address_of

READING = ("GET", "HEAD", "OPTIONS")
_NAVIGATION, _BY_SCRIPT = "Document", ("XHR", "Fetch", "EventSource")


@dataclass(frozen=True)
class PausedRequest:
    """What leaves the browser if it is let go. *fields* is `None` where its body cannot be read."""

    id: str
    frame: str
    method: str
    url: str
    kind: str  # of resource, in the browser's words
    ahead: bool  # whether the browser asks for it before anybody wants it
    fields: Fields
    redirected_from: str | None = None

    @classmethod
    def read(cls, event: dict[str, Any]) -> PausedRequest:
        """What `Fetch.requestPaused` says."""
        request = event["request"]
        headers = {name.lower(): value for name, value in request["headers"].items()}
        return cls(
            id=event["requestId"],
            frame=event.get("frameId", ""),
            method=request["method"].upper(),
            url=request["url"],
            kind=event["resourceType"],
            ahead="prefetch" in f"{headers.get('sec-purpose')} {headers.get('purpose')}",
            fields=_fields(request, headers.get("content-type", "")),
            redirected_from=event.get("redirectedRequestId"),
        )

    def __str__(self) -> str:
        return f"{self.method} {self.address}"

    @property
    def address(self) -> str:
        """The path and the query."""
        return address_of(self.url)

    @property
    def only_reads(self) -> bool:
        return self.method in READING

    @property
    def opens_a_page(self) -> bool:
        return self.kind == _NAVIGATION and not self.ahead

    @property
    def is_by_script(self) -> bool:
        return self.kind in _BY_SCRIPT


def _fields(request: dict[str, Any], content_type: str) -> Fields:
    fields: dict[str, list[str]] = {}
    for name, value in parse_qsl(urlsplit(request["url"]).query, keep_blank_values=True):
        fields.setdefault(name, []).append(value)
    if request.get("hasPostData"):
        body = _body(request)
        told = None if body is None else _body_fields(body, content_type)
        if told is None:
            return None
        for name, value in told:
            fields.setdefault(name, []).append(value)
    return {name: tuple(values) for name, values in fields.items()}


def _body(request: dict[str, Any]) -> bytes | None:
    parts = [entry.get("bytes") for entry in request.get("postDataEntries", ())]
    if not parts or None in parts:  # a file, or a stream
        return None
    return b"".join(base64.b64decode(part) for part in parts)


def _body_fields(body: bytes, content_type: str) -> list[tuple[str, str]] | None:
    kind = content_type.partition(";")[0].strip().lower()
    try:
        if kind == "application/x-www-form-urlencoded":
            return parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=bool(body))
        if kind == "multipart/form-data":
            return _parts(body, content_type)
        # Scripts send JSON under whatever name.
        return _members(json.loads(body))
    except ValueError:
        return None


def _members(told: Any) -> list[tuple[str, str]] | None:
    """The members of a JSON object; those of objects in it as `variables.id`."""
    if not isinstance(told, dict):
        return None
    found = []
    for name, value in told.items():
        if isinstance(value, dict):
            found += [(f"{name}.{inner}", said) for inner, said in _members(value) or ()]
        else:
            found.append((name, value if isinstance(value, str) else json.dumps(value)))
    return found


def _parts(body: bytes, content_type: str) -> list[tuple[str, str]] | None:
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    whole: Message = BytesParser(policy=HTTP).parsebytes(head + body)
    if not whole.is_multipart():
        return None
    found = []
    for part in whole.get_payload():
        assert isinstance(part, Message)
        name = part.get_param("name", header="content-disposition")
        said = part.get_payload(decode=True)
        if not isinstance(name, str) or not isinstance(said, bytes):
            return None
        found.append((name, said.decode()))
    return found
