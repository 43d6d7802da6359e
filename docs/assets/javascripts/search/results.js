// Results as the theme shows them: HTML, made of escaped text and marks.
// @ts-check

import { textOf } from "./engine.js";
import { tokensOf } from "./text.js";

/**
 * A result as the theme shows it.
 *
 * @typedef {object} Result
 * @property {string} location
 * @property {string} title HTML
 * @property {string} text HTML
 * @property {number} score
 * @property {Record<string, boolean>} terms
 */

/** @type {Record<string, string>} */
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const EXCERPT = 160;

/**
 * @param {import("./engine.js").Engine} engine
 * @param {number[]} records
 * @param {Set<string>} words what is marked
 * @returns {Result[]}
 */
export function resultsOf({ entries, fold }, records, words) {
  // The theme goes to the highest score on Enter, so scores only tell the order.
  return records.map((record, index) => ({
    location: entries[record].location,
    ...shown(entries[record], (text) => marked(text, fold(text), words)),
    score: records.length - index,
    terms: {},
  }));
}

/**
 * @param {import("./engine.js").Entry} entry
 * @param {(text: string) => string} mark
 */
function shown(entry, mark) {
  if (!entry.code) return { title: entry.title, text: `<p>${excerpt(textOf(entry.text))}</p>` };
  const { code, names = [], heading = "", description = "", message = "", scenario = "" } = entry;
  const lines = message ? [`<p class="ref-hit__message"><code>${mark(message)}</code></p>`] : [];
  if (!description.startsWith(heading)) lines.unshift(`<p>${mark(description)}</p>`);
  if (entry.retired) lines.unshift(`<p><strong>${escaped(entry.retired)}</strong></p>`);
  const title =
    `<span class="ref-hit__code">${escaped([code, ...names].join(" · "))}</span> ` +
    `<span class="ref-hit__heading">${mark(heading)}</span> ` +
    `<span class="ref-hit__scenario">${escaped(scenario)}</span>`;
  return { title, text: lines.join("") };
}

/**
 * A text as HTML, with what matched marked. Single characters of unspaced scripts are never marked.
 *
 * @param {string} text
 * @param {string} folded the same text, folded: of the same length
 * @param {Set<string>} words
 * @returns {string}
 */
function marked(text, folded, words) {
  /** @type {[number, number][]} */
  const ranges = [];
  for (const token of tokensOf(folded)) {
    if (!words.has(token.text) || (token.paired && token.end - token.start < 2)) continue;
    const last = ranges.at(-1);
    if (last && token.start <= last[1]) last[1] = Math.max(last[1], token.end);
    else ranges.push([token.start, token.end]);
  }
  let html = "";
  let position = 0;
  for (const [start, end] of ranges) {
    html += `${escaped(text.slice(position, start))}<mark>${escaped(text.slice(start, end))}</mark>`;
    position = end;
  }
  return html + escaped(text.slice(position));
}

/** @param {string} text */
function excerpt(text) {
  const characters = [...text.trim()];
  const isLong = characters.length > EXCERPT;
  return escaped(isLong ? `${characters.slice(0, EXCERPT).join("")}…` : characters.join(""));
}

/**
 * @param {string} text
 * @returns {string} HTML
 */
function escaped(text) {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character]);
}
