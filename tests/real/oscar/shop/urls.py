"""Oscar's own addresses; an order's page takes one more action."""

from django.apps import apps
from django.contrib.auth.decorators import login_required
from django.urls import include, path

from shop.views import CancellingOrderView

urlpatterns = [
    path("accounts/orders/<str:order_number>/", login_required(CancellingOrderView.as_view())),
    path("", include(apps.get_app_config("oscar").urls[0])),
]
