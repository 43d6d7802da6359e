// On the page for wrong addresses: reads the address, and says what it may have meant.
// @ts-check

import { Engine } from "./search/engine.js";
import { unescaped } from "./search/transport.js";

/** @typedef {import("./search/engine.js").Entry} Entry */

const NEAREST = 4;
const NAME = /[a-z0-9](?:[\w.-]{0,58}[a-z0-9])?/i;

const page = /** @type {HTMLElement | null} */ (document.querySelector(".ref-not-found"));
if (page) answer(page);

/** @param {HTMLElement} root */
async function answer(root) {
  const base = root.dataset.base ?? "/";
  const path = unescaped(location.pathname.slice(base.length));
  const sections = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("section[data-home]")]);
  const first = path.split("/")[0].toLowerCase();
  const asked = sections.find(({ lang }) => lang.toLowerCase() === first);
  for (const section of asked ? [asked, ...sections.filter((other) => other !== asked)] : sections) {
    const home = section.dataset.home ?? base;
    const response = await fetch(`${home}search/search_index.json`);
    const { docs, config } = await response.json();
    const engine = new Engine(docs, config.understanding);
    const known = engine.addresses.inWrong(path);
    const target = known && targetOf(known, engine, asked ? home : "", base);
    if (target) {
      location.replace(target);
      return;
    }
    const code = known?.code ?? codeIn(path, engine, sections);
    if (!code) return;
    show(section, { code, home, engine, here: known?.records });
  }
}

/**
 * Where a wrong address leads that names a code and nothing that speaks against it.
 *
 * @param {{ code: string, records: number[], contradicted: boolean }} known
 * @param {Engine} engine
 * @param {string} home of the language that the address has, "" for none
 * @param {string} base
 */
function targetOf({ code, records, contradicted }, { entries }, home, base) {
  if (contradicted) return "";
  if (!home) return `${base}${encodeURIComponent(code)}/`;
  return records.length === 1 ? home + entries[records[0]].location : "";
}

/**
 * The part of a wrong address that looks like a code.
 *
 * @param {string} path
 * @param {Engine} engine
 * @param {HTMLElement[]} sections
 */
function codeIn(path, engine, sections) {
  const locales = new Set(sections.map(({ lang }) => lang.toLowerCase()));
  const isName = (/** @type {string} */ part) =>
    part && !locales.has(part.toLowerCase()) && !engine.addresses.scenarios.has(part);
  const last = path.split("/").filter(isName).at(-1) ?? "";
  const name = engine.codes.unprefixed(last);
  const [looksLike = ""] = /^[^\s<>"'=&]*$/.test(name) ? (NAME.exec(name) ?? []) : [];
  return looksLike;
}

/**
 * @param {HTMLElement} section
 * @param {{ code: string, home: string, engine: Engine, here?: number[] }} found the code, and if
 *   it is known, where it is
 */
function show(section, { code, home, engine, here }) {
  const { entries } = engine;
  const about = part(section, "[data-about-code]");
  for (const element of about.querySelectorAll("p, a")) {
    for (const node of element.childNodes) {
      if (node instanceof Text) node.data = node.data.replace("{code}", code);
    }
  }
  const numbers = here ?? engine.codes.near(code).flatMap((near) => engine.byCode.get(near) ?? []);
  const shown = here ? numbers : numbers.slice(0, NEAREST);
  // What does not apply is taken away, not hidden: nothing says that a known code does not exist.
  for (const other of about.querySelectorAll(here ? "[data-missing], [data-nearest]" : "[data-here]")) other.remove();
  for (const element of about.querySelectorAll("[data-here], [data-missing], [data-nearest]")) {
    /** @type {HTMLElement} */ (element).hidden = false;
  }
  if (!shown.length) about.querySelector("[data-nearest]")?.remove();
  part(about, "ul").append(...shown.map((number) => item(entries[number], home)));
  const scenario = here ? undefined : rangeOf(code, entries);
  const range = part(about, "[data-range]");
  if (!scenario) range.remove();
  if (scenario) {
    range.hidden = false;
    const link = /** @type {HTMLAnchorElement} */ (part(range, "a"));
    link.href = home + scenario.location.split("/")[0] + "/";
    link.textContent = scenario.scenario ?? "";
  }
  const search = /** @type {HTMLAnchorElement} */ (part(about, "[data-search]"));
  search.href = `${home}?q=${encodeURIComponent(code)}`;
  const report = /** @type {HTMLAnchorElement | null} */ (about.querySelector("[data-report]"));
  if (report) {
    const values = { code, title: code, scenario: "", page: location.href, locale: section.lang };
    report.href = filled(report.dataset.report ?? "", values);
  }
  const box = /** @type {HTMLInputElement} */ (part(section, "input[name=q]"));
  if (!box.value && document.activeElement !== box) box.value = code;
  part(section, "[data-lead]").hidden = true;
  about.hidden = false;
}

/**
 * An address with its placeholders filled in, as repository.py does it for every other page.
 *
 * @param {string} address
 * @param {Record<string, string>} values
 */
function filled(address, values) {
  return address.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values[name]));
}

/**
 * The scenario that has most codes of the same hundred.
 *
 * @param {string} code
 * @param {Entry[]} entries
 * @returns {Entry | undefined} one of its codes
 */
function rangeOf(code, entries) {
  if (!/^[0-9]{3,}$/.test(code)) return undefined;
  /** @type {Map<string, Entry[]>} */
  const scenarios = new Map();
  for (const entry of entries) {
    if (entry.code?.length !== code.length || entry.code.slice(0, -2) !== code.slice(0, -2)) continue;
    const scenario = entry.location.split("/")[0];
    scenarios.set(scenario, [...(scenarios.get(scenario) ?? []), entry]);
  }
  return [...scenarios.values()].sort((one, other) => other.length - one.length)[0]?.[0];
}

/**
 * @param {Entry} entry
 * @param {string} home
 */
function item(entry, home) {
  const line = document.createElement("li");
  const link = document.createElement("a");
  const code = document.createElement("span");
  const heading = document.createElement("span");
  link.className = "ref-codes__link";
  link.href = home + entry.location;
  code.className = "ref-code";
  code.textContent = entry.code ?? "";
  heading.textContent = entry.heading ?? "";
  link.append(code, heading);
  line.append(link);
  return line;
}

/**
 * @param {Element} root
 * @param {string} selector
 */
function part(root, selector) {
  return /** @type {HTMLElement} */ (root.querySelector(selector));
}
