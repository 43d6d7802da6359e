// Understands a query over one locale's index. Everything that looks a query up asks this engine:
// the search box, the table of all codes, the page for wrong addresses, and `explain`.
// @ts-check

import { Addresses } from "./addresses.js";
import { Codes } from "./codes.js";
import { Messages } from "./messages.js";
import { WHOLE } from "./phrases.js";
import { Ranking } from "./ranking.js";
import { createFolding, plain } from "./text.js";
import { unescaped } from "./transport.js";

/**
 * An entry of the index, as errorcatalog/search writes it; a page has only `location`, `title` and
 * `text`.
 *
 * @typedef {object} Entry
 * @property {string} location
 * @property {string} title HTML
 * @property {string} text HTML
 * @property {string} [code]
 * @property {string[]} [names] other names of the code
 * @property {string[]} [formerly] the ids that a scenario had before
 * @property {string} [scenario]
 * @property {string} [heading]
 * @property {string} [message]
 * @property {string} [description]
 * @property {string[]} [also] the same in other languages and wordings
 * @property {string[]} [aliases]
 * @property {string} [retired] since when and why a code is not returned
 */

/**
 * What a catalog and its languages say about texts.
 *
 * @typedef {object} Understanding
 * @property {string} folding
 * @property {import("./codes.js").Words} words
 * @property {string} placeholder a pattern of a parameter in a message, or ""
 * @property {string[][]} concepts groups of words of one meaning
 * @property {string[]} common words that say little about what is wrong
 * @property {string[]} sounds groups of characters that sound the same
 */

/**
 * What a query means, as numbers of entries.
 *
 * @typedef {object} Answer
 * @property {"named" | "family" | "words" | "none"} by how it was found
 * @property {number[]} meant the records that are named, in the order of the text; or all of the
 *   family; or the one that its words fit best
 * @property {number[]} others what may be meant as well, best first
 * @property {string[]} unknown codes that the query gives out, and that are not in the catalog
 * @property {number[]} nearest if nothing is meant, what comes near
 * @property {Set<string>} words the words of the index that were found
 */

/**
 * @typedef {object} Place where a text names records
 * @property {number} start
 * @property {number[]} records those that it speaks of
 * @property {number[]} less others of the same code or message
 */

/** What a word in each text of a record counts for, and how the texts rank among themselves. */
const TEXTS = {
  message: { weight: 1, rank: 6 },
  description: { weight: 1, rank: 5 },
  heading: { weight: 1.05, rank: 4 },
  aliases: { weight: 1, rank: 3 },
  also: { weight: 0.95, rank: 2 },
  code: { weight: 1, rank: 1 },
  scenario: { weight: 0.6, rank: -1 },
  page: { weight: 1, rank: 0 },
};
const PAGE_COVERAGE = 0.8;
/** Words that look like a code must be found nearly whole: FOO_NOT_FOUND is not "not found". */
const CODE_COVERAGE = 0.85;
/** Of a longer text, only the beginning is ranked by its words. */
const MOST_RANKED = 400;
const MOST_NEAREST = 5;

/** Answers queries over one index. */
export class Engine {
  /**
   * @param {Entry[]} entries
   * @param {Understanding} understanding
   */
  constructor(entries, understanding) {
    this.entries = entries;
    this.understanding = understanding;
    this.fold = createFolding(understanding.folding);
    const records = entries.flatMap((entry) => (entry.code ? [recordOf(entry)] : []));
    this.codes = new Codes(records, understanding.words, this.fold);
    this.addresses = new Addresses(entries, this.codes);
    this.messages = new Messages(
      entries.map(({ message }) => message),
      understanding.placeholder,
      this.fold,
    );
    /** @type {Ranking | undefined} */
    this.ranked = undefined;
    /** @type {Map<string, number[]>} */
    this.byCode = new Map();
    entries.forEach(({ code }, index) => {
      if (code) this.byCode.set(code, [...(this.byCode.get(code) ?? []), index]);
    });
  }

  /** The words of all texts, which are read when the first query needs them. */
  get ranking() {
    this.ranked ??= new Ranking(
      this.entries.map((entry) => this.#fields(entry)),
      this.understanding.concepts.map((phrases) => phrases.map(this.fold)),
      this.understanding.common.map(this.fold),
      this.understanding.sounds,
    );
    return this.ranked;
  }

  /**
   * @param {string} query of any length
   * @returns {Answer}
   */
  ask(query) {
    const all = unescaped(query);
    const written = all.trim();
    const folded = this.fold(written);
    if (!folded) return answer("none");
    return this.#exact(folded) ?? this.#family(folded) ?? this.#named(written, folded) ?? this.#byWords(written, folded);
  }

  /**
   * The answer to a query that is a code, or the words of one: "access denied".
   *
   * @param {string} folded
   * @returns {Answer | undefined}
   */
  #exact(folded) {
    const codes = this.codes.exactly(folded);
    if (!codes.length) return undefined;
    const meant = this.#recordsOf(codes, folded);
    const isWords = /^\p{L}+(?: \p{L}+)+[.!]?$/u.test(folded);
    const held = isWords ? this.messages.heldIn(folded).flatMap(({ records }) => records) : [];
    return answer("named", { meant: unique([...meant, ...held]) });
  }

