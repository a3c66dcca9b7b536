"""The store as a Flask application."""

from __future__ import annotations

import logging

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from mock_store.control import control
from mock_store.pages import BLUEPRINTS
from mock_store.pages.showing import message
from mock_store.quirks import Quirk
from mock_store.store import Store
from mock_store.visitors import remember

HOSTS = ["127.0.0.1", "localhost"]
_LATE = 3.0  # seconds
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}


def create_app(store: Store) -> Flask:  # noqa: C901 (its hooks are three small functions)
    """The web application of one store."""
    app = Flask(__name__)
    app.config.update(TRUSTED_HOSTS=HOSTS, MAX_CONTENT_LENGTH=256 * 1024)
    app.debug = False  # whatever the environment says
    app.extensions["store"] = store
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if store.control_token:
        app.register_blueprint(control)
    logging.getLogger("werkzeug").disabled = True

    @app.before_request
    def catch_up() -> None:
        if request.path.startswith(("/your-orders", "/progress-tracker", "/ask")):
            with store.database.session() as session:
                store.catch_up(session)

    @app.before_request
    def misbehave() -> tuple[str, int] | None:
        if not request.path.startswith(("/your-orders", "/progress-tracker")):
            return None
        order = request.args.get("orderID")
        if store.quirks.happens(Quirk.SLOW, order=order):
            store.closing.wait(_LATE)
        if request.method == "GET" and store.quirks.happens(Quirk.ERROR_BEFORE, order=order):
            return message("error", 503)
        return None

    @app.after_request
    def finish(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers[name] = value
        if not request.path.startswith(("/static", "/pictures", "/_control")):
            response.headers["Cache-Control"] = "no-store"
            remember(response)
        return response

    @app.errorhandler(HTTPException)
    def told(problem: HTTPException) -> tuple[str, int] | HTTPException:
        if request.path.startswith("/_control") or problem.code == 400:  # noqa: PLR2004
            return problem
        keys = {404: "no_page", 403: "bad_form"}
        return message(keys.get(problem.code or 500, "error"), problem.code or 500)

    return app
