"""The JSON Schema of rules files. It serves editors; reading them decides."""

from __future__ import annotations

import json

from automation.jobs.book import BOOK


def rules_schema_text() -> str:
    """The schema, as it stands in `flows/schema/rules.schema.json`."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rules of unorder",
        **BOOK.schema,
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