  /**
   * @param {string} folded
   * @returns {Answer | undefined}
   */
  #family(folded) {
    const codes = this.codes.inFamily(folded);
    return codes.length ? answer("family", { meant: this.#recordsOf(codes, folded) }) : undefined;
  }

  /**
   * The answer to a text that has codes, addresses or messages in it.
   *
   * @param {string} written
   * @param {string} folded
   * @returns {Answer | undefined}
   */
  #named(written, folded) {
    const { addressed, sure, likely, doubtful, messages } = this.#placesIn(written, folded);
    const certain = [...addressed, ...sure, ...messages.filter(({ isSure }) => isSure)];
    const unsure = messages.filter(({ isSure }) => !isSure);
    // If nothing announces a code, a number is as good as a word.
    const isPlain = certain.length === sure.length && !sure.some(({ isAnnounced }) => isAnnounced);
    const levels = isPlain ? [[...sure, ...likely], unsure] : [certain, likely, unsure];
    const [first, ...later] = levels.filter((level) => level.length).map(inOrder);
    if (!first) return undefined;
    const unknown = this.codes.unknownIn(written, folded);
    // A number that nothing announces does not answer for a code that is announced and unknown.
    if (unknown.some(isNumber) && !certain.length && !unsure.length) return undefined;
    const meant = unique(recordsAt(first));
    const others = [...first.flatMap(({ less }) => less), ...[...later, doubtful].flatMap(recordsAt)];
    return answer("named", { meant, others: without(meant, others), unknown });
  }

