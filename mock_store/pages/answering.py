"""Breaking an answer, as a quirk has it."""

from __future__ import annotations

import socket

from flask import Response, request
from flask.typing import ResponseReturnValue

from mock_store.pages.showing import message
from mock_store.quirks import Quirk
from mock_store.visitors import the_store
from mock_store.wishes import Met


def broken(met: Met | None) -> ResponseReturnValue | None:
    """What is answered instead; `None` where the answer is as it should be, if late."""
    if met is None:
        return None
    match met.quirk:
        case Quirk.ERROR_ON_COMMIT_NOT_DONE | Quirk.ERROR_ON_COMMIT_DONE:
            return message("error", 500)
        case Quirk.SAYS_NOTHING:
            return Response("<!doctype html><title></title>")
        case Quirk.DROPS_ON_COMMIT_NOT_DONE | Quirk.DROPS_ON_COMMIT_DONE:
            connection: socket.socket = request.environ["mock_store.socket"]
            connection.shutdown(socket.SHUT_RDWR)
        case _:
            the_store().closing.wait(met.seconds)
    return None
