"""Takes the pictures of docs/pictures from the demo in headless Chromium: the overview and a bot's page, light and dark.

They are small: the window of a laptop, in 64 colours.
"""

import os
import pathlib
import time
import urllib.parse

from PIL import Image
from playwright.sync_api import sync_playwright

from lib.koreai import Simulator
from lib.web import Refused

BASE = os.environ["DEMO_URL"]
PLATFORM = Simulator(os.environ["DEMO_PLATFORM"])
FOLDER = pathlib.Path("docs/pictures")
WINDOW = {"width": 1180, "height": 780}
# What the pictures show, beside what the demo does by itself: (path, body).
STORY = [
    ("bots/banking/train", {"language": "en", "takes": "4m"}),
    ("bots/banking/export", {"takes": "6m"}),
    ("bots/retail/train", {"engine": "faq", "takes": "1s", "outcome": "failed"}),
    ("bots/telco/drift", {"state": "published", "components": ["sentences", "traits"]}),
]
# Long enough for the demo's bots to have a history, and for its credential to be refused.
SECONDS = 75


def take(page, name: str) -> None:
    file = FOLDER / f"{name}.png"
    page.screenshot(path=file)
    with Image.open(file) as picture:
        picture.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(file, optimize=True)
    print(f"{file}: {file.stat().st_size} bytes")


FOLDER.mkdir(parents=True, exist_ok=True)
time.sleep(SECONDS)
for path, body in STORY:
    try:
        PLATFORM.post(path, body)
    except Refused as error:
        # The demo does the same at this moment.
        print(error)
time.sleep(8)
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme, viewport=WINDOW, reduced_motion="reduce")
        page.goto(BASE + "/")
        page.wait_for_selector("article.bot")
        take(page, f"overview-{scheme}")
        page.goto(BASE + "/bot?name=" + urllib.parse.quote("banking"))
        page.wait_for_selector("h2:has-text('History')")
        take(page, f"bot-{scheme}")
        page.close()
    browser.close()
