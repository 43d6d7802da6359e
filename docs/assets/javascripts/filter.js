// The list of all codes, narrowed by what a reader chooses; the choice is kept in the address.
// @ts-check

/** @param {Document} page */
export function offerFilter(page) {
  const form = /** @type {HTMLFormElement | null} */ (page.getElementById("_filter"));
  if (!form) return;
  const rows = /** @type {HTMLElement[]} */ ([...page.querySelectorAll(".ref-table--all .ref-row")]);
  const texts = new Map(rows.map((row) => [row, folded(row.textContent ?? "")]));
  const controls = /** @type {(HTMLInputElement | HTMLSelectElement)[]} */ (
    [...form.elements].filter((element) => "name" in element && element.name)
  );
  const count = form.querySelector(".ref-filter__count");

  const read = () => {
    const asked = new URL(location.href).searchParams;
    for (const control of controls) control.value = asked.get(control.name) ?? "";
  };
  const apply = () => {
    let shown = 0;
    for (const row of rows) {
      const fits = controls.every(({ name, value }) => {
        if (!value) return true;
        if (name !== "text") return row.dataset[name] === value;
        return folded(value).split(/\s+/).every((word) => texts.get(row)?.includes(word));
      });
      row.hidden = !fits;
      if (fits) shown += 1;
    }
    if (count) count.textContent = (form.dataset.shown ?? "").replace("{shown}", String(shown));
  };
  const keep = () => {
    const address = new URL(location.href);
    // In the order of the form, so that one choice has one address.
    for (const { name } of controls) address.searchParams.delete(name);
    for (const { name, value } of controls) if (value) address.searchParams.append(name, value);
    history.replaceState(history.state, "", address);
  };

  form.hidden = false;
  read();
  apply();
  form.addEventListener("input", () => {
    keep();
    apply();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    setTimeout(() => {
      keep();
      apply();
    });
  });
}

/** @param {string} text */
function folded(text) {
  return text.normalize("NFKC").toLowerCase().trim();
}
