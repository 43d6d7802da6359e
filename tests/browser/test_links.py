"""Links for tickets, in a real browser: permalinks, spellings, wrong addresses, copying."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser.conftest import REPOSITORY, Watched
from errorcatalog.model import Catalog
from support import Site, serve

HOMES = {"zh-TW": "zh-TW", "en-US": "en"}
DOUBLES = ("1004", "1904", "URL_NOT_FOUND")


@pytest.fixture(scope="module", params=["/", "/codes/"], ids=["root", "sub-path"])
def permalinks(
    request: pytest.FixtureRequest, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The permalinks of the real site with their script, before pages that only have an address.

    Hundreds of pages are opened: where a permalink leads is the point, not what is shown there.
    """
    folder = tmp_path_factory.mktemp("permalinks")
    for address in site.pages:
        path = folder / f"{address}index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        if address.startswith(tuple(HOMES.values())):
            path.write_text("<!doctype html><title>A page</title>", encoding="utf-8")
        elif not address.endswith(".html"):
            shutil.copy2(site.folder / f"{address}index.html", path)
    shutil.copytree(site.folder / "assets/javascripts", folder / "assets/javascripts")
    with serve(folder, mount=request.param) as url:
        yield url


# Opens addresses in frames, a few at a time, and tells where each ended and what it shows there.
# In a frame whose sandbox allows no scripts, a page is as a reader without scripts has it.
VISIT = """
async ([base, codes, sandbox]) => {
  const ended = {};
  const visit = async (code) => {
    const frame = document.createElement("iframe");
    if (sandbox) frame.sandbox = "allow-same-origin";
    frame.src = `${base}${code}/`;
    document.body.append(frame);
    await new Promise((done) => {
      let timer = 0;
      frame.addEventListener("load", () => {
        clearTimeout(timer);
        timer = setTimeout(done, 150);
      });
    });
    const shown = frame.contentDocument;
    const links = [...shown.querySelectorAll("a[data-language]")];
    ended[code] = {
      url: frame.contentWindow.location.href,
      text: shown.body.textContent,
      links: links.map((link) => link.getAttribute("href")),
    };
    frame.remove();
  };
  const queue = [...codes];
  const work = async () => { while (queue.length) await visit(queue.shift()); };
  await Promise.all(Array.from({ length: 12 }, work));
  return ended;
}
"""


@pytest.mark.parametrize("language", HOMES)
def test_a_permalink_opens_in_the_readers_language(
    browser: Browser, permalinks: str, catalog: Catalog, language: str
) -> None:
    context = browser.new_context(locale=language)
    page = context.new_page()
    page.goto(f"{permalinks}{HOMES[language]}/")
    scenarios = {code.code: scenario.id for scenario, code in catalog.records()}
    assert len(scenarios) == 139
    ended = page.evaluate(VISIT, [permalinks, list(scenarios), False])
    for code, scenario in scenarios.items():
        if code in DOUBLES:
            assert ended[code]["url"] == f"{permalinks}{code}/"
            assert len(ended[code]["links"]) == 4
        else:
            target = f"{permalinks}{HOMES[language]}/{scenario}/{code}/"
            assert ended[code]["url"] == target
    context.close()


def test_without_scripts_a_permalink_answers_itself(
    context: BrowserContext, permalinks: str, catalog: Catalog
) -> None:
    page = context.new_page()
    page.goto(f"{permalinks}en/")
    codes = list({code.code: None for _, code in catalog.records()})
    ended = page.evaluate(VISIT, [permalinks, codes, True])
    for scenario, code in catalog.records():
        shown = ended[code.code]
        assert shown["url"] == f"{permalinks}{code.code}/"
        assert code.message in shown["text"]
        for locale in ("zh-TW", "en"):
            assert code.description[locale] in shown["text"]
            assert f"../{locale}/{scenario.id}/{code.code}/" in shown["links"]


