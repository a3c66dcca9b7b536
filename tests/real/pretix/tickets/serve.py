"""Serves the shop, and does what standard input asks, a JSON object a line; answers each."""

import json
import os
import sys
import threading
from urllib.parse import urlparse

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tickets.settings")
django.setup()

from django.conf import settings  # noqa: E402 (Django must be set up first)
from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.views.static import serve  # noqa: E402

from tickets.office import WORK  # noqa: E402
from tickets.queue import be_busy, working  # noqa: E402


class ShippedFiles(StaticFilesHandler):
    """Scripts and styles as pretix's wheel brings them, compiled: nothing is built here."""

    def serve(self, request):  # noqa: ANN001, ANN201 (Django's signature)
        """One of them."""
        return serve(request, self.file_path(request.path), document_root=settings.STATIC_ROOT)


def main() -> None:
    """Open the shop, and close it when nobody asks any more."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    port = urlparse(settings.SITE_URL).port
    server = ThreadedWSGIServer(("127.0.0.1", port), WSGIRequestHandler)
    server.daemon_threads = True
    server.set_app(ShippedFiles(get_wsgi_application()))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with working():
        for line in sys.stdin:
            asked = json.loads(line)
            answer = (WORK | {"be_busy": be_busy})[asked.pop("do")](**asked)
            print(json.dumps(answer), flush=True)  # noqa: T201 (whoever asked reads it)


main()
