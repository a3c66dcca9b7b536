"""An order's page that can be asked to cancel, in the manner of Oscar's own `do_reorder`."""

from django.contrib import messages
from django.shortcuts import redirect
from oscar.apps.customer.views import OrderDetailView


class CancellingOrderView(OrderDetailView):
    """Adds `action=cancel` to what an order's page can be asked."""

    def do_cancel(self, order):  # noqa: ANN001, ANN201 (Oscar's signature)
        """Move the order to the status `Cancelled`, where its pipeline has that way."""
        if "Cancelled" in order.available_statuses():
            order.set_status("Cancelled")
            messages.success(self.request, f"Order {order.number} has been cancelled.")
        else:
            messages.error(self.request, f"Order {order.number} can no longer be cancelled.")
        self.response = redirect("customer:order", order_number=order.number)
