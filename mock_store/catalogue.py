"""Invented goods, and what they cost."""

from __future__ import annotations

import hashlib

OWN = "Varnholt"
GOODS: dict[str, tuple[int, str]] = {
    "Desk lamp": (4900, OWN),
    "USB-C cable": (1200, OWN),
    "USB-C cable (2 m)": (1500, OWN),
    "Walnut footstool": (2800, "Hollis Woodworks"),
    "Linen notebook": (1650, OWN),
    "Stoneware mug": (1800, "Brightwell Pottery"),
    "Pour-over kettle": (7400, OWN),
    "Wool throw": (8900, "Fjell & Yarn"),
    "Noise Cancelling headphones": (15900, OWN),
    "Canvas backpack": (9800, OWN),
    "Steel water bottle": (2600, OWN),
    "Terracotta plant pot": (2200, "Brightwell Pottery"),
    "Mechanical keyboard": (12900, OWN),
    "Oak step stool": (11500, "Hollis Woodworks"),
    "Field guide to birds": (2400, "Larkspur Books"),
    "Precision screwdriver set": (3900, OWN),
    "Enamel camping plate": (1400, OWN),
    "Bedside clock": (5200, OWN),
}


def price_of(title: str) -> int:
    """Cents. A title that is not in the catalogue has a price of its own all the same."""
    if title in GOODS:
        return GOODS[title][0]
    return 900 + int(hashlib.sha256(title.encode()).hexdigest(), 16) % 90 * 100


def seller_of(title: str) -> str:
    return GOODS[title][1] if title in GOODS else OWN
