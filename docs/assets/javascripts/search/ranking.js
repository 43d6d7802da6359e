// An index of words over short texts, and what a few words find in it.
// @ts-check

import { Alike } from "./alike.js";
import { hasPhrase, phraseValue } from "./phrases.js";
import { BEYOND, eachRun, editDistance, isUnspaced, plain, tokensOf } from "./text.js";

/**
 * @typedef {object} Field a text of a record
 * @property {string} text folded
 * @property {number} weight what a word in it counts for, relative to the other texts
 * @property {number} rank among the texts of a record if all else is equal: higher is first; a
 *   text below 0 counts by its words only, not as a phrase
 */

/**
 * @typedef {object} Found
 * @property {number} record
 * @property {number} score
 * @property {number} coverage how much of the query the record matches, from 0 to 1
 */

/**
 * @typedef {object} Text
 * @property {number} record
 * @property {string} plain
 * @property {number} weight
 * @property {number} rank
 */

/** @typedef {{ plain: string, tokens: string[] }} Phrase of a concept */

/**
 * @typedef {object} Slot a word of the query with what it finds
 * @property {import("./text.js").Token} token
 * @property {Map<string, number>} alike words of the index that it may mean, and how near they are
 * @property {Map<number, number>} texts the texts that have one, with the best of these
 * @property {number} weight
 * @property {boolean} isTelling whether it is a word of a concept
 */

/** A concept in another word of the same meaning. */
const SAME_MEANING = 0.9;
/** The same for a pair that has one character of the concept, and one of what is next to it. */
const AT_A_SEAM = 0.6;
/** Both characters of a pair, but not next to each other: 卡過期 in 卡已過期. */
const APART = 0.3;
/** A single character, which is in many words. */
const SINGLE = 0.5;

/** Weight of a word that no text has, relative to the rarest one that some have. */
const UNKNOWN = 0.35;
/** The same for a number or a short word, and for a pair that is mostly the seam of two words. */
const UNKNOWN_SHORT = 0.2;
const SEAM = 0.12;
const SHORT = 3;

/** Weight of a word of a concept, which is there because it tells errors apart. */
const TELLING = 1.4;
/** Words from this length on may be a common one with a slip: "eror". */
const LEAST_SLIPPED = 4;
/** Weight of a word that says little about what is wrong: "failed", "customer", "please". */
const COMMON = 0.25;
/** All unknown words together weigh at most so much, relative to the known ones. */
const MOST_UNKNOWN = 0.9;

/**
 * What a result must match: a part of what the words of the query weigh, and so much in all,
 * relative to the rarest word. Little of a long sentence is enough if it is telling.
 */
const ENOUGH = [
  [0.75, 0],
  [0.6, 0.35],
  [0.42, 0.5],
  [0.22, 0.75],
];
/** The same for what is offered as near. */
const NEAR = [[0.2, 0.4]];
/** Results far below the best are noise. */
const LEAST_OF_BEST = 0.45;

/** What the parts of a score count for: words shared with a record, and with one of its texts. */
const COVERAGE = 1.5;
const LIKENESS = 1;
/** What a text's rank counts for, among phrases that are found alike. */
const RANK = 0.02;

/** Ranks records by their texts. */
export class Ranking {
  /**
   * @param {Field[][]} records the fields of each record
   * @param {string[][]} concepts groups of folded words and phrases of one meaning
   * @param {string[]} common folded words that say little
   * @param {string[]} sounds groups of characters that sound the same
   */
  constructor(records, concepts, common, sounds) {
    this.count = records.length;
    /** @type {Text[]} */
    this.texts = [];
    /** @type {Map<string, number[]>} the texts that have a word */
    this.postings = new Map();
    records.forEach((fields, record) => this.#add(fields, record));
    this.rarest = this.#rarity(0);
    this.common = new Set(common.flatMap((word) => tokensOf(word).map(({ text }) => text)));
    this.particles = new Set([...this.common].filter((word) => isUnspaced(word) && [...word].length === 1));
    /** @type {number[]} what the words of each text count for */
    this.sizes = this.texts.map(() => 0);
    for (const [token, texts] of this.postings) {
      const importance = this.#rarity(this.#recordsInOrder(texts)) * (this.#isCommon(token) ? COMMON : 1);
      for (const text of texts) this.sizes[text] += importance;
    }
    this.alike = new Alike(this.postings.keys(), sounds);
    /** @type {Phrase[][]} */
    this.concepts = concepts.map((phrases) =>
      phrases.map((phrase) => ({ plain: plain(phrase), tokens: tokensOf(phrase).map(({ text }) => text) })),
    );
    /** @type {Map<string, { phrase: Phrase, concept: Phrase[] }[]>} */
    this.byFirst = new Map();
    for (const concept of this.concepts) {
      for (const phrase of concept) {
        const [first] = phrase.tokens;
        this.byFirst.set(first, [...(this.byFirst.get(first) ?? []), { phrase, concept }]);
      }
    }
  }

  /**
   * @param {Field[]} fields
   * @param {number} record
   */
  #add(fields, record) {
    for (const { text, weight, rank } of fields) {
      if (!text) continue;
      const number = this.texts.length;
      let words = "";
      let touches = true;
      eachRun(text, (run, paired) => {
        words += touches || paired ? run : ` ${run}`;
        touches = paired;
        if (!paired || run.length < 2) this.#post(run, number);
        else if (BEYOND.test(run)) for (const pair of tokensOf(run)) this.#post(pair.text, number);
        else for (let at = 1; at < run.length; at += 1) this.#post(run.slice(at - 1, at + 1), number);
      });
      this.texts.push({ record, plain: words, weight, rank });
    }
  }

