// Texts that are or have a whole phrase.
// @ts-check

import { isUnspaced } from "./text.js";

/** What it counts for that a text is the whole query, begins with it, or has it in it. */
export const WHOLE = 10;
const BEGINS = 0.9;
const HAS = 0.45;
/** What it counts for, at most, that the query has a whole text in it: by its share. */
const IS_IN = 0.8;
/**
 * What it counts for that a query and a text have each other in them.
 *
 * @param {string} asked
 * @param {string} text both plain
 */
export function phraseValue(asked, text) {
  if (text === asked || isSameUnspaced(asked, text)) return WHOLE;
  if (asked.length < 2) return 0;
  const share = asked.length / text.length;
  if (text.startsWith(asked)) return BEGINS + share * HAS;
  if (hasPhrase(text, asked)) return HAS + share * HAS;
  return isPhrase(text) && hasPhrase(asked, text) ? (IS_IN * text.length) / asked.length : 0;
}

/**
 * Whether two texts differ only in spaces: "app id not found", "appid not found".
 *
 * @param {string} asked
 * @param {string} text
 */
function isSameUnspaced(asked, text) {
  if (text.length < 5 || text[0] !== asked[0] || text.at(-1) !== asked.at(-1)) return false;
  return text.replace(/ /g, "") === asked.replace(/ /g, "");
}

/**
 * Whether a text has another in it, not in the middle of a word.
 *
 * @param {string} text
 * @param {string} part
 */
export function hasPhrase(text, part) {
  const at = text.indexOf(part);
  if (at < 0) return false;
  const isInside = (/** @type {string | undefined} */ one, /** @type {string} */ other) =>
    one !== undefined && /[\p{L}\p{N}]/u.test(one) && !isUnspaced(one) && !isUnspaced(other);
  return !isInside(text[at - 1], part);
}

/** @param {string} text */
function isPhrase(text) {
  return isUnspaced(text) ? text.length >= 3 : text.includes(" ");
}
