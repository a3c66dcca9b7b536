"""The store as a Flask application."""

from __future__ import annotations

import logging
from copy import copy
from functools import cache

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from mock_store.control import control
from mock_store.pages import BLUEPRINTS
from mock_store.pages.misbehaving import misbehave
from mock_store.pages.showing import message
from mock_store.store import Store
from mock_store.visitors import remember, the_store

HOSTS = ["127.0.0.1", "localhost"]
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}


def create_app(store: Store) -> Flask:
    """The web application of one store."""
    app = copy(applications(controlled=bool(store.control_token)))
    app.extensions = {"store": store}
    return app


@cache
def applications(*, controlled: bool) -> Flask:
    """What all stores of a process share: routes and templates are compiled once."""
    app = Flask(__name__)
    # Styles and scripts are kept by a browser for a while, as those of real stores are.
    app.config.update(
        TRUSTED_HOSTS=HOSTS, MAX_CONTENT_LENGTH=256 * 1024, SEND_FILE_MAX_AGE_DEFAULT=3600
    )
    app.debug = False  # whatever the environment says
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if controlled:
        app.register_blueprint(control)
    logging.getLogger("werkzeug").disabled = True
    assert app.jinja_env  # made here, so that copies share it

    @app.before_request
    def catch_up() -> None:
        store = the_store()
        store.received.note(request.method, request.path)
        if request.path.startswith(("/your-orders", "/progress-tracker", "/ask")):
            with store.database.session() as session:
                store.catch_up(session)

    app.before_request(misbehave)

    @app.after_request
    def finish(response: Response) -> Response:
        for name, value in HEADERS.items():
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
