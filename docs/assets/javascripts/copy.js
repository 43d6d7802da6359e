// Buttons that copy: a text, a code's short link, a line for a ticket.
// @ts-check

/** How long a button says what it did, in milliseconds. */
const SAYING_TIME = 2000;

/**
 * What goes into the clipboard: plain text, and the same as HTML where that says more.
 *
 * @typedef {{ text: string, html?: string }} Copied
 */

/**
 * What the buttons beside a code copy, by their `data-copy-kind`.
 *
 * @type {Record<string, (title: string, address: string) => Copied>}
 */
const KINDS = {
  link: (_, address) => ({ text: address }),
  ticket: (title, address) => ({
    text: `${title}: ${address}`,
    html: `<a href="${escaped(address)}">${escaped(title)}</a>`,
  }),
  markdown: (title, address) => ({ text: `[${title.replace(/[\\[\]_*\x60<]/g, "\\$&")}](${address})` }),
};

/**
 * Shows the copy buttons, which are hidden where no script runs, and makes them work.
 *
 * A button has its text in `data-copy`, or the address of a file with it in `data-copy-from`, or
 * in `data-copy-kind` what it copies of the code that its surroundings name by `data-copy-link`
 * and `data-copy-title`. What it says afterwards stands
 * in `data-copy-done` and `data-copy-failed`.
 *
 * @param {Document} page
 */
export function offerCopying(page) {
  const status = page.createElement("div");
  status.className = "ref-hidden";
  status.setAttribute("role", "status");
  page.body.append(status);
  placeTools(page);
  for (const shown of page.querySelectorAll("[data-copy], [data-copy-from], .ref-tools")) {
    /** @type {HTMLElement} */ (shown).hidden = false;
  }
  page.addEventListener("click", async (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const button = /** @type {HTMLButtonElement | null} */ (
      target?.closest("button[data-copy], button[data-copy-from], button[data-copy-kind]") ?? null
    );
    if (!button) return;
    const { copyFrom } = button.dataset;
    const done = copyFrom ? await copyFile(copyFrom) : await copy(wanted(button));
    say(button, status, (done ? button.dataset.copyDone : button.dataset.copyFailed) ?? "");
  });
}

/** @param {Document} page */
function placeTools(page) {
  const tools = /** @type {HTMLTemplateElement | null} */ (page.getElementById("_tools"));
  for (const place of page.querySelectorAll("[data-copy-tools]")) {
    if (tools) place.append(tools.content.cloneNode(true));
    const group = place.querySelector(".ref-tools");
    const title = /** @type {HTMLElement} */ (place).dataset.copyTitle ?? "";
    group?.setAttribute("aria-label", `${group.getAttribute("aria-label")}${title}`);
  }
  for (const element of page.querySelectorAll("a[data-address]")) {
    const link = /** @type {HTMLAnchorElement} */ (element);
    link.textContent = link.href.replace(/^https?:\/\//, "");
  }
}

/**
 * @param {HTMLButtonElement} button
 * @returns {Copied}
 */
function wanted(button) {
  const kind = KINDS[button.dataset.copyKind ?? ""];
  const place = /** @type {HTMLElement | null} */ (button.closest("[data-copy-link]"));
  if (!kind || !place) return { text: button.dataset.copy ?? "" };
  const address = new URL(place.dataset.copyLink ?? "", location.href).href;
  return kind(place.dataset.copyTitle ?? "", address);
}

/** @type {WeakMap<HTMLButtonElement, { label: string, timer: number }>} */
const saying = new WeakMap();

/**
 * @param {HTMLButtonElement} button
 * @param {Element} status
 * @param {string} said
 */
function say(button, status, said) {
  const before = saying.get(button);
  if (before) clearTimeout(before.timer);
  const label = before?.label ?? button.textContent ?? "";
  button.textContent = said;
  status.textContent = said;
  const timer = window.setTimeout(() => {
    button.textContent = label;
    status.textContent = "";
    saying.delete(button);
  }, SAYING_TIME);
  saying.set(button, { label, timer });
}

/**
 * @param {Copied} copied
 * @returns {Promise<boolean>} whether it is in the clipboard
 */
async function copy({ text, html }) {
  try {
    if (!html) await navigator.clipboard.writeText(text);
    else {
      const blob = (/** @type {string} */ type, /** @type {string} */ part) =>
        new Blob([part], { type });
      const item = new ClipboardItem({
        "text/plain": blob("text/plain", text),
        "text/html": blob("text/html", html),
      });
      await navigator.clipboard.write([item]);
    }
    return true;
  } catch {
    return copyBySelection(text, html);
  }
}

/**
 * Copies a file's text. The clipboard takes the promise of a text: once a file has been waited
 * for, a browser no longer counts the click that asked for it.
 *
 * @param {string} address
 * @returns {Promise<boolean>} whether it is in the clipboard
 */
async function copyFile(address) {
  const text = fetch(address).then((answer) => {
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.text();
  });
  try {
    const blob = text.then((part) => new Blob([part], { type: "text/plain" }));
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    return true;
  } catch {
    return text.then((part) => copy({ text: part })).catch(() => false);
  }
}

/**
 * The older way, for pages that are not served over HTTPS and have no clipboard interface.
 *
 * @param {string} text
 * @param {string} [html]
 * @returns {boolean}
 */
function copyBySelection(text, html) {
  const before = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "ref-hidden";
  document.body.append(area);
  area.select();
  const fill = (/** @type {ClipboardEvent} */ event) => {
    event.clipboardData?.setData("text/plain", text);
    if (html) event.clipboardData?.setData("text/html", html);
    event.preventDefault();
  };
  document.addEventListener("copy", fill);
  const done = document.execCommand("copy");
  document.removeEventListener("copy", fill);
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
}
