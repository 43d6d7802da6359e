// Families of codes: ranges, codes with places left open.
// @ts-check

import { DIGITS, keyOf } from "./keys.js";

/**
 * A range of codes or of their beginnings: "4450-4460", "44 to 46".
 *
 * @param {string} bare
 * @returns {((key: string) => boolean) | undefined}
 */
export function rangeOf(bare) {
  const match = /^([0-9]+)x*\s*(?:-|~|–|to|到|至)\s*([0-9]+)x*$/.exec(bare);
  if (!match || match[1].length !== match[2].length) return undefined;
  const [, from, to] = match;
  const beginning = (/** @type {string} */ key) => key.slice(0, from.length);
  return (key) => DIGITS.test(key) && beginning(key) >= from && beginning(key) <= to;
}

/**
 * Codes with some places left open: "44xx", "44**", "*_NOT_FOUND".
 *
 * @param {string} folded
 * @returns {((key: string) => boolean) | undefined}
 */
export function patternOf(folded) {
  const open = /(?<![a-z0-9])([0-9]{1,8})([x?#]{1,4})(?![a-z0-9])/.exec(folded);
  if (open) {
    const pattern = new RegExp(`^${open[1]}[0-9]{${open[2].length}}$`);
    return (key) => pattern.test(key);
  }
  const star = /(?<![\p{L}\p{N}*])([a-z0-9._-]*)\*+([a-z0-9._-]*)(?![\p{L}\p{N}*])/u.exec(folded);
  if (!star || !(star[1] || star[2])) return undefined;
  const [start, end] = [keyOf(star[1]), keyOf(star[2])];
  return (key) => key.startsWith(start) && key.endsWith(end);
}
