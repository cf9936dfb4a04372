"""Looks at the pages of the demo in headless Chromium: what they show, in light and dark and on a phone; that they load
nothing from elsewhere and log no error; and, by axe-core, that names, roles and contrast are as they should be.

With SCREENSHOTS=FOLDER, pictures go there."""

import os
import urllib.parse

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

BASE = os.environ["DEMO_URL"]
PICTURES = os.environ.get("SCREENSHOTS")
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
PATIENCE = 30_000

failures = []


def check(what, holds, found=""):
    print(("ok      " if holds else "FAILED  ") + what + ("" if holds else f": {found!r}"))
    if not holds:
        failures.append(what)


def look(browser, scheme, size):
    context = browser.new_context(color_scheme=scheme, viewport=SIZES[size], reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    troubles, strangers = [], []
    page.on("console", lambda message: troubles.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda request: strangers.append(request.url) if not request.url.startswith(BASE) else None)
    name = f"{scheme}, {size}"
    for path in ("/", "/?show=drifting", "/?q=nonsense"):
        page.goto(BASE + path)
        accessible(page, f"{name}: {path}")
        fits(page, f"{name}: {path}")
        picture(page, f"{scheme}-{size}-{'overview' if path == '/' else path.strip('/?').replace('=', '-')}")
    page.goto(BASE + "/")
    bots = page.locator("article.bot")
    check(f"{name}: six bots", bots.count() == 6, bots.count())
    order = page.locator("article.bot h2 .badge").all_inner_texts()
    urgency = ["Failed", "Polls fail", "Out of sync", "Unknown", "Running", "Fine"]
    check(f"{name}: those that need attention first", order == sorted(order, key=urgency.index), order)
    check(f"{name}: each flag says its name", page.locator("svg.flags rect title").first.text_content() != "")
    page.locator("article.bot h2 a").first.click()
    page.wait_for_selector("h2:has-text('History')")
    accessible(page, f"{name}: a bot")
    fits(page, f"{name}: a bot")
    picture(page, f"{scheme}-{size}-bot")
    check(f"{name}: no error on the console", not troubles, troubles)
    check(f"{name}: nothing from elsewhere", not strangers, strangers)
    context.close()


def accessible(page, name):
    report = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]})
    found = [(item["id"], [node["html"][:120] for node in item["nodes"]][:3]) for item in report.response["violations"]]
    check(f"{name}: axe-core objects to nothing", not found, found)


def fits(page, name):
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    check(f"{name}: is not wider than the window", wide <= 0, wide)


def picture(page, name):
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


def keyboard(browser):
    page = browser.new_page()
    page.goto(BASE + "/")
    page.keyboard.press("Tab")
    check("the first stop of the keyboard skips to the bots",
          page.evaluate("document.activeElement.getAttribute('href')") == "#main")
    page.locator("#q").fill("no-such-bot")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=no-such-bot**")
    check("a search without a find says so", "No bot fits" in page.locator("main").inner_text())
    page.close()


def refresh(browser):
    page = browser.new_page()
    page.goto(BASE + "/")
    page.evaluate("document.querySelector('h1').dataset.old = 'yes'")
    page.wait_for_selector("h1:not([data-old])", timeout=PATIENCE)
    check("the page brings itself up to date", page.locator("article.bot").count() == 6)
    page.close()


def without_script(browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(BASE + "/")
    check("the page works without JavaScript", page.locator("article.bot").count() == 6)
    name = page.locator("article.bot h2 a").first.inner_text()
    page.goto(BASE + "/bot?name=" + urllib.parse.quote(name, safe=""))
    check("and so does a bot's", page.locator("h1").inner_text().startswith(name))
    context.close()


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    for scheme in ("light", "dark"):
        for size in SIZES:
            look(browser, scheme, size)
    keyboard(browser)
    refresh(browser)
    without_script(browser)
    browser.close()
if failures:
    raise SystemExit(f"{len(failures)} checks failed")
print("all checks passed")