  /**
   * @param {string} token
   * @param {number} text the last one
   */
  #post(token, text) {
    const having = this.postings.get(token);
    if (!having) this.postings.set(token, [text]);
    else if (having[having.length - 1] !== text) having.push(text);
  }

  /** @param {number} having in how many records a word is */
  #rarity(having) {
    return Math.log(1 + (this.count - having + 0.5) / (having + 0.5));
  }

  /**
   * Whether a word says little; so does a pair with a particle, such as 的, in it.
   *
   * @param {string} token
   */
  #isCommon(token) {
    if (this.common.has(token)) return true;
    return isUnspaced(token) && [...token].some((character) => this.particles.has(character));
  }

  /** @param {string} word */
  #isSlipForCommon(word) {
    if (this.postings.has(word) || word.length < LEAST_SLIPPED || isUnspaced(word)) return false;
    return [...this.common].some((common) => common[0] === word[0] && editDistance(word, common, 1) <= 1);
  }

  /**
   * @param {string} folded a query
   * @returns {{ records: Found[], near: Found[], words: Set<string> }} what is found, best first;
   *   or else what comes near; and the words of the index that were found
   */
  search(folded) {
    const tokens = this.#asWritten(tokensOf(folded));
    const slots = tokens.map((token, index) => this.#slot(token, index === tokens.length - 1));
    this.#addConcepts(slots);
    for (const slot of slots) slot.weight = this.#weigh(slot);
    const words = new Set(slots.flatMap(({ alike }) => [...alike.keys()]));
    const known = sum(slots.filter(({ texts }) => texts.size));
    const unknown = sum(slots.filter(({ texts }) => !texts.size));
    if (!known) return { records: [], near: [], words };
    const total = known + Math.min(unknown, known * MOST_UNKNOWN);
    return { ...this.#scored(folded, slots, total), words };
  }

  /**
   * @param {string} folded
   * @param {Slot[]} slots
   * @param {number} total what all slots weigh
   * @returns {{ records: Found[], near: Found[] }}
   */
  #scored(folded, slots, total) {
    /** @type {Map<number, number>} */
    const shared = new Map();
    /** @type {Map<number, number>} */
    const covered = new Map();
    for (const { texts, weight } of slots) {
      /** @type {Map<number, number>} */
      const best = new Map();
      for (const [text, quality] of texts) {
        shared.set(text, (shared.get(text) ?? 0) + weight * quality);
        const { record, weight: share } = this.texts[text];
        const counted = quality * Math.min(1, share);
        if (counted > (best.get(record) ?? 0)) best.set(record, counted);
      }
      for (const [record, quality] of best) covered.set(record, (covered.get(record) ?? 0) + weight * quality);
    }
    /** @type {Map<number, number>} */
    const likest = new Map();
    for (const [text, sum] of shared) {
      const { record, weight } = this.texts[text];
      const likeness = ((2 * sum) / (total + this.sizes[text])) * weight;
      if (likeness > (likest.get(record) ?? 0)) likest.set(record, likeness);
    }
    const phrases = this.#phrases(folded, slots, shared);
    const scores = [...covered].map(([record, sum]) => {
      const coverage = sum / total;
      const phrase = phrases.get(record) ?? 0;
      return { record, coverage, phrase, score: COVERAGE * coverage + LIKENESS * (likest.get(record) ?? 0) + phrase };
    });
    scores.sort((one, other) => other.score - one.score || one.record - other.record);
    const matches = (/** @type {number[][]} */ limits) => (/** @type {typeof scores[0]} */ found) =>
      limits.some(([least, evidence]) => found.coverage >= least && found.coverage * total >= evidence * this.rarest);
    const isEnough = matches(ENOUGH);
    const enough = scores.filter((found) => found.phrase || isEnough(found));
    const least = Math.min(enough[0]?.score ?? 0, 2) * LEAST_OF_BEST;
    return {
      records: enough.filter(({ score }) => score >= least),
      near: enough.length ? [] : scores.filter(matches(NEAR)),
    };
  }

  /**
   * What the query counts for as a phrase of each record.
   *
   * @param {string} folded
   * @param {Slot[]} slots
   * @param {Map<number, number>} shared the texts that share words with the query
   * @returns {Map<number, number>}
   */
  #phrases(folded, slots, shared) {
    const asked = plain(folded);
    const meant = plain(slots.map((slot) => meantBy(slot)).join(" "));
    /** @type {Map<number, number>} */
    const best = new Map();
    for (const number of shared.keys()) {
      const { record, plain: text, rank } = this.texts[number];
      if (rank < 0) continue;
      const value = Math.max(phraseValue(asked, text), asked === meant ? 0 : phraseValue(meant, text));
      if (!value) continue;
      const ranked = value + RANK * rank;
      if (ranked > (best.get(record) ?? 0)) best.set(record, ranked);
    }
    return best;
  }

  /**
   * Words as the texts write them: "qrcode" as "qr code", "api key" as "apikey", "can not" as
   * "cannot".
   *
   * @param {import("./text.js").Token[]} tokens
   * @returns {import("./text.js").Token[]}
   */
  #asWritten(tokens) {
    const known = (/** @type {string} */ word) => this.postings.has(word);
    const isPart = (/** @type {string} */ word) => known(word) && !this.common.has(word);
    /** @type {import("./text.js").Token[]} */
    const written = [];
    for (const token of tokens) {
      const before = written.at(-1);
      const joined = before && isLetters(before.text) && isLetters(token.text) ? before.text + token.text : "";
      if (before && (joined === "cannot" || (known(joined) && !(known(before.text) && known(token.text))))) {
        written.splice(-1, 1, { ...before, text: joined, end: token.end });
      } else if (token.paired || known(token.text) || this.common.has(token.text)) {
        written.push(token);
      } else {
        const { text } = token;
        const cut = [...Array(text.length).keys()].find(
          (at) => at >= 2 && text.length - at >= 2 && isPart(text.slice(0, at)) && isPart(text.slice(at)),
        );
        const parts = cut ? [text.slice(0, cut), text.slice(cut)] : [text];
        written.push(...parts.map((part) => ({ ...token, text: part })));
      }
    }
    return written;
  }

  /**
   * @param {import("./text.js").Token} token
   * @param {boolean} isLast whether the reader may still be typing it
   * @returns {Slot}
   */
  #slot(token, isLast) {
    const alike = token.paired ? this.alike.pairs(token.text) : this.alike.words(token.text, isLast);
    /** @type {Slot} */
    const slot = { token, alike, texts: new Map(), weight: 0, isTelling: false };
    for (const [word, quality] of alike) {
      for (const text of this.postings.get(word) ?? []) take(slot, text, quality);
    }
    if (token.paired && !alike.size) this.#addCharacters(slot);
    return slot;
  }

  /** @param {Slot} slot a pair of characters, or a single one */
  #addCharacters(slot) {
    const [first, second] = slot.token.text;
    const having = this.#withCharacter(first);
    if (second === undefined) {
      for (const text of having) take(slot, text, SINGLE);
      return;
    }
    const others = new Set(this.#withCharacter(second));
    for (const text of having) if (others.has(text)) take(slot, text, APART);
  }

  /**
   * @param {string} character
   * @returns {number[]} the texts that have it
   */
  #withCharacter(character) {
    if (!this.characters) {
      /** @type {Map<string, Set<number>>} */
      this.characters = new Map();
      for (const [token, texts] of this.postings) {
        if (!isUnspaced(token)) continue;
        for (const part of token) {
          const having = this.characters.get(part) ?? new Set();
          for (const text of texts) having.add(text);
          this.characters.set(part, having);
        }
      }
    }
    return [...(this.characters.get(character) ?? [])];
  }

  /**
   * Lets the words of a concept find what its other words find.
   *
   * @param {Slot[]} slots
   */
  #addConcepts(slots) {
    /** @type {Map<Phrase[], [number, number][]>} */
    const spans = new Map();
    slots.forEach(({ token }, at) => {
      const written = [token.text, token.text.replace(/s$/, "")];
      for (const { phrase, concept } of new Set(written.flatMap((word) => this.byFirst.get(word) ?? []))) {
        if (!isAt(phrase.tokens, slots, at)) continue;
        spans.set(concept, [...(spans.get(concept) ?? []), [at, at + phrase.tokens.length]]);
      }
    });
    for (const [concept, places] of spans) {
      for (const phrase of concept) {
        const texts = this.#withAll(phrase.tokens).filter((text) => hasPhrase(this.texts[text].plain, phrase.plain));
        for (const place of places) addConcept(slots, place, phrase, texts);
      }
    }
  }

  /**
   * @param {string[]} tokens
   * @returns {number[]} the texts that have all of them
   */
  #withAll(tokens) {
    const lists = tokens.map((token) => this.postings.get(token) ?? []);
    lists.sort((one, other) => one.length - other.length);
    const [first = [], ...others] = lists;
    const sets = others.map((list) => new Set(list));
    return first.filter((text) => sets.every((set) => set.has(text)));
  }

  /**
   * What a word of the query weighs: rare ones more, unknown ones little.
   *
   * @param {Slot} slot
   */
  #weigh({ token, alike, texts, isTelling }) {
    const isCommon = this.#isCommon(token.text) || this.#isSlipForCommon(token.text);
    if (isCommon || /^[0-9]{1,2}$/.test(token.text)) return texts.size ? this.#rarity(this.#recordsIn([...texts.keys()])) * COMMON : 0;
    if (!texts.size) {
      if (token.paired) return this.rarest * SEAM;
      const isShort = token.text.length <= SHORT || /^[0-9]+$/.test(token.text);
      return this.rarest * (isShort ? UNKNOWN_SHORT : UNKNOWN);
    }
    if (token.paired && !alike.size) return this.rarest * SEAM;
    return this.#rarity(this.#recordsIn([...texts.keys()])) * (isTelling ? TELLING : 1);
  }

  /**
   * @param {number[]} texts in rising order
   * @returns {number} how many records have one of them
   */
  #recordsInOrder(texts) {
    let count = 0;
    let before = -1;
    for (const text of texts) {
      if (this.texts[text].record !== before) count += 1;
      before = this.texts[text].record;
    }
    return count;
  }

  /**
   * @param {number[]} texts in any order
   * @returns {number} the same
   */
  #recordsIn(texts) {
    return new Set(texts.map((text) => this.texts[text].record)).size;
  }
}

