"""Covering personal data in the page itself, before it is painted for the first time.

A picture can be covered after it was taken, a recording cannot: every frame would have to be found.
"""

from __future__ import annotations

import json

from playwright.sync_api import BrowserContext

from automation.run.masking import COVER

# A chip has the same size whatever it hides: a width would still tell how long a name is. The text
# stays in the page, so that readings read it.
_CHIP = """
{selectors} {{
  display: inline-block !important; box-sizing: border-box !important;
  vertical-align: middle !important;
  width: 8em !important; min-width: 8em !important; max-width: 8em !important;
  height: 1.2em !important; min-height: 1.2em !important; max-height: 1.2em !important;
  overflow: hidden !important;
  white-space: nowrap !important; text-indent: -9999px !important; text-shadow: none !important;
  color: transparent !important; -webkit-text-fill-color: transparent !important;
  caret-color: transparent !important; fill: transparent !important; stroke: none !important;
  background: {cover} !important; border: 0 !important; border-radius: 4px !important;
  object-fit: none !important; object-position: -9999px -9999px !important;
  list-style: none !important;
}}
{selectors_before}, {selectors_after} {{ content: none !important; }}
{selectors_placeholder} {{ color: transparent !important; }}
{selectors_inside}, img:is({selectors}) {{ opacity: 0 !important; }}
"""
_ADOPT = """
(() => {
  const css = CSS_TEXT;
  const adopt = (root) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    return root;
  };
  adopt(document);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (how) { return adopt(attach.call(this, how)); };
})();
"""


def cover(context: BrowserContext, personal: tuple[str, ...]) -> None:
    """Cover what these selectors name on every page that *context* will load."""
    if not personal:
        return
    chip = _CHIP.format(
        cover=COVER,
        selectors=", ".join(personal),
        selectors_before=", ".join(f"{one}::before" for one in personal),
        selectors_after=", ".join(f"{one}::after" for one in personal),
        selectors_placeholder=", ".join(f"{one}::placeholder" for one in personal),
        selectors_inside=", ".join(f"{one} *" for one in personal),
    )
    context.add_init_script(_ADOPT.replace("CSS_TEXT", json.dumps(chip)))
