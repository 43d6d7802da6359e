// The language selector, beyond plain links.
// @ts-check

/** Where the chosen language is remembered; forward.js reads it. */
const MEMORY = "errorcatalog.language";

const SELECTOR_LINKS = "a.md-select__link[hreflang]";

/**
 * Lets the selector lead to the same row, search or filter of the page in another language.
 *
 * @param {Document} page
 */
export function keepPlaceInOtherLanguages(page) {
  const follow = () => {
    for (const element of page.querySelectorAll(SELECTOR_LINKS)) {
      const link = /** @type {HTMLAnchorElement} */ (element);
      link.search = location.search;
      link.hash = location.hash;
    }
  };
  follow();
  // A filter changes the address without an event of its own: look when the links are turned to.
  for (const type of ["hashchange", "focusin", "pointerover", "pointerdown"]) window.addEventListener(type, follow);
}

/**
 * Remembers a language when a reader chooses it.
 *
 * @param {Document} page
 */
export function rememberLanguage(page) {
  page.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const link = target?.closest(SELECTOR_LINKS);
    if (!link) return;
    try {
      localStorage.setItem(MEMORY, link.getAttribute("hreflang") ?? "");
    } catch {
      // A browser that refuses storage asks again next time.
    }
  });
}

/**
 * Where a host has sent a reader from the site's root to the language that the browser asks for,
 * goes on to the one that was chosen here.
 *
 * @param {Document} page
 */
export function returnToRemembered(page) {
  const [arrival] = /** @type {PerformanceNavigationTiming[]} */ (
    performance.getEntriesByType("navigation")
  );
  const atHome = location.pathname.endsWith(`/${page.documentElement.lang}/`);
  if (!atHome || !arrival?.redirectCount) return;
  let remembered = null;
  try {
    remembered = localStorage.getItem(MEMORY);
  } catch {
    // Refused storage remembers nothing.
  }
  if (!remembered || remembered === page.documentElement.lang) return;
  for (const element of page.querySelectorAll(SELECTOR_LINKS)) {
    const link = /** @type {HTMLAnchorElement} */ (element);
    if (link.hreflang === remembered) location.replace(link.pathname + location.search + location.hash);
  }
}
