"""The boutique as a Flask application."""

from __future__ import annotations

import logging

from flask import Flask, Response, request

from mock_store.app import HEADERS, HOSTS
from mock_store.boutique.account import account
from mock_store.boutique.cancelling import cancelling
from mock_store.boutique.graphql import graphql
from mock_store.boutique.orders import orders
from mock_store.boutique.shapes import Shapes
from mock_store.boutique.shapes.cancelling import Confirm
from mock_store.boutique.tasks import Tasks
from mock_store.boutique.traffic import traffic
from mock_store.control import control
from mock_store.store import Store
from mock_store.visitors import remember

# Only where a page has a script of that kind.
_INLINE = {
    "Content-Security-Policy": f"{HEADERS['Content-Security-Policy']}; "
    "script-src 'self' 'unsafe-inline'"
}


def create_boutique(store: Store, shapes: Shapes | None = None) -> Flask:
    """The web application of one boutique."""
    app = Flask(__name__)
    app.config.update(TRUSTED_HOSTS=HOSTS, MAX_CONTENT_LENGTH=256 * 1024)
    app.debug = False  # whatever the environment says
    shapes = shapes or Shapes()
    app.extensions = {"store": store, "shapes": shapes, "tasks": Tasks(store)}
    for blueprint in (account, orders, cancelling, graphql, traffic):
        app.register_blueprint(blueprint)
    if store.control_token:
        app.register_blueprint(control)
    with_secret = f"{cancelling.url_prefix}/<secret>"
    app.register_blueprint(cancelling, url_prefix=with_secret, name="cancelling_with_secret")
    headers = HEADERS | (_INLINE if shapes.confirm is Confirm.ONCLICK else {})
    logging.getLogger("werkzeug").disabled = True

    @app.before_request
    def count() -> None:
        store.received.note(request.method, request.path)

    @app.after_request
    def finish(response: Response) -> Response:
        for name, value in headers.items():
            response.headers[name] = value
        if not request.path.startswith(("/static", "/_control")):
            response.headers["Cache-Control"] = "no-store"
        return remember(response)

    return app
