// Buttons that copy a text.
// @ts-check

/** How long a button says what it did, in milliseconds. */
const SAYING_TIME = 2000;

/**
 * Shows the copy buttons, which are hidden where no script runs, and makes them work.
 *
 * A button has the text in `data-copy`, and what it says afterwards in `data-copy-done` or
 * `data-copy-failed`.
 *
 * @param {Document} page
 */
export function offerCopying(page) {
  const status = page.createElement("div");
  status.className = "ref-hidden";
  status.setAttribute("role", "status");
  page.body.append(status);
  for (const element of page.querySelectorAll("button[data-copy]")) {
    const button = /** @type {HTMLButtonElement} */ (element);
    const label = button.textContent ?? "";
    let timer = 0;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const done = await copy(button.dataset.copy ?? "");
      const said = (done ? button.dataset.copyDone : button.dataset.copyFailed) ?? "";
      button.textContent = said;
      status.textContent = said;
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        button.textContent = label;
        status.textContent = "";
      }, SAYING_TIME);
    });
  }
}

/**
 * @param {string} text
 * @returns {Promise<boolean>} whether the text is in the clipboard
 */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/**
 * The older way, for pages that are not served over HTTPS and have no clipboard interface.
 *
 * @param {string} text
 * @returns {boolean}
 */
function copyBySelection(text) {
  const before = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "ref-hidden";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}
