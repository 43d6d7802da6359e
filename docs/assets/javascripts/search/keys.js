// The one spelling for all spellings of a code, and the parts that it is made of.
// @ts-check

import { UNSPACED } from "./text.js";

/** @typedef {{ text: string, start: number, end: number }} Atom a part of a text */

// The smallest parts of codes: words, also inside a camel-cased one, numbers, single characters.
const ATOM = new RegExp(
  `[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|${UNSPACED}|(?!${UNSPACED})[\\p{L}\\p{M}]+`,
  "gu",
);
export const DIGITS = /^[0-9]+$/;

/**
 * A code without what its spellings differ in: letter case, and the marks between its parts.
 *
 * @param {string} text
 */
export function keyOf(text) {
  return [...text.matchAll(ATOM)].reduce((key, [atom]) => joined(key, atom), "");
}

/**
 * @param {Atom} atom
 * @param {Atom | undefined} next
 */
export function isThousands(atom, next) {
  return next?.start === atom.end + 1 && /^[0-9]{3}$/.test(next.text);
}

/**
 * Two numbers next to each other stay two: "44-54" is not "4454".
 *
 * @param {string} key
 * @param {string} atom
 */
export function joined(key, atom) {
  const apart = /[0-9]$/.test(key) && /^[0-9]/.test(atom);
  return `${key}${apart ? "_" : ""}${atom.toLowerCase()}`;
}

/**
 * @param {string} written
 * @returns {Atom[]}
 */
export function atomsOf(written) {
  const atoms = [];
  for (const match of written.matchAll(ATOM)) {
    atoms.push({ text: match[0], start: match.index, end: match.index + match[0].length });
  }
  return atoms;
}
