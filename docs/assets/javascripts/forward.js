// From an address without a language on to the reader's. Without it, the page's links are the
// choice; a page that offers several things has no `data-forward` and chooses for nobody.
// @ts-check

(() => {
  /** Where language.js remembers the chosen language. */
  const MEMORY = "errorcatalog.language";

  /** @returns {string[]} the languages that a reader wants, best first */
  function wanted() {
    let remembered = null;
    try {
      remembered = localStorage.getItem(MEMORY);
    } catch {
      // Refused storage remembers nothing.
    }
    return [...(remembered ? [remembered] : []), ...navigator.languages];
  }

  /**
   * @param {string} language a language tag
   * @param {HTMLAnchorElement[]} links
   * @returns {HTMLAnchorElement | undefined} the same language, or another form of it
   */
  function linkFor(language, links) {
    const tag = language.toLowerCase();
    const main = tag.split("-")[0];
    const tagOf = (/** @type {HTMLAnchorElement} */ link) => link.hreflang.toLowerCase();
    return (
      links.find((link) => tagOf(link) === tag) ??
      links.find((link) => tagOf(link).split("-")[0] === main)
    );
  }

  document.addEventListener("DOMContentLoaded", () => {
    const links = [
      .../** @type {NodeListOf<HTMLAnchorElement>} */ (
        document.querySelectorAll("[data-forward] a[data-language]")
      ),
    ];
    const choice = wanted().map((language) => linkFor(language, links)).find(Boolean) ?? links[0];
    // What the address has behind its path goes along, as where a host forwards.
    if (choice) location.replace(choice.href + location.search + location.hash);
  });
})();
