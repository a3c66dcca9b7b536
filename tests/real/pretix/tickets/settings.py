"""The settings that pretix has of its own, for a shop on loopback that sends nothing."""

import os
from pathlib import Path

HOME = Path(os.environ["SHOP_HOME"])
os.environ["DATA_DIR"] = str(HOME)
os.environ["PRETIX_CONFIG_FILE"] = os.devnull  # not what a machine's own pretix is configured with

from pretix.settings import *  # noqa: E402, F403 (Django reads every name)
from pretix.settings import DATABASES  # noqa: E402

SECRET_KEY = "of-a-shop-that-holds-nothing"
SITE_URL = os.environ["SHOP_URL"]
ALLOWED_HOSTS = ["127.0.0.1"]
EMAIL_BACKEND = EMAIL_CUSTOM_SMTP_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = HOME / "mails"
DATABASES["default"]["OPTIONS"] = {"timeout": 60, "transaction_mode": "IMMEDIATE"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # they protect nothing here


class AsTheModelsAre:
    """Tables are made as the models have them, without the history of how they came to be."""

    def __contains__(self, app: str) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


MIGRATION_MODULES = AsTheModelsAre()

# As in every shop of some size, a queue carries tasks out, and a page waits for them. Both are in
# this process.
HAS_CELERY = True
CELERY_TASK_ALWAYS_EAGER = False
CELERY_BROKER_URL = "memory://"
CELERY_RESULT_BACKEND = "cache+memory://"