@pytest.mark.parametrize(
    ("spelling", "target"),
    [
        ("url_not_found", "URL_NOT_FOUND/"),
        ("URL-NOT-FOUND", "URL_NOT_FOUND/"),
        ("access-denied", "en/connect/ACCESS_DENIED/"),
        ("SLP-4454", "en/payment/4454/"),
        ("slp-4454", "en/payment/4454/"),
        ("SLP-ACCESS-DENIED", "en/connect/ACCESS_DENIED/"),
        ("onboarding/1004", "en/onboarding/1004/"),
        ("order/1004", "en/order/1004/"),
        ("payment", "en/payment/"),
        # Not a file of the site: the page for wrong addresses sends it on.
        ("Access_Denied", "en/connect/ACCESS_DENIED/"),
        ("Slp-4454", "en/payment/4454/"),
    ],
)
def test_every_spelling_leads_to_the_same_place(
    context: BrowserContext, anywhere: str, spelling: str, target: str
) -> None:
    page = context.new_page()
    page.goto(f"{anywhere}{spelling}/")
    if target.startswith("URL"):
        expect(page.locator("h1")).to_have_text("URL_NOT_FOUND")
    else:
        expect(page).to_have_url(anywhere + target)


def test_back_from_a_permalink_does_not_trap(page: Page, address: str) -> None:
    page.goto(f"{address}en/about/")
    page.goto(f"{address}4454/")
    expect(page).to_have_url(f"{address}en/payment/4454/")
    page.go_back()
    expect(page).to_have_url(f"{address}en/about/")


def test_the_language_chosen_last_decides(page: Page, address: str) -> None:
    page.goto(f"{address}en/payment/4454/")
    page.get_by_role("button", name="Select language").hover()
    page.get_by_role("link", name="繁體中文").click()
    expect(page).to_have_url(f"{address}zh-TW/payment/4454/")
    page.goto(f"{address}4452/")
    expect(page).to_have_url(f"{address}zh-TW/payment/4452/")


