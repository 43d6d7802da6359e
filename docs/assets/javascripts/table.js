// Tables that stand as blocks on a small screen remain tables where a browser forgets it then.
// In HTML, the roles would say again what the elements say: it does not allow them.
// @ts-check

/**
 * The heads of columns are not seen on a small screen, and keep what they are on a large one.
 *
 * @type {Record<string, string>}
 */
const ROLES = { TABLE: "table", TBODY: "rowgroup", TR: "row", TH: "rowheader", TD: "cell" };

/** @param {Document} page */
export function keepTables(page) {
  const parts = ".ref-table, .ref-table tbody, .ref-table tbody :is(tr, th, td)";
  for (const element of page.querySelectorAll(parts)) {
    element.setAttribute("role", ROLES[element.tagName]);
  }
}
