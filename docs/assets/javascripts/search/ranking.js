// An index of words over short texts, and what a few words find in it.
// @ts-check

import { editDistance, plain, tokensOf } from "./text.js";

/**
 * @typedef {object} Field a text of a record, and how much a word in it says
 * @property {string} text folded
 * @property {number} weight
 * @property {number} rank among the texts of a record, where all else is equal: higher is first;
 *   a text below 0 counts by its words only, not as a phrase
 */

/**
 * @typedef {object} Found
 * @property {number} record
 * @property {number} score
 * @property {number} coverage how much of the query the record matches, from 0 to 1
 */

/** How near a word of the index is to a word of the query. */
const EXACT = 1;
const BEGINNING = 0.85;
const SAME_STEM = 0.75;
const ONE_EDIT = 0.8;
const TWO_EDITS = 0.5;

/** A result must match at least this part of what the query's words weigh. */
const LEAST_COVERAGE = 0.42;
/** Results far below the best are noise. */
const LEAST_OF_BEST = 0.25;
/** A score that leaves no doubt; what is above it makes the others no worse. */
const FULL = 60;

/** What it counts for that a text is the whole query, begins with it, or has it in it. */
export const WHOLE = 1000;
const BEGINS = 60;
const HAS = 25;
/** What it counts for that the query has the whole text in it. */
const IS_IN = 15;
/** What it counts for, at most, how much of a text a phrase is. */
const SHARE = 30;
/** What a text's rank among a record's texts counts for, beside a phrase found in it. */
const RANK = 6;
/** A pair of Chinese characters that no text has is mostly the seam between two words. */
const SEAM = 0.25;

const LETTERS = /^(?:(?!\p{Script=Han})[\p{L}\p{M}])+$/u;

/** Ranks records by their texts. */
export class Ranking {
  /** @param {Field[][]} records the fields of each record */
  constructor(records) {
    this.count = records.length;
    /** @type {Map<string, Map<number, number>>} */
    this.postings = new Map();
    /** @type {Map<string, Set<number>>} */
    this.single = new Map();
    /** @type {Map<number, string[]>} */
    this.byLength = new Map();
    this.texts = records.map((fields) => fields.map((field) => ({ ...field, plain: plain(field.text) })));
    records.forEach((fields, record) => this.#add(fields, record));
    for (const word of this.postings.keys()) {
      if (isHan(word)) continue;
      const same = this.byLength.get(word.length) ?? [];
      same.push(word);
      this.byLength.set(word.length, same);
    }
  }

  /**
   * @param {Field[]} fields
   * @param {number} record
   */
  #add(fields, record) {
    for (const { text, weight } of fields) {
      for (const token of tokensOf(text)) {
        const records = this.postings.get(token.text) ?? new Map();
        records.set(record, Math.max(records.get(record) ?? 0, weight));
        this.postings.set(token.text, records);
        if (token.han) {
          for (const character of token.text) {
            const having = this.single.get(character) ?? new Set();
            having.add(record);
            this.single.set(character, having);
          }
        }
      }
    }
  }

  /**
   * @param {string} folded a query
   * @returns {{ records: Found[], words: Set<string> }} best first, and the words of the index
   *   that were found
   */
  search(folded) {
    const tokens = this.#asWritten(tokensOf(folded));
    const whole = plain(folded);
    /** @type {Set<string>} */
    const words = new Set();
    if (!whole) return { records: [], words };
    const found = tokens.map((token, index) => this.#find(token, index === tokens.length - 1, words));
    const phrases = new Set([whole, plain(found.map(({ meant }) => meant).join(" "))]);
    const total = found.reduce((sum, { weight }) => sum + weight, 0);
    const scores = [];
    for (const record of candidates(found)) {
      let score = 0;
      let covered = 0;
      for (const { weight, records } of found) {
        const match = records.get(record);
        if (!match) continue;
        score += weight * match.quality * match.weight;
        covered += weight * Math.min(1, match.quality + 0.1);
      }
      const coverage = covered / total;
      const phrase = Math.max(...[...phrases].map((text) => this.#phrase(record, text)));
      if (coverage < LEAST_COVERAGE && !phrase) continue;
      scores.push({ record, coverage, score: score * coverage * coverage + phrase });
    }
    scores.sort((one, other) => other.score - one.score || one.record - other.record);
    const least = Math.min(scores[0]?.score ?? 0, FULL) * LEAST_OF_BEST;
    return { records: scores.filter(({ score }) => score >= least), words };
  }

  /**
   * Words as the texts write them: "qrcode" as "qr code", and "api key" as "apikey".
   *
   * @param {import("./text.js").Token[]} tokens
   * @returns {import("./text.js").Token[]}
   */
  #asWritten(tokens) {
    const known = (/** @type {string} */ word) => this.postings.has(word);
    /** @type {import("./text.js").Token[]} */
    const written = [];
    for (const token of tokens) {
      const before = written.at(-1);
      const joinable = before && LETTERS.test(before.text) && LETTERS.test(token.text);
      const joined = joinable ? before.text + token.text : "";
      if (before && known(joined) && !(known(before.text) && known(token.text))) {
        written.splice(-1, 1, { ...before, text: joined, end: token.end });
      } else if (token.han || known(token.text)) {
        written.push(token);
      } else {
        const { text } = token;
        const cut = [...Array(text.length).keys()].find(
          (at) => at >= 2 && text.length - at >= 2 && known(text.slice(0, at)) && known(text.slice(at)),
        );
        const parts = cut ? [text.slice(0, cut), text.slice(cut)] : [text];
        written.push(...parts.map((part) => ({ ...token, text: part })));
      }
    }
    return written;
  }

  /**
   * Which records have a word, or one like it.
   *
   * @param {import("./text.js").Token} token
   * @param {boolean} last whether the reader may still be typing it
   * @param {Set<string>} words
   */
  #find(token, last, words) {
    /** @type {Map<number, { quality: number, weight: number }>} */
    const records = new Map();
    /**
     * @param {string} word
     * @param {number} quality
     */
    const take = (word, quality) => {
      words.add(word);
      for (const [record, weight] of this.postings.get(word) ?? []) {
        const before = records.get(record);
        if (!before || before.quality * before.weight < quality * weight) {
          records.set(record, { quality, weight });
        }
      }
    };
    let meant = token.text;
    if (token.han) this.#findHan(token.text, take, records);
    else {
      const alike = this.#alike(token.text, last);
      for (const [word, quality] of alike) take(word, quality);
      meant = this.#meant(token.text, alike);
    }
    return { records, meant, weight: this.#weigh(token, records.size) };
  }

  /**
   * The word that a reader meant who wrote one that no text has.
   *
   * @param {string} word
   * @param {Map<string, number>} alike
   */
  #meant(word, alike) {
    const having = (/** @type {string} */ other) => this.postings.get(other)?.size ?? 0;
    const [best] = [...alike].sort(
      ([one, nearOne], [other, nearOther]) => nearOther - nearOne || having(other) - having(one),
    );
    return best && best[1] !== BEGINNING ? best[0] : word;
  }

  /**
   * @param {string} pair
   * @param {(word: string, quality: number) => void} take
   * @param {Map<number, { quality: number, weight: number }>} records
   */
  #findHan(pair, take, records) {
    if (pair.length === 1 || [...pair].length === 1) {
      for (const record of this.single.get(pair) ?? []) records.set(record, { quality: 0.5, weight: 1 });
      return;
    }
    if (this.postings.has(pair)) take(pair, EXACT);
    // Both characters, but not side by side: 卡過期 in 卡已過期.
    const [first, second] = pair;
    for (const record of this.single.get(first) ?? []) {
      if (!records.has(record) && this.single.get(second)?.has(record)) {
        records.set(record, { quality: 0.3, weight: 1 });
      }
    }
  }

