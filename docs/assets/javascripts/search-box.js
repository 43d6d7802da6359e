// The search box, beyond the theme's: it follows every way of typing, and never ends in nothing.
// Loaded by search/boot.js when a reader turns to search.
// @ts-check

/** The links of the navigation's groups, without the contents of the page that is shown. */
const SCENARIOS = ".md-nav--primary .md-nav__item--nested a.md-nav__link:not([href^='#'])";

/**
 * Makes the theme's search follow pastes, dictation and input methods.
 *
 * The theme looks at its box when a key is released. So a change without a key is followed by a
 * made-up one, and keys inside an unfinished composition are kept from it.
 *
 * @param {Document} page
 */
export function followTyping(page) {
  const box = page.querySelector("[data-md-component=search-query]");
  if (!box) return;
  const tell = () => box.dispatchEvent(new KeyboardEvent("keyup"));
  box.addEventListener("input", (event) => {
    if (!(/** @type {InputEvent} */ (event).isComposing)) tell();
  });
  box.addEventListener("compositionend", tell);
  window.addEventListener(
    "keyup",
    (event) => {
      if (event.target === box && event.isComposing) event.stopImmediatePropagation();
    },
    { capture: true },
  );
  tell(); // what was pasted before this was loaded
}

/**
 * Where nothing is found, offers the scenarios of the site's navigation.
 *
 * @param {Document} page
 */
export function offerWaysOn(page) {
  const box = /** @type {HTMLInputElement | null} */ (
    page.querySelector("[data-md-component=search-query]")
  );
  const list = page.querySelector(".md-search-result__list");
  const ways = [...page.querySelectorAll(SCENARIOS)];
  if (!box || !list || !ways.length) return;
  const offered = () => list.querySelector("[data-ways-on]");
  const offer = () => {
    if (!list.childElementCount && box.value.trim()) list.append(...ways.map(wayOn));
  };
  new MutationObserver(offer).observe(list, { childList: true });
  const meta = page.querySelector(".md-search-result__meta");
  if (meta) new MutationObserver(offer).observe(meta, { childList: true });
  // Enter goes to the first result; these are none.
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !offered()) return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/**
 * @param {Element} link a link of the navigation
 * @returns {HTMLLIElement}
 */
function wayOn(link) {
  const item = document.createElement("li");
  item.className = "md-search-result__item";
  const way = document.createElement("a");
  way.className = "md-search-result__link ref-way-on";
  way.href = /** @type {HTMLAnchorElement} */ (link).href;
  way.dataset.waysOn = "";
  way.tabIndex = -1;
  way.textContent = (link.textContent ?? "").trim();
  item.append(way);
  return item;
}
