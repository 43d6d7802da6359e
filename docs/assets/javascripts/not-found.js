// On the page for wrong addresses: reads the address, and says what it may have meant.
// @ts-check

import { editDistance } from "./search/text.js";

/**
 * @typedef {object} Entry an entry of a locale's search index
 * @property {string} location
 * @property {string} [code]
 * @property {string} [heading]
 * @property {string} [scenario]
 */

const NEAREST = 4;
const MOST_EDITS = 3;

const page = /** @type {HTMLElement | null} */ (document.querySelector(".ref-not-found"));
if (page) answer(page);

/** @param {HTMLElement} root */
async function answer(root) {
  const base = root.dataset.base ?? "/";
  const segments = location.pathname.slice(base.length).split("/").filter(Boolean).map(decoded);
  const sections = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("section[data-home]")]);
  for (const section of sections) {
    const home = section.dataset.home ?? base;
    const response = await fetch(`${home}search/search_index.json`);
    /** @type {Entry[]} */
    const entries = (await response.json()).docs;
    const code = codeIn(segments, entries, sections, root.dataset.prefix ?? "");
    if (!code) return;
    const known = entries.find((entry) => entry.code && folded(entry.code) === folded(code));
    if (known?.code && segments.length === 1) {
      location.replace(base + encodeURIComponent(known.code) + "/");
      return;
    }
    show(section, code, home, entries);
  }
}

/**
 * The part of a wrong address that looks like a code.
 *
 * @param {string[]} segments
 * @param {Entry[]} entries
 * @param {HTMLElement[]} sections
 * @param {string} prefix
 */
function codeIn(segments, entries, sections, prefix) {
  const scenarios = new Set(entries.map((entry) => entry.location.split("/")[0]));
  const locales = new Set(sections.map((section) => section.lang));
  const last = segments.filter((part) => !locales.has(part) && !scenarios.has(part)).at(-1) ?? "";
  const lower = last.toLowerCase();
  const start = `${prefix.toLowerCase()}-`;
  const bare = prefix && lower.startsWith(start) ? last.slice(start.length) : last;
  return /^[\w.-]{1,60}$/.test(bare) ? bare : "";
}

/**
 * @param {HTMLElement} section
 * @param {string} code
 * @param {string} home
 * @param {Entry[]} entries
 */
function show(section, code, home, entries) {
  const about = part(section, "[data-about-code]");
  for (const element of about.querySelectorAll("p, a")) {
    for (const node of element.childNodes) {
      if (node instanceof Text) node.data = node.data.replace("{code}", code);
    }
  }
  const near = nearest(code, entries);
  part(about, "[data-nearest]").hidden = !near.length;
  part(about, "ul").append(...near.map((entry) => item(entry, home)));
  const scenario = rangeOf(code, entries);
  const range = part(about, "[data-range]");
  range.hidden = !scenario;
  if (scenario) {
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
 * @param {string} code
 * @param {Entry[]} entries
 * @returns {Entry[]} nearest first
 */
function nearest(code, entries) {
  const numeric = /^[0-9]+$/.test(code);
  const distances = entries.flatMap((entry) => {
    if (!entry.code) return [];
    const both = numeric && /^[0-9]+$/.test(entry.code) && entry.code.length === code.length;
    const edits = editDistance(folded(code), folded(entry.code), MOST_EDITS);
    if (both) return [{ entry, distance: Math.abs(Number(code) - Number(entry.code)) / 10 + edits }];
    return edits <= MOST_EDITS && edits < code.length - 1 ? [{ entry, distance: edits }] : [];
  });
  distances.sort((one, other) => one.distance - other.distance);
  return distances.slice(0, NEAREST).map(({ entry }) => entry);
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

/** @param {string} code */
function folded(code) {
  return code.toLowerCase().replace(/[_-]/g, "_");
}

/** @param {string} segment */
function decoded(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
