"""The store's pages, a module a journey."""

from mock_store.pages.asking import asking
from mock_store.pages.cancelling import cancelling
from mock_store.pages.challenges import challenges
from mock_store.pages.home import home
from mock_store.pages.orders import order, orders
from mock_store.pages.sign_in import sign_in
from mock_store.pages.subscriptions import subscriptions

BLUEPRINTS = (home, sign_in, orders, order, cancelling, asking, subscriptions, challenges)
