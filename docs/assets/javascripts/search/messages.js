// Which API messages a text holds: whole ones, and instances of those that have parameters.
// @ts-check

import { eachRun } from "./text.js";

/**
 * @typedef {object} Held a message in a text
 * @property {number[]} records every record with the message
 * @property {number} start
 * @property {number} end
 * @property {number} fixed how many characters of it are no parameters
 * @property {boolean} isSure whether it is too long to be there by chance
 */

/**
 * @typedef {object} Template
 * @property {number[]} records
 * @property {number[][]} parts what is fixed, between the parameters: words by their numbers
 * @property {boolean} opens whether a parameter is first
 * @property {boolean} closes whether a parameter is last
 * @property {number} fixed
 * @property {number} anchorPart the part that has the rarest word
 * @property {number} anchorPlace where in that part
 */

/** @typedef {{ ids: number[], starts: number[], ends: number[] }} Words */

// A message as long as this is told from other words by its length; a shorter one must be a value
// by itself, or a line, or a quotation.
const SURE_LENGTH = 24;
/** How many words a parameter may have. */
const WIDEST = 24;
/** A log may hold a message thousands of times; so often it is looked at. */
const MOST_TIMES = 8;
const UNKNOWN = -1;
const OPENS = /(?:^|["'`“‘「『:=|{}<>[\](\n\t,;]|[.!?。！？]\s)\s*$/;
const CLOSES = /^[.!?。！？…]*\s*(?:$|["'`”’」』:=|{}<>[\])\n\t,;(])/;
const CONTEXT = 8;
/** Stands for a parameter; no text of a catalog may hold it. */
const HOLE = "\uffff";

/** Knows the messages of one catalog. */
export class Messages {
  /**
   * @param {(string | undefined)[]} messages the message of each record
   * @param {string} placeholder a pattern of one parameter, or "" if messages have none
   * @param {(text: string) => string} fold
   */
  constructor(messages, placeholder, fold) {
    /** @type {Map<string, number>} */
    this.words = new Map();
    /** @type {Map<string, Template>} */
    const templates = new Map();
    const parameter = placeholder ? new RegExp(placeholder, "gu") : undefined;
    messages.forEach((message, record) => {
      if (!message) return;
      const parts = parameter ? message.replace(parameter, HOLE).split(HOLE) : [message];
      const fixed = parts.map((part) => this.#numbered(fold(part)));
      const key = fixed.map((part) => part.join(" ")).join("|");
      const known = templates.get(key);
      if (known) known.records.push(record);
      else if (fixed.some((part) => part.length)) templates.set(key, templateOf(fixed, parts, record));
    });
    /** @type {Map<number, Template[]>} */
    this.byAnchor = new Map();
    this.#anchor([...templates.values()]);
  }

  /**
   * Every message in a text, the longest where several overlap.
   *
   * @param {string} folded
   * @returns {Held[]} in the order of the text
   */
  heldIn(folded) {
    const words = wordsOf(folded, (word) => this.words.get(word) ?? UNKNOWN);
    /** @type {Held[]} */
    const held = [];
    /** @type {Map<Template, number>} */
    const times = new Map();
    words.ids.forEach((id, place) => {
      for (const template of this.byAnchor.get(id) ?? []) {
        const before = times.get(template) ?? 0;
        const span = before < MOST_TIMES ? spanOf(template, words, place) : undefined;
        if (!span) continue;
        times.set(template, before + 1);
        const start = words.starts[span[0]];
        const end = words.ends[span[1]];
        const isSure = template.fixed >= SURE_LENGTH;
        if (isSure || isValue(folded, start, end, template)) {
          held.push({ records: template.records, start, end, fixed: template.fixed, isSure });
        }
      }
    });
    return longest(held);
  }

  /**
   * @param {string} folded
   * @returns {number[]}
   */
  #numbered(folded) {
    const number = (/** @type {string} */ word) => {
      const known = this.words.get(word) ?? this.words.size;
      this.words.set(word, known);
      return known;
    };
    return wordsOf(folded, number).ids;
  }

  /**
   * Files each template under its rarest word, so that a text is compared with few of them.
   *
   * @param {Template[]} templates
   */
  #anchor(templates) {
    /** @type {Map<number, number>} */
    const having = new Map();
    for (const { parts } of templates) {
      for (const word of new Set(parts.flat())) having.set(word, (having.get(word) ?? 0) + 1);
    }
    for (const template of templates) {
      let rarest = Infinity;
      template.parts.forEach((part, partNumber) => {
        part.forEach((word, place) => {
          const count = having.get(word) ?? 0;
          if (count >= rarest) return;
          rarest = count;
          template.anchorPart = partNumber;
          template.anchorPlace = place;
        });
      });
      const anchor = template.parts[template.anchorPart][template.anchorPlace];
      this.byAnchor.set(anchor, [...(this.byAnchor.get(anchor) ?? []), template]);
    }
  }
}

/**
 * @param {number[][]} fixed
 * @param {string[]} parts the same as texts
 * @param {number} record
 * @returns {Template}
 */
function templateOf(fixed, parts, record) {
  const length = parts.join("").replace(/[^\p{L}\p{N}]+/gu, " ").trim().length;
  return {
    records: [record],
    parts: fixed.filter((part) => part.length),
    opens: !fixed[0].length,
    closes: fixed.length > 1 && !fixed[fixed.length - 1].length,
    fixed: length,
    anchorPart: 0,
    anchorPlace: 0,
  };
}

/**
 * The first and the last word of a template's instance that has its anchor at a place.
 *
 * @param {Template} template
 * @param {Words} words
 * @param {number} place
 * @returns {[number, number] | undefined}
 */
function spanOf({ parts, anchorPart, anchorPlace }, { ids }, place) {
  let first = place - anchorPlace;
  if (!isAt(parts[anchorPart], ids, first)) return undefined;
  let last = first + parts[anchorPart].length - 1;
  for (const part of parts.slice(anchorPart + 1)) {
    let at = last + 1;
    while (at <= last + 1 + WIDEST && !isAt(part, ids, at)) at += 1;
    if (at > last + 1 + WIDEST) return undefined;
    last = at + part.length - 1;
  }
  for (const part of parts.slice(0, anchorPart).reverse()) {
    let at = first - part.length;
    const least = at - WIDEST;
    while (at >= least && !isAt(part, ids, at)) at -= 1;
    if (at < least) return undefined;
    first = at;
  }
  return [first, last];
}

/**
 * @param {number[]} part
 * @param {number[]} ids
 * @param {number} at
 */
function isAt(part, ids, at) {
  for (let index = 0; index < part.length; index += 1) {
    if (ids[at + index] !== part[index]) return false;
  }
  return true;
}

/**
 * Whether a short message is all there is in its place: a value, a line, a quotation.
 *
 * @param {string} folded
 * @param {number} start
 * @param {number} end
 * @param {Template} template
 */
function isValue(folded, start, end, template) {
  const opens = template.opens || OPENS.test(folded.slice(Math.max(0, start - CONTEXT), start));
  const closes = template.closes || CLOSES.test(folded.slice(end, end + CONTEXT));
  return opens && closes;
}

/**
 * Without what is a part of something longer; of two in one place, what has more fixed text.
 *
 * @param {Held[]} held
 * @returns {Held[]}
 */
function longest(held) {
  const byLength = [...held].sort((one, other) => other.fixed - one.fixed || one.start - other.start);
  /** @type {Held[]} */
  const kept = [];
  for (const one of byLength) {
    const covered = kept.some(({ start, end, fixed }) => {
      const isSame = one.start === start && one.end === end && one.fixed === fixed;
      return one.start < end && start < one.end && !isSame;
    });
    if (!covered) kept.push(one);
  }
  return kept.sort((one, other) => one.start - other.start);
}

/**
 * @param {string} folded
 * @param {(word: string) => number} number
 * @returns {Words} every word, and every single character of an unspaced script
 */
function wordsOf(folded, number) {
  /** @type {Words} */
  const words = { ids: [], starts: [], ends: [] };
  const add = (/** @type {string} */ text, /** @type {number} */ start, /** @type {number} */ end) => {
    words.ids.push(number(text));
    words.starts.push(start);
    words.ends.push(end);
  };
  eachRun(folded, (text, paired, start, end) => {
    if (!paired) {
      add(text, start, end);
      return;
    }
    let at = start;
    for (const character of text) {
      add(character, at, at + character.length);
      at += character.length;
    }
  });
  return words;
}
