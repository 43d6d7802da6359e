// The forms for looking up a code: they search in place. Without scripts they are sent.
// @ts-check

/** Hosts and browsers take longer addresses, but not all of them. */
const LONGEST_ADDRESS = 1500;

/** @param {Document} page */
export function lookUpInPlace(page) {
  const box = /** @type {HTMLInputElement | null} */ (
    page.querySelector("[data-md-component=search-query]")
  );
  page.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const asked = form.matches(".ref-lookup") && new FormData(form).get("q");
    if (!box || typeof asked !== "string" || !asked.trim()) return;
    event.preventDefault();
    const search = new URLSearchParams({ q: asked }).toString();
    const isLong = search.length > LONGEST_ADDRESS;
    if (form.closest("[lang]")?.getAttribute("lang") !== page.documentElement.lang) {
      // What follows "#" is never sent to a host, which may refuse long addresses.
      location.assign(`${form.action}${isLong ? "#" : ""}?${search}`);
      return;
    }
    if (!isLong) history.replaceState(history.state, "", `?${search}`);
    box.value = asked;
    box.focus();
    box.dispatchEvent(new KeyboardEvent("keyup"));
  });
}
