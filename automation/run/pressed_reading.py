"""Reading an order whose run stopped after a press and before its click."""

from __future__ import annotations

from automation.outcome import Outcome
from automation.pages.base import Effect
from automation.run.early_change import Pressed, change, note_read_again
from automation.run.evidence import Evidence
from automation.run.journal import Journal
from automation.run.order_keys import with_its_key_again
from automation.run.places import private_folder
from automation.run.reader import OrderReader
from automation.run.storefront_holds import hold
from automation.run.visit import Visit


def read_after_press(pressed: Pressed, visit: Visit, journal: Journal) -> str | None:
    """What changed since its run first read it, in plain words; `None` where nothing did.

    `LookupError` where the order cannot be read, `TryLater` where its key cannot. A change holds
    the storefront: which of its steps made it is not known, nor that none did. The caller holds the
    lock of the order.
    """
    order = pressed.subject.order
    storefront = with_its_key_again(visit.storefront, order, pressed.store)
    visit.masker.about(order, storefront)
    folder = private_folder(journal.path.parent / pressed.run)
    evidence = Evidence(folder, visit.masker)
    now = OrderReader(visit, order, evidence, Effect.CANCELS_ITEMS, storefront).read_back()
    if now is None:
        raise LookupError(f"order {order} cannot be read")
    changed = change(pressed.first, now)
    note_read_again(journal, pressed.run, changed)
    if changed:
        hold(journal, visit.storefront, pressed.run, changed)
        body = {"outcome": Outcome.CHANGED_BEFORE_THE_CLICK.label, "reason": changed}
        journal.write(pressed.run, "ended", body)
    return changed
