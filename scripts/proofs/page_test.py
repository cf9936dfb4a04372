"""Looks at the pages of the demo in headless Chromium: what they show, in light and dark and on a phone; that they load
nothing from elsewhere and log no error; and, by axe-core, that names, roles and contrast are as they should be.

With SCREENSHOTS=FOLDER, pictures go there."""

import os
import sys
import urllib.parse

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from lib.checks import check, finish
from lib.koreai import Simulator

BASE = os.environ["DEMO_URL"]
PLATFORM = Simulator(os.environ["DEMO_PLATFORM"])
PICTURES = os.environ.get("SCREENSHOTS")
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
TIMEOUT = 60_000
# What is done to the platform, and what the overview shows of it then.
STORIES = [
    ("bots/retail/train", {"engine": "faq", "takes": "1s", "outcome": "failed"}, ".bot.failed .status.failed"),
    ("faults", {"fault": {"kind": "unauthorized"}, "match": {"bot": "insurance"}}, ".bot.unreachable .failure"),
    ("bots/telco/drift", {"state": "published", "components": ["sentences", "traits"]}, ".bot.drifting .drift time"),
    ("bots/travel/train", {"state": "published"}, ".status.active + .bar"),
    ("bots/banking/export", {"takes": "1h"}, ".bar progress[aria-label='Export progress']"),
]
URGENCY = ["Failed", "Polls fail", "Out of sync", "Unknown", "Running", "Fine"]


def bring_about(browser):
    """The page is left open: it has to find all of this by itself."""
    page = browser.new_page()
    page.goto(BASE + "/")
    page.evaluate("document.querySelector('h1').dataset.old = 'yes'")
    for path, body, _ in STORIES:
        PLATFORM.post(path, body)
    for path, _, shown in STORIES:
        page.wait_for_selector(shown, timeout=TIMEOUT)
        check(f"after {path} the page brings itself up to date and shows {shown}", True)
    page.wait_for_selector("article.bot figure.runs rect", timeout=TIMEOUT)
    check("and has runs in its charts", page.locator("h1[data-old]").count() == 0)
    page.close()


def look(browser, scheme, size):
    context = browser.new_context(color_scheme=scheme, viewport=SIZES[size], reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(TIMEOUT)
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
    overview(page, name)
    for bot in ("retail", "telco"):
        page.goto(BASE + "/")
        page.get_by_role("link", name=bot, exact=True).click()
        page.wait_for_selector("h2:has-text('History')")
        one_bot(page, f"{name}: {bot}")
        accessible(page, f"{name}: {bot}")
        fits(page, f"{name}: {bot}")
        picture(page, f"{scheme}-{size}-{bot}")
    check(f"{name}: no error on the console", not troubles, troubles)
    check(f"{name}: nothing from elsewhere", not strangers, strangers)
    context.close()


def overview(page, name):
    bots = page.locator("article.bot")
    check(f"{name}: six bots", bots.count() == 6, bots.count())
    order = page.locator("article.bot h2 .badge").all_inner_texts()
    check(f"{name}: those that need attention first", order == sorted(order, key=URGENCY.index), order)
    for _, _, shown in STORIES:
        check(f"{name}: {shown}", page.locator(shown).first.is_visible())
    banking = page.locator("article.bot", has=page.get_by_role("link", name="banking", exact=True))
    check(f"{name}: engines are columns", banking.locator("thead th").all_inner_texts()
          == ["Model", "ML training", "FAQ training"], banking.locator("thead th").all_inner_texts())
    models = [text.split() for text in banking.locator("tbody th").all_inner_texts()]
    check(f"{name}: languages and states are rows", models == [
        ["en", "configured"], ["en", "published"], ["de", "configured"], ["de", "published"], ["Export"], ["Publish"]],
          models)
    check(f"{name}: each target has a status",
          all(banking.locator(".target .status").all_inner_texts()) and banking.locator(".target").count() == 10)
    names = page.locator("svg.flags rect title").all_text_contents()
    check(f"{name}: each flag says its name", names and all(": " in name for name in names), names[:3])
    check(f"{name}: the age of the data", page.locator(".age").first.inner_text().endswith(" old"))
    check(f"{name}: the budget left", "requests left this minute" in banking.locator(".facts").inner_text())
    check(f"{name}: the advice of an error", "check client_id" in page.locator(".failure").first.inner_text())


def one_bot(page, name):
    for heading in ("Runs", "Components", "History"):
        check(f"{name}: {heading}", page.get_by_role("region", name=heading).or_(
            page.get_by_role("heading", name=heading)).first.is_visible())
    check(f"{name}: its components by name", page.get_by_role("rowheader", name="sentences").count() == 1)


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
    """The page loses neither what is typed nor where the keyboard is."""
    page = browser.new_page()
    page.goto(BASE + "/")
    page.locator("h1").evaluate("(heading) => { heading.dataset.old = 'yes' }")
    page.locator("#q").fill("half a wo")
    page.wait_for_timeout(6000)
    check("the page waits for what is typed", page.locator("h1[data-old]").count() == 1
          and page.locator("#q").input_value() == "half a wo")
    page.get_by_role("link", name="telco", exact=True).focus()
    page.wait_for_selector("h1:not([data-old])", timeout=TIMEOUT)
    check("the keyboard is where it was", page.evaluate("document.activeElement.innerText") == "telco")
    page.context.set_offline(True)
    page.wait_for_selector("#refreshed:has-text('does not answer')", timeout=TIMEOUT)
    check("the page says when the exporter does not answer", page.locator("article.bot").count() == 6)
    page.context.set_offline(False)
    page.wait_for_selector("#refreshed:empty", state="attached", timeout=TIMEOUT)
    check("and when it does again", True)
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
    bring_about(browser)
    for scheme in ("light", "dark"):
        for size in SIZES:
            look(browser, scheme, size)
    keyboard(browser)
    refresh(browser)
    without_script(browser)
    browser.close()
sys.exit(finish())
