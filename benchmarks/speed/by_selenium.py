"""Selenium with ChromeDriver. It knows no contexts: one profile, signed in once by its cookies."""

from __future__ import annotations

import shlex
import sys
from urllib.parse import urljoin

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support import expected_conditions
from selenium.webdriver.support.wait import WebDriverWait

from benchmarks.speed.turns import ORDERS, Errand, details_link, errand, take_turns

_PATIENCE = 15


def with_a_tab(told: Errand) -> str:
    """The browser as a script: ChromeDriver waits for a tab, and a headless shell opens none."""
    script = told.folder / "browser"
    script.write_text(f'#!/bin/sh\nexec {shlex.quote(told.browser)} "$@" about:blank\n')
    script.chmod(0o700)
    return str(script)


def start(told: Errand, driver: str) -> webdriver.Chrome:
    options = webdriver.ChromeOptions()
    options.binary_location = with_a_tab(told)
    profile = f"--user-data-dir={told.folder / 'profile'}"
    for argument in ("--headless", "--window-size=1280,900", profile, *told.arguments):
        options.add_argument(argument)
    service = webdriver.ChromeService(driver, log_output=str(told.folder / "driver.log"))
    browser = webdriver.Chrome(options, service)
    browser.get(told.url)  # cookies are taken on a page of their own store only
    for one in told.cookies:
        browser.add_cookie({name: one[name] for name in ("name", "value", "path", "httpOnly")})
    return browser


def click(browser: webdriver.Chrome, selector: str) -> None:
    ready = expected_conditions.element_to_be_clickable((By.CSS_SELECTOR, selector))
    WebDriverWait(browser, _PATIENCE, poll_frequency=0.02).until(ready).click()


def shortest(browser: webdriver.Chrome, told: Errand, number: str) -> None:
    browser.get(urljoin(told.url, ORDERS))
    click(browser, details_link(number))
    click(browser, "#orderDetails a[href*='/cancel-items']")
    click(browser, "#cancel-items-form input[type=checkbox]")
    click(browser, "#cancel-items-form button[type=submit]")
    there = expected_conditions.presence_of_element_located((By.ID, "cancel-summary"))
    WebDriverWait(browser, _PATIENCE, poll_frequency=0.02).until(there)


def main() -> None:
    told = errand(sys.argv[1])
    browser = start(told, sys.argv[2])
    take_turns(lambda number: shortest(browser, told, number))
    browser.quit()


if __name__ == "__main__":
    main()