WRONG = {
    "9999/": "9999",
    "4470/": "4470",
    "en/payment/9999/": "9999",
    "zh-TW/4453x/": "4453x",
    "payment/1/": "1",
    "SLP-4999/": "4999",
    "ACCES_DENIED/": "ACCES_DENIED",
    "a/b/c/d/4999": "4999",
    "%3Cimg%20src=x%20onerror=alert(1)%3E/": None,
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_address_is_told_what_it_may_have_meant(
    context: BrowserContext, anywhere: str, wrong: str
) -> None:
    page = context.new_page()
    watched = Watched()
    watched.watch(page)
    page.goto(anywhere + wrong)
    code = WRONG[wrong]
    for language, said in (("zh-TW", "本站沒有收錄代碼"), ("en", "There is no code")):
        section = page.locator(f"section[lang={language}]")
        about = section.locator("[data-about-code]")
        if code is None:
            expect(about).to_be_hidden()
            continue
        expect(about).to_be_visible()
        expect(about).to_contain_text(said)
        expect(about).to_contain_text(code)
        expect(section.locator("input")).to_have_value(code)
        assert about.locator("[data-search]").evaluate("link => link.href") == (
            f"{anywhere}{language}/?q={code}"
        )
    assert page.locator("main img").count() == 0
    assert not watched.faults


@pytest.mark.parametrize(
    ("wrong", "target"),
    [
        ("en/4454/", "en/payment/4454/"),
        ("zh-tw/payment/4454/", "zh-TW/payment/4454/"),
        ("EN/payment/4454/", "en/payment/4454/"),
        ("en/payment/SLP-4454/", "en/payment/4454/"),
        ("en/onboarding/url_not_found/", "en/onboarding/URL_NOT_FOUND/"),
        ("en/payment/4454/deeper/", "en/payment/4454/"),
        ("4454.", "en/payment/4454/"),
        ("4454，", "en/payment/4454/"),
        ("4454/。", "en/payment/4454/"),
        ("4454/，請看說明", "en/payment/4454/"),
        ("4454)/", "en/payment/4454/"),
        ("4454%20", "en/payment/4454/"),
        ("4454/%E2%80%8B", "en/payment/4454/"),
        ("SLP%E2%80%914454/", "en/payment/4454/"),
        ("nothing/here/4454", "en/payment/4454/"),
    ],
)
def test_a_code_in_a_wrong_address_is_gone_to(
    page: Page, anywhere: str, wrong: str, target: str
) -> None:
    page.goto(f"{anywhere}{wrong}")
    expect(page).to_have_url(anywhere + target)


@pytest.mark.parametrize("wrong", ["refund/4454/", "en/refund/4454/", "en/1004/"])
def test_where_a_known_code_is_is_said_if_its_address_leads_to_none(
    page: Page, address: str, wrong: str
) -> None:
    page.goto(f"{address}{wrong}")
    section = page.locator("section[lang=en]")
    expect(section.locator("[data-here]")).to_be_visible()
    expect(section).not_to_contain_text("There is no code")
    expect(section.locator("[data-report]")).to_be_hidden()
    code = wrong.strip("/").split("/")[-1]
    assert set(section.locator(".ref-codes .ref-code").all_text_contents()) == {code}
    section.locator(".ref-codes a").first.click()
    expect(page.locator("h1")).to_contain_text(code)


@pytest.mark.parametrize(
    ("short", "target"),
    [
        ("?q=4454", "en/?q=4454"),
        ("payment/#4454", "en/payment/#4454"),
        ("4454/?x=1#message", "en/payment/4454/?x=1#message"),
    ],
)
def test_what_follows_a_short_address_goes_along(
    page: Page, address: str, short: str, target: str
) -> None:
    page.goto(address + short)
    expect(page).to_have_url(address + target)


def test_a_missing_number_is_placed_among_its_neighbours(page: Page, address: str) -> None:
    page.goto(f"{address}4470/")
    section = page.locator("section[lang=en]")
    expect(section.locator("[data-range] a")).to_have_text("Payment")
    nearest = section.locator(".ref-codes .ref-code")
    expect(nearest.first).to_be_visible()
    assert set(nearest.all_text_contents()) <= {"4460", "4465", "4466", "4467", "4468", "4450"}
    section.locator(".ref-codes a").first.click()
    expect(page.locator("h1")).to_contain_text("446")


@pytest.mark.parametrize("language", ["zh-TW", "en"])
def test_a_missing_code_is_reported_with_the_code_filled_in(
    page: Page, address: str, language: str
) -> None:
    page.goto(f"{address}en/payment/9999/?a=b&c")
    report = page.locator(f"section[lang={language}] [data-report]")
    expect(report).to_be_visible()
    found = str(report.evaluate("link => link.href"))
    assert found.startswith(f"{REPOSITORY}/issues/new?")
    asked = parse_qs(urlsplit(found).query, strict_parsing=True)
    assert asked == {"title": ["9999"], "body": [f"{address}en/payment/9999/?a=b&c"]}


@pytest.mark.parametrize("kind", ["", "codes/", "payment/", "payment/4454/", "about/"])
def test_the_links_below_a_page_end_it_and_are_not_printed(
    page: Page, address: str, kind: str
) -> None:
    page.goto(f"{address}en/{kind}")
    edit, report = page.locator(".ref-page-foot a").all()
    edit.focus()
    page.keyboard.press("Tab")
    expect(report).to_be_focused()
    last = "() => [...document.querySelectorAll('main a[href]:not([hidden])')].at(-1)"
    assert page.evaluate(f"document.activeElement === ({last})()")
    for link in (edit, report):
        assert (link.bounding_box() or {"height": 0})["height"] >= 24
    page.emulate_media(media="print")
    expect(edit).to_be_hidden()
    expect(report).to_be_hidden()


@pytest.fixture
def copying(context: BrowserContext) -> BrowserContext:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    return context


READ_RICH = """async () => {
  const [item] = await navigator.clipboard.read();
  const read = async (type) => (await item.getType(type)).text();
  return [await read("text/plain"), await read("text/html")];
}"""


@pytest.mark.parametrize("place", ["zh-TW/payment/4454/", "zh-TW/payment/"])
def test_a_code_is_copied_for_a_ticket(
    copying: BrowserContext, page: Page, anywhere: str, place: str
) -> None:
    page.goto(anywhere + place)
    tools = page.locator("[data-copy-title^='4454 ']")
    status = page.get_by_role("status")
    short = f"{anywhere}4454/"
    tools.get_by_role("button", name="複製連結").focus()
    page.keyboard.press("Enter")
    expect(status).to_have_text("已複製連結")
    assert page.evaluate("navigator.clipboard.readText()") == short
    tools.get_by_role("button", name="複製工單文字").focus()
    page.keyboard.press("Enter")
    expect(status).to_have_text("已複製工單文字")
    text, html = page.evaluate(READ_RICH)
    assert text == f"4454 交易卡餘額不足: {short}"
    assert f'<a href="{short}">4454 交易卡餘額不足</a>' in html
    tools.get_by_role("button", name="複製 Markdown 連結").focus()
    page.keyboard.press("Space")
    expect(status).to_have_text("已複製 Markdown 連結")
    assert page.evaluate("navigator.clipboard.readText()") == f"[4454 交易卡餘額不足]({short})"


def test_one_of_two_scenarios_is_linked_by_its_own_address(
    copying: BrowserContext, page: Page, address: str
) -> None:
    page.goto(f"{address}en/onboarding/1004/")
    page.get_by_role("button", name="Copy: Link").click()
    expect(page.get_by_role("status")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}onboarding/1004/"


def test_a_refused_clipboard_still_copies_the_line(page: Page, address: str) -> None:
    page.goto(f"{address}en/payment/4454/")
    page.evaluate("""() => {
      navigator.clipboard.write = () => Promise.reject(Error("refused"));
      document.execCommand = new Proxy(document.execCommand, {
        apply: () => {
          const event = new ClipboardEvent("copy", { clipboardData: new DataTransfer() });
          document.dispatchEvent(event);
          window.plain = event.clipboardData.getData("text/plain");
          return true;
        },
      });
    }""")
    page.get_by_role("button", name="Copy: Ticket line").click()
    expect(page.get_by_role("status")).to_have_text("Ticket line copied")
    heading = "4454 The card does not have enough balance"
    assert page.evaluate("window.plain") == f"{heading}: {address}4454/"


@pytest.mark.parametrize("clipboard", ["modern", "without promises", "without HTTPS"])
def test_a_page_is_copied_as_markdown(
    copying: BrowserContext, page: Page, anywhere: str, clipboard: str
) -> None:
    if clipboard == "without promises":
        page.add_init_script("delete window.ClipboardItem")
    elif clipboard == "without HTTPS":
        page.add_init_script("delete Navigator.prototype.clipboard")
    page.goto(f"{anywhere}zh-TW/payment/4454/")
    page.get_by_role("button", name="複製整頁 Markdown").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("已複製整頁")
    page.goto(f"{anywhere}en/")
    box = page.get_by_role("searchbox").first
    text = page.request.get(f"{anywhere}zh-TW/payment/4454/index.md").text()
    if clipboard == "without HTTPS":
        box.focus()
        page.keyboard.press("ControlOrMeta+V")
        assert box.input_value().startswith("# 4454 交易卡餘額不足")
    else:
        assert page.evaluate("navigator.clipboard.readText()") == text


def test_a_page_that_cannot_be_fetched_is_said_not_to_be_copied(
    copying: BrowserContext, page: Page, address: str
) -> None:
    page.route("**/index.md", lambda route: route.fulfill(status=404, body="none"))
    page.goto(f"{address}en/payment/4454/")
    page.get_by_role("button", name="Copy page as Markdown").click()
    expect(page.get_by_role("status")).to_have_text("Could not copy; select the text instead")
