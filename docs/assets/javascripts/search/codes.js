// Which codes and API messages a pasted text names, and which numbers in it are none.
// @ts-check

import { plain } from "./text.js";

/**
 * @typedef {object} Words what a catalogue and its languages say about numbers
 * @property {string} prefix the catalogue's own prefix of a code, such as "ABC" in "ABC-1234"
 * @property {string[]} code words that announce a code
 * @property {string[]} amount words beside which a number is an amount, a time or a date
 */

/**
 * @typedef {object} Named
 * @property {string} code a code of the catalogue
 * @property {number} position where the text names it
 */

// A word or number with what ties words together; `-` and `_` stand for each other in codes.
const CANDIDATES = /[a-z0-9]+(?:[._-][a-z0-9]+)*/g;
// Parts of a candidate that is no code: a sentence may end and another begin at a full stop
// without a space, but a number with one is a decimal.
const PARTS = /[^.]+/g;
const DECIMAL = /[0-9]\.[0-9]/;
// What may stand between codes that are listed: marks, and a short word such as "and".
// Each part is a whole word or number, so that there is one way to cut a text into them.
const BETWEEN = /^(?:[^\p{L}\p{N}]|(?<!\p{L})\p{L}{1,3}(?!\p{L})|(?<![0-9])[0-9]{3,6}(?![0-9]))*$/u;
const NOTHING = "(?!)";
// Times, dates, ports, paths, and amounts of money.
const BEFORE_IS_NUMBER = /[$€£¥]\s?$|[a-z0-9\])][:/]$|[0-9],$|[/@+]$/;
const AFTER_IS_NUMBER = /^(?:[:/][a-z0-9]|,[0-9]{3}(?![0-9])|\s?[%‰°]|[@\\])/;
// Numbers side by side, as in "1234/2345": codes, where all of them are.
const NEIGHBOUR_BEFORE = /([0-9]+)[/,]$/;
const NEIGHBOUR_AFTER = /^[/,]([0-9]+)/;
// A process in a log: "web[1234]:", "I/app ( 1234):".
const PROCESS = /[a-z][\w.-]*\[$|[a-z]\/[\w.]+ ?\(\s*$/;
// An identifier of something else: order_id=1234, "tradeId": "1234".
const IDENTIFIED = /(?:[a-z_]*(?<!pa)id|[a-z]*(?:no|num|number)|seq|uuid)["'\s]*[:=]["'\s]*$/;

/** Knows the codes of one catalogue. */
export class Codes {
  /**
   * @param {Iterable<string>} codes
   * @param {Words} words
   * @param {(text: string) => string} fold
   */
  constructor(codes, words, fold) {
    /** @type {Map<string, string>} */
    this.byFolded = new Map();
    for (const code of codes) this.byFolded.set(foldCode(code), code);
    this.fold = fold;
    const oneOf = (/** @type {string[]} */ list) =>
      list.map((word) => escape(fold(word))).join("|") || NOTHING;
    const announcing = oneOf(words.code);
    const amounts = oneOf(words.amount);
    // A unit of one Chinese character stands after its number: before one it ends another word.
    const labels = words.amount.filter((word) => word.length > 1 || !/\p{Script=Han}/u.test(word));
    const amountsBefore = oneOf(labels);
    const prefix = words.prefix ? `(?:${escape(fold(words.prefix))}[-_ ]?)` : NOTHING;
    this.prefix = new RegExp(`^${prefix}`, "u");
    this.announcedBefore = new RegExp(`(?:${announcing})["'\\s:：=#「（(\\[]*$`, "u");
    this.amountBefore = new RegExp(
      `(?<!\\p{Script=Latin})(?:${amountsBefore})["'\\s:：=#.]*$`,
      "u",
    );
    this.amountAfter = new RegExp(`^\\s?(?:${amounts})(?![\\p{Script=Latin}])`, "u");
    this.edges = new RegExp(`^(?:${announcing})(?![a-z])|(?<![a-z])(?:${announcing})$|^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+$`, "u");
  }

  /**
   * What is left of a query without quotes, brackets, and words that announce a code.
   *
   * @param {string} folded
   * @returns {string}
   */
  bare(folded) {
    let rest = folded.trim();
    for (;;) {
      const shorter = rest.replace(this.edges, "").trim();
      if (shorter === rest || !shorter) break;
      rest = shorter;
    }
    const unprefixed = rest.replace(this.prefix, "");
    return unprefixed || rest;
  }

  /**
   * The code that a query is, in whatever spelling.
   *
   * @param {string} folded
   * @returns {string | undefined}
   */
  exactly(folded) {
    return this.byFolded.get(foldCode(folded)) ?? this.byFolded.get(foldCode(this.bare(folded)));
  }

  /**
   * The codes that begin as a query does.
   *
   * @param {string} folded
   * @returns {string[]}
   */
  startingWith(folded) {
    const bare = this.bare(folded);
    const start = foldCode(bare);
    const numeric = /^[0-9]+$/.test(start);
    if (!numeric && !/[_-]|[a-z] +[a-z]/.test(bare)) return [];
    return [...this.byFolded].filter(([code]) => code.startsWith(start)).map(([, code]) => code);
  }

  /**
   * The codes that a longer text names, in the order in which it does.
   *
   * A number is a code where something announces it; where nothing does, it is one unless what
   * stands beside it makes it an amount, a time, a date or a part of something longer.
   *
   * @param {string} folded
   * @returns {Named[]}
   */
  namedIn(folded) {
    /** @type {Named[]} */
    const announced = [];
    /** @type {Named[]} */
    const mentioned = [];
    for (const { code, text, position } of this.#candidates(folded)) {
      const before = folded.slice(Math.max(0, position - 40), position);
      const after = folded.slice(position + text.length, position + text.length + 20);
      const named = { code, position };
      const prefixed = this.prefix.test(text);
      if (prefixed || this.announcedBefore.test(before)) announced.push(named);
      else if (!this.#isAmount(before, after)) mentioned.push(named);
    }
    const wordCodes = mentioned.filter(({ code }) => !/^[0-9]+$/.test(code));
    const chosen = announced.length ? [...announced, ...wordCodes, ...mentioned.filter(({ position }) => listedWith(announced, position, folded))] : mentioned;
    return unique(chosen.sort((one, other) => one.position - other.position));
  }

  /**
   * Every place of a text that reads as a code.
   *
   * @param {string} folded
   * @returns {{ code: string, text: string, position: number }[]}
   */
  #candidates(folded) {
    return [...folded.matchAll(CANDIDATES)].flatMap((match) => {
      const whole = this.#codeOf(match[0]);
      if (whole) return [{ code: whole, text: match[0], position: match.index }];
      if (DECIMAL.test(match[0])) return [];
      return [...match[0].matchAll(PARTS)].flatMap((part) => {
        const code = this.#codeOf(part[0]);
        return code ? [{ code, text: part[0], position: match.index + part.index }] : [];
      });
    });
  }

  /** @param {string} candidate */
  #codeOf(candidate) {
    const numeric = /^[0-9]+$/.test(candidate);
    const bare = candidate.replace(this.prefix, "");
    if (!numeric && bare === candidate && !/[._-]/.test(candidate)) return undefined;
    return this.byFolded.get(foldCode(bare));
  }

  /**
   * @param {string} before
   * @param {string} after
   */
  #isAmount(before, after) {
    if (PROCESS.test(before) || IDENTIFIED.test(before) || this.amountBefore.test(before)) return true;
    if (this.amountAfter.test(after)) return true;
    const neighbours = [NEIGHBOUR_BEFORE.exec(before)?.[1], NEIGHBOUR_AFTER.exec(after)?.[1]];
    const known = neighbours.filter((neighbour) => neighbour !== undefined);
    if (known.length && known.every((neighbour) => this.byFolded.has(neighbour ?? ""))) return false;
    return BEFORE_IS_NUMBER.test(before) || AFTER_IS_NUMBER.test(after);
  }
}

/**
 * Whether a number stands in a list that an announced code begins: "codes 1234, 2345 and 3456".
 *
 * @param {Named[]} announced
 * @param {number} position
 * @param {string} folded
 */
function listedWith(announced, position, folded) {
  return announced.some((named) => {
    if (named.position >= position) return false;
    const between = folded.slice(named.position + named.code.length, position);
    return BETWEEN.test(between);
  });
}

/**
 * Values in a pasted text that may be a message: what stands in quotes, and every line's parts.
 *
 * @param {string} folded
 * @returns {{ text: string, position: number }[]}
 */
export function valuesIn(folded) {
  const values = [];
  for (const match of folded.matchAll(/"([^"\n]{3,})"|'([^'\n]{3,})'|([^"\n{}=:|]{3,})/g)) {
    const text = plain(match[1] ?? match[2] ?? match[3]);
    if (text) values.push({ text, position: match.index });
  }
  return values;
}

/**
 * A pasted text as its writer saw it: escapes of JSON and HTML undone.
 *
 * @param {string} text
 */
export function unescaped(text) {
  return text
    .replace(/\\u([0-9a-f]{4})/gi, (_, digits) => String.fromCharCode(parseInt(digits, 16)))
    .replace(/\\[nrt]/g, " ")
    .replace(/\\(["'/\\])/g, "$1")
    .replace(/&quot;|&#34;|&#39;/g, '"')
    .replace(/&amp;/g, "&");
}

/** @param {string} code */
function foldCode(code) {
  return code.trim().toLowerCase().replace(/[\s_-]+/g, "_");
}

/** @param {Named[]} named */
function unique(named) {
  const seen = new Set();
  return named.filter(({ code }) => !seen.has(code) && seen.add(code));
}

/** @param {string} text */
function escape(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
