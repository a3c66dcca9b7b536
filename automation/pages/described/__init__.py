"""The shared page objects once more, for stores whose profile says where everything is.

They have the words of the others, so that a flow is followed on them word for word.
"""

from __future__ import annotations

from automation.pages.base import PageObject
from automation.pages.described.answer import DescribedCancellationPage
from automation.pages.described.cancelling import DescribedCancelItemsPage
from automation.pages.described.order import DescribedOrderPage
from automation.pages.described.orders import DescribedOrdersPage
from automation.pages.described.sign_in import DescribedHomePage, DescribedSignInPage

DESCRIBED: tuple[type[PageObject], ...] = (
    DescribedSignInPage,
    DescribedHomePage,
    DescribedOrdersPage,
    DescribedOrderPage,
    DescribedCancelItemsPage,
    DescribedCancellationPage,
)
