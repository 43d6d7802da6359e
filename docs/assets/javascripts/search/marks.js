// Results as the theme shows them: HTML, made of escaped text and marks.
// @ts-check

import { tokensOf } from "./text.js";

/** @type {Record<string, string>} */
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/**
 * A text as HTML, with what matched marked. Single Chinese characters are never marked.
 *
 * @param {string} text
 * @param {string} folded the same text, folded: of the same length
 * @param {Set<string>} words
 * @returns {string}
 */
export function marked(text, folded, words) {
  /** @type {[number, number][]} */
  const ranges = [];
  for (const token of tokensOf(folded)) {
    if (!words.has(token.text) || (token.han && token.end - token.start < 2)) continue;
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

/**
 * @param {string} text
 * @returns {string} HTML
 */
export function escaped(text) {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character]);
}
