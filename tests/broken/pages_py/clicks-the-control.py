"""A page that presses harder."""

from automation.pages.base import Effect, action
from automation.pages.cancelling import CancellationPage
from automation.pages.described.cancelling import DescribedCancelItemsPage


class CancelItemsPage(DescribedCancelItemsPage):
    """The dialog that asks once more."""

    @action(irreversible=Effect.CANCELS_ITEMS)
    def submit(self) -> CancellationPage:
        """Press it, and once more if need be."""
        self.control().click(force=True)
        return self.turn_to(CancellationPage)

    def press(self) -> None:
        """Press twice."""
        super().press()
        super().press()