  /**
   * Words of the index that a word may mean.
   *
   * @param {string} word
   * @param {boolean} last
   * @returns {Map<string, number>} with how near they are
   */
  #alike(word, last) {
    /** @type {Map<string, number>} */
    const alike = new Map();
    const known = this.postings.has(word);
    if (known) alike.set(word, EXACT);
    const numeric = /^[0-9]+$/.test(word);
    const limit = numeric ? 0 : known || word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
    const least = last ? 2 : 3;
    for (const [length, others] of this.byLength) {
      for (const other of others) {
        if (other === word) continue;
        if (length > word.length && word.length >= least && other.startsWith(word)) {
          alike.set(other, BEGINNING);
        } else if (!numeric && sameStem(word, other)) {
          alike.set(other, SAME_STEM);
        } else if (limit && Math.abs(length - word.length) <= limit && word[0] === other[0]) {
          const distance = editDistance(word, other, limit);
          if (distance <= limit) alike.set(other, distance === 1 ? ONE_EDIT : TWO_EDITS);
        }
      }
    }
    return alike;
  }

  /**
   * How much a word of the query says: rare words say more, short unknown ones little.
   *
   * @param {import("./text.js").Token} token
   * @param {number} having
   */
  #weigh(token, having) {
    const rarity = Math.log(1 + (this.count - having + 0.5) / (having + 0.5));
    if (token.han && !this.postings.has(token.text)) return rarity * SEAM;
    if (!having && token.text.length <= 3) return rarity * 0.25;
    return rarity;
  }

  /**
   * What a query counts for as a phrase.
   *
   * @param {number} record
   * @param {string} whole
   */
  #phrase(record, whole) {
    let best = 0;
    for (const { plain: text, rank } of this.texts[record]) {
      if (rank < 0) continue;
      const share = (SHARE * whole.length) / text.length + RANK * rank;
      let value = 0;
      if (text === whole) value = WHOLE + rank;
      else if (whole.length < 2) value = 0;
      else if (text.startsWith(whole)) value = BEGINS + share;
      else if (hasPhrase(text, whole)) value = HAS + share;
      else if (isPhrase(text) && hasPhrase(whole, text)) value = IS_IN + text.length;
      best = Math.max(best, value);
    }
    return best;
  }
}

/**
 * @param {{ records: Map<number, unknown> }[]} found
 * @returns {Set<number>}
 */
function candidates(found) {
  return new Set(found.flatMap(({ records }) => [...records.keys()]));
}

/**
 * Whether two words are forms of one: expire, expired, expires.
 *
 * @param {string} one
 * @param {string} other
 */
function sameStem(one, other) {
  let shared = 0;
  while (shared < one.length && shared < other.length && one[shared] === other[shared]) shared += 1;
  const rest = Math.max(one.length, other.length) - shared;
  return (shared >= 4 && rest <= 3) || (shared >= 6 && rest <= 5);
}

/**
 * Whether a text has another in it, not in the middle of a Latin word.
 *
 * @param {string} text
 * @param {string} part
 */
function hasPhrase(text, part) {
  const at = text.indexOf(part);
  if (at < 0) return false;
  return at === 0 || isHan(part) || !/[\p{L}\p{N}]/u.test(text[at - 1]) || isHan(text[at - 1]);
}

/** @param {string} text */
function isPhrase(text) {
  return isHan(text) ? text.length >= 3 : text.includes(" ");
}

/** @param {string} text */
function isHan(text) {
  return /^\p{Script=Han}/u.test(text);
}
