// The list of all codes, narrowed by what a reader chooses; the choice is kept in the address.
// @ts-check

/** @typedef {import("./search/engine.js").Engine} Engine */

/** @param {Document} page */
export function offerFilter(page) {
  const form = /** @type {HTMLFormElement | null} */ (page.getElementById("_filter"));
  const body = page.querySelector(".ref-table--all tbody");
  if (!form || !body) return;
  const rows = /** @type {HTMLElement[]} */ ([...body.querySelectorAll(".ref-row")]);
  const controls = /** @type {(HTMLInputElement | HTMLSelectElement)[]} */ (
    [...form.elements].filter((element) => "name" in element && element.name)
  );
  const text = controls.find(({ name }) => name === "text");
  const choices = controls.filter((control) => control !== text);
  const count = form.querySelector(".ref-filter__count");
  /** @type {Promise<Engine> | undefined} */
  let engine;

  const read = () => {
    const asked = new URL(location.href).searchParams;
    for (const control of controls) control.value = asked.get(control.name) ?? "";
  };
  const show = (/** @type {HTMLElement[]} */ found) => {
    const fitting = found.filter((row) => choices.every(({ name, value }) => !value || row.dataset[name] === value));
    const shown = new Set(fitting);
    for (const row of rows) row.hidden = !shown.has(row);
    body.append(...found, ...rows.filter((row) => !found.includes(row)));
    if (count) count.textContent = (form.dataset.shown ?? "").replace("{shown}", String(shown.size));
  };
  const apply = async () => {
    const query = text?.value.trim() ?? "";
    if (!query) {
      show(rows);
      return;
    }
    engine ??= loadEngine(form.dataset.index ?? "");
    const found = rowsOf(rows, await engine, query);
    // Of what was typed meanwhile, only the last is shown.
    if (query === text?.value.trim()) show(found);
  };
  const keep = () => {
    const address = new URL(location.href);
    // In the order of the form, so that one choice has one address.
    for (const { name } of controls) address.searchParams.delete(name);
    for (const { name, value } of controls) if (value) address.searchParams.append(name, value);
    history.replaceState(history.state, "", address);
  };
  const follow = () => {
    keep();
    apply();
  };

  form.hidden = false;
  form.addEventListener("input", follow);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(follow));
  // Also when a browser shows the page again as it was left, but for what was typed.
  window.addEventListener("pageshow", () => {
    read();
    apply();
  });
  read();
  apply();
}

/**
 * The rows that a query finds, in the order of the search box.
 *
 * @param {HTMLElement[]} rows
 * @param {Engine} engine
 * @param {string} query
 */
function rowsOf(rows, engine, query) {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const { meant, others } = engine.ask(query);
  return [...meant, ...others].flatMap((number) => {
    const [scenario, code] = engine.entries[number].location.split("/");
    return byId.get(`${scenario}_${code}`) ?? [];
  });
}

/**
 * @param {string} index the address of the search index
 * @returns {Promise<Engine>}
 */
async function loadEngine(index) {
  const [{ Engine }, response] = await Promise.all([import("./search/engine.js"), fetch(index)]);
  const { docs, config } = await response.json();
  return new Engine(docs, config.understanding);
}
