"""A boutique whose pages differ from its own: other words in them, or later ones."""

from __future__ import annotations

import re
import threading
import zlib
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, request

Alter = Callable[[Flask], None]


def replacing(path: str, *pairs: tuple[str, str]) -> Alter:
    """On pages whose path matches *path*, each pattern gives way to its replacement."""

    def alter(app: Flask) -> None:
        @app.after_request
        def replace(response: Response) -> Response:
            if re.fullmatch(path, request.path) and response.mimetype == "text/html":
                text = response.get_data(as_text=True)
                for pattern, instead in pairs:
                    text = re.sub(pattern, instead, text, flags=re.DOTALL)
                response.set_data(text)
            return response

    return alter


def late(path: str, seconds: float, query: str = "") -> Alter:
    """Pages whose path matches *path*, and whose query holds *query*, come so many seconds late."""

    def alter(app: Flask) -> None:
        @app.before_request
        def wait() -> None:
            if re.fullmatch(path, request.path) and query in request.query_string.decode():
                threading.Event().wait(seconds)

    return alter


def serving(path: str, text: str, mimetype: str = "text/html") -> Alter:
    """What the boutique does not have at this path."""

    def alter(app: Flask) -> None:
        app.add_url_rule(path, path, lambda: Response(text, mimetype=mimetype))

    return alter


def doing(path: str, script: str) -> Alter:
    """Pages whose path matches *path* run this *script* of their own when they have loaded."""
    own = f"/own/{zlib.crc32(script.encode())}.js"
    return altogether(
        serving(own, f"addEventListener('load', () => {{ {script} }});", "text/javascript"),
        replacing(path, ("</head>", f'<script src="{own}"></script></head>')),
    )


def with_scripts_of_others() -> Alter:
    """Pages say nothing of whose scripts they may load."""

    def alter(app: Flask) -> None:
        asked = app.wsgi_app

        def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
            def begin(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
                kept = [one for one in headers if one[0] != "Content-Security-Policy"]
                return start(status, kept, *more)

            return asked(environ, begin)

        app.wsgi_app = answer  # type: ignore[method-assign]

    return alter


def altogether(*alters: Alter) -> Alter:
    def alter(app: Flask) -> None:
        for each in alters:
            each(app)

    return alter
