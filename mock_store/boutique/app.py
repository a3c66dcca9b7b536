"""The boutique as a Flask application."""

from __future__ import annotations

import logging

from flask import Flask, Response, request

from mock_store.app import HEADERS, HOSTS
from mock_store.boutique.account import account
from mock_store.boutique.cancelling import cancelling
from mock_store.boutique.orders import orders
from mock_store.boutique.shapes import Shapes
from mock_store.control import control
from mock_store.store import Store
from mock_store.visitors import remember


def create_boutique(store: Store, shapes: Shapes | None = None) -> Flask:
    """The web application of one boutique."""
    app = Flask(__name__)
    app.config.update(TRUSTED_HOSTS=HOSTS, MAX_CONTENT_LENGTH=256 * 1024)
    app.debug = False  # whatever the environment says
    app.extensions = {"store": store, "shapes": shapes or Shapes()}
    for blueprint in (account, orders, cancelling, *([control] if store.control_token else ())):
        app.register_blueprint(blueprint)
    logging.getLogger("werkzeug").disabled = True

    @app.after_request
    def finish(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers[name] = value
        if not request.path.startswith(("/static", "/_control")):
            response.headers["Cache-Control"] = "no-store"
        return remember(response)

    return app