/** @param {Slot[]} slots */
function sum(slots) {
  return slots.reduce((weight, slot) => weight + slot.weight, 0);
}

/**
 * @param {Slot} slot
 * @param {number} text
 * @param {number} quality
 */
function take({ texts }, text, quality) {
  if (quality > (texts.get(text) ?? 0)) texts.set(text, quality);
}

/**
 * The word that a reader meant who wrote one that no text has.
 *
 * @param {Slot} slot
 */
function meantBy({ token, alike }) {
  if (alike.has(token.text)) return token.text;
  const [best] = [...alike].sort(([, one], [, other]) => other - one);
  return best && best[1] ? best[0] : token.text;
}

/**
 * @param {string[]} tokens
 * @param {Slot[]} slots
 * @param {number} at
 */
function isAt(tokens, slots, at) {
  return tokens.every((token, index) => isWord(token, slots[at + index]?.token.text ?? ""));
}

/**
 * @param {Slot[]} slots
 * @param {[number, number]} place from the first slot of the concept to behind the last one
 * @param {Phrase} phrase
 * @param {number[]} texts that have the phrase
 */
function addConcept(slots, [from, to], phrase, texts) {
  for (const slot of slots.slice(from, to)) {
    slot.isTelling = true;
    for (const text of texts) take(slot, text, SAME_MEANING);
    for (const token of phrase.tokens) if (!slot.alike.has(token)) slot.alike.set(token, 0);
  }
  if (!slots[from].token.paired) return;
  // The pairs at both ends have one character of the phrase, and one of what is next to it.
  for (const seam of [slots[from - 1], slots[to]]) {
    if (seam?.token.paired) for (const text of texts) take(seam, text, AT_A_SEAM);
  }
}

/** @param {string} text */
function isLetters(text) {
  return /^[\p{L}\p{M}]+$/u.test(text) && !isUnspaced(text);
}

/**
 * @param {string} word
 * @param {string} written the same, or its plural
 */
function isWord(word, written) {
  return written === word || written === `${word}s`;
}
