"""The ways in which a page may show a name, as pages of their own."""

from __future__ import annotations

import base64

# One way each in which a page may show a name.
KINDS = {
    "text": '<p>Hello, <span class="own">{name}</span>!</p>',
    "a block": '<div class="own">{name}</div><p>below</p>',
    "a nested text": '<p class="own">To <b><i>{name}</i></b></p>',
    "a link": '<a href="#" class="own">{name}</a>',
    "an input": '<input class="own" value="{name}">',
    "a placeholder": '<input class="own" placeholder="{name}">',
    "a text area": '<textarea class="own" rows="2">{name}</textarea>',
    "a select": '<select class="own"><option>{name}</option></select>',
    "a text in a drawing": '<svg width="400"><text class="own" y="20">{name}</text></svg>',
    "a drawing": '<svg class="own" width="400"><text y="20">{name}</text></svg>',
    "a picture": '<img class="own" alt="" src="{picture}">',
    "a canvas": '<canvas class="own" width="400" height="40"></canvas><script>'
    'document.querySelector("canvas").getContext("2d").fillText("{name}", 4, 20)</script>',
    "a text before": '<style>.own::before {{ content: "{name}" }}</style><p class="own"></p>',
    "a list's text": '<ul><li class="own">{name}</li></ul>',
    "an open root": '<div class="host"></div><script>document.querySelector(".host").attachShadow'
    '({{mode: "open"}}).innerHTML = \'<p class="own">{name}</p>\'</script>',
    "a closed root": '<div class="host"></div><script>document.querySelector(".host").attachShadow'
    '({{mode: "closed"}}).innerHTML = \'<p class="own">{name}</p>\'</script>',
    "a host": '<div class="own"></div><script>document.querySelector(".own").attachShadow'
    '({{mode: "closed"}}).innerHTML = "<p style=\'color: #000\'>{name}</p>"</script>',
    "an important style": '<p class="own" style="color: red !important; width: auto !important;'
    ' height: auto !important; text-indent: 0 !important">{name}</p>',
}  # fmt: skip


def picture(name: str) -> str:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="400"><text y="20">{name}</text></svg>'
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def page_of(kind: str, name: str) -> str:
    return "<!doctype html><body style='font: 16px sans-serif'>" + KINDS[kind].format(
        name=name, picture=picture(name)
    )