  /**
   * Where a text names something, and how sure that is.
   *
   * @param {string} written
   * @param {string} folded
   */
  #placesIn(written, folded) {
    const mentions = this.codes.namedIn(written, folded);
    const addressed = this.addresses.in(written);
    const held = this.messages.heldIn(folded);
    const at = (/** @type {import("./codes.js").Mention} */ { codes, start, isAnnounced }) => {
      const [records, less] = this.#spokenOf(codes, folded);
      return { start, records, less, isAnnounced };
    };
    const isInAddress = (/** @type {{ start: number }} */ { start }) =>
      addressed.some((place) => place.start <= start && start < place.end);
    // A message next to its own code says that the number is one.
    const ofMessages = new Set(recordsAt(held));
    const isConfirmed = (/** @type {Place} */ { records, less }) =>
      [...records, ...less].some((record) => ofMessages.has(record));
    const numbers = mentions.likely.map(at);
    const confirmed = numbers.filter(isConfirmed).map((place) => ({ ...place, isAnnounced: true }));
    const likely = numbers.filter((place) => !isConfirmed(place));
    const sure = [...mentions.sure.filter((place) => !isInAddress(place)).map(at), ...confirmed];
    const ofCodes = new Set(recordsAt([...addressed, ...sure, ...likely]));
    // A message does not say which of its codes it comes with, unless the text does.
    const messages = held
      .filter(({ records }) => !records.some((record) => ofCodes.has(record)))
      .map(({ records: [first, ...less], start, isSure }) => ({ start, isSure, records: [first], less }));
    return { addressed, sure, likely, doubtful: mentions.doubtful.map(at), messages };
  }

  /**
   * The answer to words.
   *
   * @param {string} written
   * @param {string} folded
   * @returns {Answer}
   */
  #byWords(written, folded) {
    const unknown = this.codes.unknownIn(written, folded);
    const { records: found, near: weaker, words } = this.ranking.search(this.codes.numbers.without(folded.slice(0, MOST_RANKED)));
    const records = this.#codesFirst(found);
    if (records.length && unknown.every((code) => this.#isWords(code))) {
      return answer("words", { meant: records.slice(0, 1), others: records.slice(1), words });
    }
    const slips = unknown.flatMap((code) => this.codes.slip(code));
    if (slips.length) return answer("words", { meant: this.#recordsOf(slips, folded) });
    const near = unknown.flatMap((code) => this.#recordsOf(this.codes.near(code), folded));
    const similar = [...records, ...this.#codesFirst(weaker)].filter((record) => this.entries[record].code);
    const nearest = unique([...near, ...similar]);
    return answer("none", { unknown, nearest: nearest.slice(0, MOST_NEAREST) });
  }

  /**
   * Whether what looks like a code is a few words that records have: "card_expired".
   *
   * @param {string} code
   */
  #isWords(code) {
    if (isNumber(code)) return false;
    const words = this.fold(code).replace(/[_-]/g, " ");
    const [best] = this.ranking.search(words).records;
    return (best?.coverage ?? 0) >= CODE_COVERAGE;
  }

  /**
   * Codes before other pages, and codes that are returned before those that no longer are; a page
   * whose title was typed comes right after the best code.
   *
   * @param {import("./ranking.js").Found[]} found
   * @returns {number[]}
   */
  #codesFirst(found) {
    const isCode = (/** @type {{ record: number }} */ { record }) => this.entries[record].code;
    const isRetired = (/** @type {{ record: number }} */ { record }) => this.entries[record].retired;
    const every = found.filter(isCode);
    const codes = [...every.filter((result) => !isRetired(result)), ...every.filter(isRetired)];
    // A long text has many words: a page that has only some of those asked for is no answer.
    const pages = found.filter((result) => !isCode(result) && result.coverage >= PAGE_COVERAGE);
    const titled = pages.filter(({ score }) => score >= WHOLE);
    const others = pages.filter(({ score }) => score < WHOLE);
    const order = [...codes.slice(0, 1), ...titled, ...codes.slice(1), ...others];
    return order.map(({ record }) => record);
  }

  /**
   * The records of codes: of a code in several scenarios, first that of which the text speaks.
   *
   * @param {string[]} codes
   * @param {string} folded
   * @returns {number[]}
   */
  #recordsOf(codes, folded) {
    return codes.flatMap((code) => this.#spokenOf([code], folded).flat());
  }

  /**
   * The records of codes of which a text speaks, and the others.
   *
   * @param {string[]} codes
   * @param {string} folded
   * @returns {[number[], number[]]}
   */
  #spokenOf(codes, folded) {
    const records = codes.flatMap((code) => this.byCode.get(code) ?? []);
    if (records.length < 2) return [records, []];
    const text = plain(folded);
    const speaksOf = (/** @type {number} */ record) => {
      const { message = "", scenario = "", location, also = [] } = this.entries[record];
      const id = location.split("/").at(-3) ?? "";
      const said = [message, scenario, id, ...also.slice(0, 1)].map((part) => plain(this.fold(part)));
      return said.filter((part) => part && text.includes(part)).length;
    };
    const times = new Map(records.map((record) => [record, speaksOf(record)]));
    const most = Math.max(...times.values());
    return [records.filter((record) => times.get(record) === most), records.filter((record) => times.get(record) !== most)];
  }

  /**
   * @param {Entry} entry
   * @returns {import("./ranking.js").Field[]}
   */
  #fields(entry) {
    const field = (/** @type {string} */ text, /** @type {keyof typeof TEXTS} */ kind) => ({
      text: this.fold(text),
      ...TEXTS[kind],
    });
    if (!entry.code) return [entry.title, entry.text].map((html) => field(textOf(html), "page"));
    return [
      // A number is a code or none; as a word it would be found in amounts.
      field([entry.code, ...(entry.names ?? [])].filter((name) => !isNumber(name)).join(" "), "code"),
      field(entry.message ?? "", "message"),
      field(entry.description ?? "", "description"),
      field(entry.heading ?? "", "heading"),
      field(entry.scenario ?? "", "scenario"),
      ...(entry.also ?? []).map((text) => field(text, "also")),
      ...(entry.aliases ?? []).map((text) => field(text, "aliases")),
    ];
  }
}

/**
 * @template {{ start: number }} At
 * @param {At[]} places
 */
function inOrder(places) {
  return [...places].sort((one, other) => one.start - other.start);
}

/** @param {{ records: number[] }[]} places */
function recordsAt(places) {
  return places.flatMap(({ records }) => records);
}

/** @param {string} code */
function isNumber(code) {
  return /^[0-9]+$/.test(code);
}

/**
 * @param {Answer["by"]} by
 * @param {Partial<Answer>} found
 * @returns {Answer}
 */
function answer(by, found = {}) {
  return { by, meant: [], others: [], unknown: [], nearest: [], words: new Set(), ...found };
}

/**
 * @param {Entry} entry
 */
function recordOf({ code = "", names, location }) {
  return { code, names, scenario: location.split("/").at(-3) };
}

/**
 * The text of a little HTML.
 *
 * @param {string} html
 */
export function textOf(html) {
  return unescaped(html.replace(/<[^>]*>/g, " "));
}

/** @param {number[]} records */
function unique(records) {
  return [...new Set(records)];
}

/**
 * @param {number[]} these
 * @param {number[]} records
 */
function without(these, records) {
  return unique(records).filter((record) => !these.includes(record));
}
