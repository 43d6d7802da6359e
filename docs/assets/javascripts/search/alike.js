// Which words of an index a word may mean: its forms, what it begins, what it is a slip for.
// @ts-check

import { editDistance, isUnspaced } from "./text.js";

/** How near a word of the index is to a word of the query. */
const EXACT = 1;
const BEGINNING = 0.85;
const SAME_STEM = 0.8;
const ONE_EDIT = 0.8;
const TWO_EDITS = 0.55;
/** A character for another one that sounds the same: 退寬 for 退款. */
const SAME_SOUND = 0.75;

/** What words of a stem may end in. */
const ENDINGS = new Set(["", "d", "e", "ed", "er", "ers", "es", "ing", "ion", "ions", "or", "ors", "r", "s", "ment"]);

/** Words from this length on may have a slip, and from the other on two. */
const ONE_SLIP = 5;
const TWO_SLIPS = 8;

/** The words of one index. */
export class Alike {
  /**
   * @param {Iterable<string>} words
   * @param {string[]} sounds groups of characters that sound the same
   */
  constructor(words, sounds) {
    /** @type {Set<string>} */
    this.known = new Set(words);
    this.sounds = sounds;
  }

  /**
   * @param {string} word
   * @param {boolean} isLast whether the reader may still be typing it
   * @returns {Map<string, number>} words of the index with how near they are
   */
  words(word, isLast) {
    /** @type {Map<string, number>} */
    const alike = new Map();
    const isKnown = this.known.has(word);
    if (isKnown) alike.set(word, EXACT);
    const isNumber = /^[0-9]+$/.test(word);
    const slips = isKnown || isNumber || word.length < ONE_SLIP ? 0 : word.length < TWO_SLIPS ? 1 : 2;
    const least = isLast ? 2 : 3;
    for (const other of this.#beginningLike(word)) {
      if (other === word) continue;
      if (other.length > word.length && word.length >= least && other.startsWith(word)) alike.set(other, BEGINNING);
      else if (!isNumber && isSameStem(word, other)) alike.set(other, SAME_STEM);
      else if (slips) {
        const distance = editDistance(word, other, slips);
        if (distance <= slips) alike.set(other, distance === 1 ? ONE_EDIT : TWO_EDITS);
      }
    }
    return alike;
  }

  /**
   * @param {string} pair
   * @returns {Map<string, number>}
   */
  pairs(pair) {
    if (this.known.has(pair)) return new Map([[pair, EXACT]]);
    const [first, second] = pair;
    if (second === undefined) return new Map();
    const alike = [
      ...this.#soundingLike(first).map((character) => character + second),
      ...this.#soundingLike(second).map((character) => first + character),
    ];
    return new Map(alike.filter((other) => this.known.has(other)).map((other) => [other, SAME_SOUND]));
  }

  /**
   * @param {string} word
   * @returns {string[]} the words with the same first letter, in which slips are rare
   */
  #beginningLike(word) {
    if (!this.byFirst) {
      /** @type {Map<string, string[]>} */
      this.byFirst = new Map();
      for (const known of this.known) {
        if (isUnspaced(known)) continue;
        const having = this.byFirst.get(known[0]);
        if (having) having.push(known);
        else this.byFirst.set(known[0], [known]);
      }
    }
    return this.byFirst.get(word[0]) ?? [];
  }

  /**
   * @param {string} character
   * @returns {string[]}
   */
  #soundingLike(character) {
    const groups = this.sounds.filter((group) => group.includes(character));
    return [...new Set(groups.flatMap((group) => [...group]))].filter((other) => other !== character);
  }
}

/**
 * Whether two words are forms of one: expire, expired, expires.
 *
 * @param {string} one
 * @param {string} other
 */
function isSameStem(one, other) {
  let shared = 0;
  while (shared < one.length && shared < other.length && one[shared] === other[shared]) shared += 1;
  const rests = [one.slice(shared), other.slice(shared)];
  const longest = Math.max(...rests.map((rest) => rest.length));
  if (shared >= 6) return longest <= 5;
  return shared >= 4 && rests.every((rest) => ENDINGS.has(rest));
}
