"""Dates as stores write them: `3 November 2026`, `3. Mai`, `14 - 20 december`, `Friday`."""

from __future__ import annotations

import re
from datetime import date, timedelta

# The first three letters of a month's name tell which it is, in English, Dutch and German.
_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "maa": 3, "mrt": 3, "mär": 3, "mrz": 3, "apr": 4, "may": 5,
    "mei": 5, "mai": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "okt": 10, "nov": 11,
    "dec": 12, "dez": 12,
}  # fmt: skip
_WEEKDAYS = (
    ("monday", "maandag", "montag"),
    ("tuesday", "dinsdag", "dienstag"),
    ("wednesday", "woensdag", "mittwoch"),
    ("thursday", "donderdag", "donnerstag"),
    ("friday", "vrijdag", "freitag"),
    ("saturday", "zaterdag", "samstag"),
    ("sunday", "zondag", "sonntag"),
)
_SOON = {"today": 0, "vandaag": 0, "heute": 0, "tomorrow": 1, "morgen": 1}
_DAY, _MONTH, _YEAR = r"(?P<day>\d{1,2})", r"(?P<month>[^\W\d]{3,9})", r"(?P<year>\d{4})"
_WRITTEN = (
    re.compile(r"(?P<year>\d{4})\s?[-/年]\s?(?P<month>\d{1,2})\s?[-/月]\s?(?P<day>\d{1,2})"),
    re.compile(
        rf"{_DAY}(?:st|nd|rd|th)?\.?(?:\s?[-\u2013]\s?\d{{1,2}}\.?)?\s{_MONTH}\.?(?:,?\s{_YEAR})?"
    ),
    re.compile(rf"{_MONTH}\.?\s{_DAY}(?:st|nd|rd|th)?\b(?!:)(?:,?\s{_YEAR})?"),
)
_HALF_A_YEAR = timedelta(days=183)


def date_in(text: str, today: date) -> date | None:
    """The earliest date that *text* names; `None` if it names none that is understood.

    A date without a year is the one nearest to *today*, a day of the week the next of its name.
    """
    said = " ".join(text.casefold().split())
    found = [
        day
        for pattern in _WRITTEN
        for match in pattern.finditer(said)
        if (day := _date(match, today))
    ]
    if found:
        return min(found)
    words = re.findall(r"[^\W\d]+", said)
    soon = [today + timedelta(days=_SOON[word]) for word in words if word in _SOON]
    for number, names in enumerate(_WEEKDAYS):
        if any(name in words for name in names):
            soon.append(today + timedelta(days=(number - today.weekday()) % 7))
    return min(soon, default=None)


def _date(match: re.Match[str], today: date) -> date | None:
    named, day = match["month"], int(match["day"])
    month = int(named) if named.isdigit() else _MONTHS.get(named[:3], 0)
    years = [int(match["year"])] if match["year"] else [today.year + n for n in (-1, 0, 1)]
    possible = []
    for year in years:
        try:
            possible.append(date(year, month, day))
        except ValueError:
            continue
    near = [each for each in possible if match["year"] or abs(each - today) <= _HALF_A_YEAR]
    return min(near, key=lambda each: abs(each - today), default=None)
