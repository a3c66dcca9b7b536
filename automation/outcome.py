"""How a run may end: one table for exit codes, words, and whether it may be tried again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Again(Enum):
    """Whether the same thing may be asked for again."""

    NO_NEED = "no need"
    YES = "yes"
    NO = "no"
    VERIFY_ONLY = "verify only"
    AFTER_CHANGE = "after the rule or the facts change"
    THE_OTHERS = "the others"
    PERSON = "a person decides"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Sentence:
    """One plain sentence, in each language in which a run can be told."""

    en: str
    nl: str
    de: str

    def said_in(self, language: str) -> str:
        """The sentence in this language; in English where it is not known in it."""
        return {"nl": self.nl, "de": self.de}.get(language, self.en)


@dataclass(frozen=True)
class Row:
    """What the table says of one outcome."""

    name: str
    exit_code: int
    sentence: Sentence
    again: Again


class Outcome(Enum):
    """One row of the table in `docs/outcomes.md`."""

    CANCELLED = Row(
        "cancelled",
        0,
        Sentence(
            "The store cancelled it, and the order read again says so.",
            "De winkel heeft het geannuleerd, en de bestelling, opnieuw gelezen, zegt dat ook.",
            "Der Shop hat storniert, und die erneut gelesene Bestellung bestätigt es.",
        ),
        Again.NO_NEED,
    )
    ALREADY_CANCELLED = Row(
        "already_cancelled",
        0,
        Sentence(
            "It is cancelled, but was not by this run.",
            "Het is geannuleerd, maar niet door deze run.",
            "Es ist storniert, aber nicht durch diesen Lauf.",
        ),
        Again.NO_NEED,
    )
    SUBSCRIPTION_ENDED = Row(
        "subscription_ended",
        0,
        Sentence(
            "The subscription ends.", "Het abonnement wordt beëindigd.", "Das Abonnement endet."
        ),
        Again.NO_NEED,
    )
    RETURN_STARTED = Row(
        "return_started",
        0,
        Sentence(
            "The return is started.", "De retour is gestart.", "Die Rücksendung ist begonnen."
        ),
        Again.NO_NEED,
    )
    REHEARSED = Row(
        "rehearsed",
        0,
        Sentence(
            "Everything up to the last click went well; it was not made.",
            "Alles tot de laatste klik ging goed; die is niet gedaan.",
            "Alles bis zum letzten Klick ging gut; er wurde nicht gemacht.",
        ),
        Again.YES,
    )
    GUARDED = Row(
        "guarded",
        3,
        Sentence(
            "A guard said no; nothing was clicked.",
            "Een bewaking zei nee; er is nergens op geklikt.",
            "Eine Prüfung sagte Nein; es wurde nichts geklickt.",
        ),
        Again.AFTER_CHANGE,
    )
    PARTLY_CANCELLED = Row(
        "partly_cancelled",
        4,
        Sentence(
            "Some of the items are cancelled, others are not.",
            "Sommige artikelen zijn geannuleerd, andere niet.",
            "Einige Artikel sind storniert, andere nicht.",
        ),
        Again.THE_OTHERS,
    )
    TOO_LATE = Row(
        "too_late",
        4,
        Sentence(
            "The order has entered the shipping process.",
            "De bestelling is al in verzending.",
            "Die Bestellung ist schon im Versand.",
        ),
        Again.NO,
    )
    REFUSED = Row(
        "refused",
        4,
        Sentence(
            "The store said no, or offers no way; the order is unchanged.",
            "De winkel zei nee, of biedt geen weg; de bestelling is onveranderd.",
            "Der Shop sagte Nein oder bietet keinen Weg; die Bestellung ist unverändert.",
        ),
        Again.PERSON,
    )
    NOT_CANCELLED = Row(
        "not_cancelled",
        4,
        Sentence(
            "The click had no effect: the order, read again until it settled, is unchanged.",
            "De klik had geen effect: de bestelling, gelezen tot ze vaststond, is onveranderd.",
            "Der Klick blieb ohne Wirkung: Die Bestellung, bis zuletzt gelesen, ist unverändert.",
        ),
        Again.YES,
    )
    NOT_FOUND = Row(
        "not_found",
        4,
        Sentence(
            "The whole order list was read, and it is not there.",
            "De hele lijst met bestellingen is gelezen, en ze staat er niet in.",
            "Die ganze Bestellliste wurde gelesen, und sie steht nicht darin.",
        ),
        Again.NO,
    )
    NOT_IN_APP = Row(
        "not_in_app",
        4,
        Sentence(
            "This cannot be cancelled on a phone.",
            "Dit kan niet op een telefoon worden geannuleerd.",
            "Dies lässt sich auf einem Telefon nicht stornieren.",
        ),
        Again.ELSEWHERE,
    )
    NEEDS_PERSON = Row(
        "needs_person",
        5,
        Sentence(
            "The store asks for a person.",
            "De winkel vraagt om een mens.",
            "Der Shop verlangt nach einem Menschen.",
        ),
        Again.PERSON,
    )
    UNKNOWN = Row(
        "unknown",
        6,
        Sentence(
            "The click was made or may have been, and its effect could not be read.",
            "De klik is gedaan, of misschien; wat hij deed kon niet worden gelezen.",
            "Der Klick geschah oder vielleicht; seine Wirkung ließ sich nicht lesen.",
        ),
        Again.VERIFY_ONLY,
    )
    CHANGED_BEFORE_THE_CLICK = Row(
        "changed_before_the_click",
        10,
        Sentence(
            "The order changed before the one click: a step of this run may have done it.",
            "De bestelling veranderde vóór de ene klik: een stap van deze run kan het hebben"
            " gedaan.",
            "Die Bestellung änderte sich vor dem einen Klick: Ein Schritt dieses Laufs kann es"
            " getan haben.",
        ),
        Again.PERSON,
    )
    REQUESTED = Row(
        "requested",
        8,
        Sentence(
            "It was asked for; the store or the seller decides.",
            "Het is aangevraagd; de winkel of de verkoper beslist.",
            "Es ist angefragt; der Shop oder der Verkäufer entscheidet.",
        ),
        Again.VERIFY_ONLY,
    )
    SELLER_CONTACTED = Row(
        "seller_contacted",
        8,
        Sentence(
            "A message is sent to the seller, nothing more.",
            "Er is een bericht naar de verkoper gestuurd, meer niet.",
            "Eine Nachricht ging an den Verkäufer, mehr nicht.",
        ),
        Again.NO,
    )
    BROKEN = Row(
        "broken",
        9,
        Sentence(
            "The path could not be followed; nothing was clicked.",
            "De weg kon niet worden gevolgd; de laatste klik is niet gedaan.",
            "Dem Weg konnte nicht gefolgt werden; der letzte Klick wurde nicht gemacht.",
        ),
        Again.YES,
    )

    @property
    def label(self) -> str:
        """The word as it is written in flows, journals and JSON."""
        return self.value.name

    @property
    def exit_code(self) -> int:
        return self.value.exit_code

    def sentence(self, language: str = "en") -> str:
        """What it means, in one sentence of this language."""
        return self.value.sentence.said_in(language)

    @property
    def again(self) -> Again:
        return self.value.again

    @classmethod
    def named(cls, label: str) -> Outcome:
        """The outcome of that name; `KeyError` if there is none."""
        return _BY_LABEL[label]


_BY_LABEL = {outcome.label: outcome for outcome in Outcome}

# A batch of many runs leaves with its gravest.
_GRAVITY = (10, 7, 6, 5, 9, 3, 4, 8, 75, 2, 1, 0)


def gravest(exit_codes: list[int]) -> int:
    """The exit code of a batch: the first of 10, 7, 6, 5, 9, 3, 4, 8, … that occurs; 0 for none.

    One that is not known, as a signal's, weighs as much as a bug.
    """
    return min(exit_codes, key=lambda code: _GRAVITY.index(code if code in _GRAVITY else 1),
               default=0)  # fmt: skip
