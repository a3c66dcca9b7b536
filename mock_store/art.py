"""Pictures of the goods, drawn for this store: one for each kind, tinted by the title."""

from __future__ import annotations

import hashlib

# Words in a title, and the drawing that fits: shapes on a 200 by 200 sheet, {a} and {b} are tints.
_DRAWINGS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("lamp", "leuchte"), '<path d="M78 52h44l22 46H56z" fill="{a}"/><rect x="96" y="98" width="8" height="52" fill="{b}"/><rect x="70" y="148" width="60" height="9" rx="4.5" fill="{b}"/><circle cx="100" cy="104" r="9" fill="#fff4d2"/>'),
    (("cable", "kabel"), '<path d="M58 120c0-60 84-60 84-12s-64 44-64 4 44-34 44-4" fill="none" stroke="{a}" stroke-width="9" stroke-linecap="round"/><rect x="48" y="116" width="20" height="32" rx="6" fill="{b}"/><rect x="52" y="146" width="12" height="12" rx="2" fill="#c9c6bf"/>'),
    (("tray", "stool", "plate", "opstapje", "hocker"), '<rect x="46" y="84" width="108" height="18" rx="8" fill="{a}"/><path d="M60 102l-8 54h14l8-54zm80 0l8 54h-14l-8-54z" fill="{b}"/>'),
    (("notebook", "book", "guide", "boek", "buch", "gids", "führer"), '<rect x="62" y="46" width="80" height="108" rx="6" fill="{a}"/><rect x="62" y="46" width="14" height="108" rx="6" fill="{b}"/><rect x="90" y="70" width="38" height="5" rx="2.5" fill="#fff" opacity=".8"/><rect x="90" y="82" width="26" height="5" rx="2.5" fill="#fff" opacity=".6"/>'),
    (("mug", "mok", "becher"), '<rect x="58" y="66" width="68" height="78" rx="12" fill="{a}"/><path d="M126 82h10a18 18 0 0 1 0 42h-10" fill="none" stroke="{b}" stroke-width="10"/><ellipse cx="92" cy="67" rx="34" ry="8" fill="{b}"/>'),
    (("kettle", "ketel", "kessel"), '<path d="M64 150c-8-44 8-74 36-74s44 30 36 74z" fill="{a}"/><path d="M66 108c-18-6-20-30-32-34" fill="none" stroke="{a}" stroke-width="9" stroke-linecap="round"/><path d="M72 80c4-40 52-40 56 0" fill="none" stroke="{b}" stroke-width="8"/><circle cx="100" cy="72" r="7" fill="{b}"/>'),
    (("throw", "blanket", "linen", "plaid", "decke"), '<rect x="48" y="62" width="104" height="30" rx="12" fill="{a}"/><rect x="48" y="88" width="104" height="30" rx="12" fill="{b}"/><rect x="48" y="114" width="104" height="30" rx="12" fill="{a}"/><path d="M60 144v12m16-12v12m16-12v12m16-12v12m16-12v12m16-12v12" stroke="{b}" stroke-width="4"/>'),
    (("headphones",), '<path d="M56 118v-12a44 44 0 0 1 88 0v12" fill="none" stroke="{b}" stroke-width="10"/><rect x="44" y="108" width="26" height="44" rx="12" fill="{a}"/><rect x="130" y="108" width="26" height="44" rx="12" fill="{a}"/>'),
    (("backpack", "rugzak", "rucksack"), '<path d="M80 58c0-24 40-24 40 0" fill="none" stroke="{b}" stroke-width="8"/><rect x="56" y="56" width="88" height="100" rx="26" fill="{a}"/><rect x="70" y="104" width="60" height="38" rx="10" fill="{b}"/><rect x="92" y="104" width="16" height="12" rx="3" fill="#fff" opacity=".7"/>'),
    (("bottle", "fles", "flasche"), '<rect x="86" y="40" width="28" height="20" rx="5" fill="{b}"/><path d="M80 66c0-6 40-6 40 0 10 10 10 20 10 28v54a12 12 0 0 1-12 12H82a12 12 0 0 1-12-12V94c0-8 0-18 10-28z" fill="{a}"/><rect x="84" y="98" width="6" height="40" rx="3" fill="#fff" opacity=".5"/>'),
    (("pot", "plant", "topf"), '<path d="M100 96c-30-6-32-36-28-46 22 2 30 22 28 46zm0 0c0-30 16-44 34-44 2 22-8 40-34 44z" fill="{b}"/><path d="M62 98h76l-10 58H72z" fill="{a}"/>'),
    (("keyboard", "toetsenbord", "tastatur"), '<rect x="40" y="72" width="120" height="62" rx="9" fill="{a}"/><g fill="#fff" opacity=".75"><rect x="50" y="82" width="12" height="12" rx="3"/><rect x="67" y="82" width="12" height="12" rx="3"/><rect x="84" y="82" width="12" height="12" rx="3"/><rect x="101" y="82" width="12" height="12" rx="3"/><rect x="118" y="82" width="12" height="12" rx="3"/><rect x="135" y="82" width="14" height="12" rx="3"/><rect x="50" y="100" width="12" height="12" rx="3"/><rect x="67" y="100" width="12" height="12" rx="3"/><rect x="84" y="100" width="12" height="12" rx="3"/><rect x="101" y="100" width="12" height="12" rx="3"/><rect x="118" y="100" width="31" height="12" rx="3"/><rect x="72" y="117" width="56" height="9" rx="3"/></g>'),
    (("screwdriver", "tool", "schroeven", "schrauben"), '<rect x="58" y="48" width="16" height="54" rx="7" fill="{a}"/><rect x="63" y="102" width="6" height="50" fill="#b9b6ae"/><rect x="92" y="48" width="16" height="54" rx="7" fill="{b}"/><rect x="97" y="102" width="6" height="50" fill="#b9b6ae"/><rect x="126" y="48" width="16" height="54" rx="7" fill="{a}"/><rect x="131" y="102" width="6" height="50" fill="#b9b6ae"/>'),
    (("clock", "wekker", "uhr"), '<circle cx="100" cy="102" r="50" fill="{a}"/><circle cx="100" cy="102" r="38" fill="#fffdf8"/><path d="M100 78v24l16 12" fill="none" stroke="{b}" stroke-width="6" stroke-linecap="round"/>'),
)  # fmt: skip
_PARCEL = (
    '<path d="M52 78l48-24 48 24v52l-48 26-48-26z" fill="{a}"/>'
    '<path d="M52 78l48 24 48-24M100 102v54" fill="none" stroke="{b}" stroke-width="5"/>'
)
_TINTS = (
    ("#3d5a80", "#98c1d9", "#e8eff5"),
    ("#7a4e2d", "#c58b5a", "#f4ebe1"),
    ("#4a6b57", "#9dbf9e", "#e9f1ea"),
    ("#8b3f3a", "#d98f7a", "#f7e9e5"),
    ("#5b4b8a", "#a99bd1", "#eeebf6"),
    ("#2f5d62", "#a7c4bc", "#e6f0ee"),
)


def picture(title: str) -> str:
    """An SVG for this title. Nothing of the title itself goes into it."""
    words = title.lower()
    drawing = next((d for keys, d in _DRAWINGS if any(key in words for key in keys)), _PARCEL)
    dark, light, sheet = _TINTS[int(hashlib.sha256(title.encode()).hexdigest(), 16) % len(_TINTS)]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200">'
        f'<rect width="200" height="200" fill="{sheet}"/>'
        f"{drawing.format(a=dark, b=light)}</svg>"
    )
