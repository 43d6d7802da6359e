// The search box, beyond the theme's: it follows every way of typing, and never ends in nothing.
// Loaded by search/boot.js when a reader turns to search.
// @ts-check

/** The links of the navigation's groups, without the contents of the page that is shown. */
const SCENARIOS = ".md-nav--primary .md-nav__item--nested a.md-nav__link:not([href^='#'])";
/** Hosts and browsers take longer addresses, but not all of them. */
const LONGEST_ADDRESS = 1500;

/**
 * @typedef {object} Search
 * @property {HTMLInputElement} box
 * @property {EventTarget} answers tells of each answer, and of a failure to load
 * @property {() => void} wake loads search again
 * @property {string} base the address of the locale's home
 * @property {(query: string) => void} keepQuery remembers it, so that going back shows it again
 * @property {DOMStringMap} texts what the box says, in the page's language
 */

/**
 * What the worker says of an answer.
 *
 * @typedef {object} Answered
 * @property {string} query
 * @property {string} first where Enter goes, "" if nothing was found
 * @property {number} total how many results there are
 * @property {number} shown how many of them the box has
 * @property {string[]} unknown codes in the query that are not in the catalog
 * @property {{ location: string, code: string, heading: string }[]} nearest what comes near
 */

/**
 * @param {Search} search
 */
export function followBox(search) {
  // The theme does not announce how many results there are.
  document.querySelector(".md-search-result__meta")?.setAttribute("role", "status");
  followTyping(search.box);
  followLinks(search);
  showNotes(search);
}

/**
 * Makes the theme's search follow pastes, dictation, input methods, and the button that clears.
 *
 * The theme looks at its box when a key is released. So a change without a key is followed by a
 * made-up one, and keys inside an unfinished composition are kept from it.
 *
 * @param {HTMLInputElement} box
 */
function followTyping(box) {
  const tell = () => box.dispatchEvent(new KeyboardEvent("keyup"));
  box.addEventListener("input", (event) => {
    if (!(/** @type {InputEvent} */ (event).isComposing)) tell();
  });
  box.addEventListener("compositionend", tell);
  box.form?.addEventListener("reset", () => setTimeout(tell));
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
 * Remembers what was searched for when a result is opened.
 *
 * @param {Search} search
 */
function followLinks({ box, keepQuery }) {
  // After the theme, which closes search at a click, and then forgets the query of the address.
  window.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest(".md-search-result a[href]");
    const isPlain = !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (link && isPlain) keepQuery(box.value);
  });
}

/**
 * Says below the count what the theme does not: what comes near if nothing is found, how much more
 * there is, and that search could not be loaded.
 *
 * @param {Search} search
 */
function showNotes(search) {
  const { box, answers, base, texts } = search;
  const list = document.querySelector(".md-search-result__list");
  if (!list) return;
  const note = document.createElement("p");
  note.className = "ref-search-note";
  note.setAttribute("role", "status");
  list.before(note);
  const say = (/** @type {(string | Element)[]} */ ...parts) => note.replaceChildren(...parts);
  /** @type {Answered | undefined} */
  let last;
  // The theme empties its list when it shows an answer, before or after we hear of it.
  const offer = () => {
    if (!last || last.query !== box.value || !last.query.trim()) return;
    if (!last.total && !list.childElementCount) list.append(...waysOn(last));
  };
  new MutationObserver(offer).observe(list, { childList: true });
  answers.addEventListener("answered", (event) => {
    last = /** @type {CustomEvent<Answered>} */ (event).detail;
    say(...notesOn(last, base, texts));
    offer();
  });
  answers.addEventListener("failed", () => say(...failure(search, say)));
}

/**
 * @param {Answered} answered
 * @param {string} base
 * @param {DOMStringMap} texts
 * @returns {(string | Element)[]}
 */
function notesOn({ query, total, shown, unknown, nearest }, base, texts) {
  if (!query.trim()) return [];
  if (total > shown) {
    const text = filled(texts.more, { total: String(total) });
    const search = new URLSearchParams({ text: query }).toString();
    return search.length > LONGEST_ADDRESS ? [text] : [linkTo(`${base}codes/?${search}`, text)];
  }
  const missing = unknown.length ? [filled(texts.unknown, { code: unknown.join(", ") })] : [];
  return !total && nearest.length ? [...missing, " ", texts.near ?? ""] : missing;
}

/**
 * The nearest codes or, if there are none, the scenarios of the site's navigation.
 *
 * @param {Answered} answered
 * @returns {HTMLLIElement[]}
 */
function waysOn({ nearest }) {
  if (nearest.length) {
    return nearest.map(({ location, code, heading }) => wayOn(location, `${code} ${heading}`));
  }
  const scenarios = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(SCENARIOS));
  return [...scenarios].map((link) => wayOn(link.href, (link.textContent ?? "").trim()));
}

/**
 * @param {Search} search
 * @param {() => void} clear
 * @returns {(string | Element)[]}
 */
function failure({ box, wake, base, texts }, clear) {
  const again = document.createElement("button");
  again.type = "button";
  again.className = "ref-button";
  again.textContent = texts.retry ?? "";
  again.addEventListener("click", () => {
    clear();
    wake();
    box.focus();
  });
  return [texts.failed ?? "", " ", again, " ", linkTo(`${base}codes/`, texts.browse ?? "")];
}

/**
 * A result that is none: Enter does not go there.
 *
 * @param {string} href
 * @param {string} text
 * @returns {HTMLLIElement}
 */
function wayOn(href, text) {
  const item = document.createElement("li");
  item.className = "md-search-result__item";
  const way = linkTo(href, text);
  way.className = "md-search-result__link ref-way-on";
  way.dataset.waysOn = "";
  way.tabIndex = -1;
  item.append(way);
  return item;
}

/**
 * @param {string} href
 * @param {string} text
 */
function linkTo(href, text) {
  const link = document.createElement("a");
  link.href = href;
  link.textContent = text;
  return link;
}

/**
 * @param {string | undefined} text
 * @param {Record<string, string>} values
 */
function filled(text, values) {
  return (text ?? "").replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
