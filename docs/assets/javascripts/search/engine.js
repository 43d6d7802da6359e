// Answers a query over one locale's index: codes it names, messages it holds, words it is about.
// @ts-check

import { Codes, unescaped, valuesIn } from "./codes.js";
import { escaped, marked } from "./marks.js";
import { Ranking, WHOLE } from "./ranking.js";
import { createFolding, plain } from "./text.js";

/**
 * An entry of the index, as errorcatalog/search.py writes it; a hand-written page has only
 * `location`, `title` and `text`.
 *
 * @typedef {object} Entry
 * @property {string} location
 * @property {string} title HTML
 * @property {string} text HTML
 * @property {string} [code]
 * @property {string} [scenario]
 * @property {string} [heading]
 * @property {string} [message]
 * @property {string} [description]
 * @property {string[]} [also] the same in other languages and wordings
 * @property {string[]} [aliases]
 * @property {string[]} [guidance] what to do
 * @property {string} [retired] since when and why a code is not returned
 */

/**
 * @typedef {object} Understanding
 * @property {string} folding
 * @property {import("./codes.js").Words} words
 */

/**
 * A result as the theme shows it.
 *
 * @typedef {object} Result
 * @property {string} location
 * @property {string} title HTML
 * @property {string} text HTML
 * @property {number} score
 * @property {Record<string, boolean>} terms
 */

/** How much a word says in each text of a record, and how the texts rank among themselves. */
const TEXTS = {
  message: { weight: 2.2, rank: 6 },
  description: { weight: 2.2, rank: 5 },
  heading: { weight: 3, rank: 4 },
  aliases: { weight: 2.6, rank: 3 },
  also: { weight: 1.8, rank: 2 },
  guidance: { weight: 0.3, rank: -1 },
  code: { weight: 3, rank: 1 },
  scenario: { weight: 1, rank: -1 },
  page: { weight: 1, rank: 0 },
};
const PAGE_COVERAGE = 0.8;
const MOST_RESULTS = 30;
// A pasted log names its error soon; to read on for seconds would keep the next query waiting.
const MOST_CHARACTERS = 4000;
// A message is told from common words by its length; a shorter one must be a value by itself.
const SAFE_MESSAGE = 24;

// A code's own address, or the end of it.
const ADDRESS = /(?<![a-z0-9-])[a-z0-9-]+\/[a-z0-9._-]*[a-z0-9]/g;

/** Searches one index. */
export class Engine {
  /**
   * @param {Entry[]} entries
   * @param {Understanding} understanding
   */
  constructor(entries, understanding) {
    this.entries = entries;
    this.fold = createFolding(understanding.folding);
    const codes = new Set(entries.flatMap(({ code }) => (code ? [code] : [])));
    this.codes = new Codes(codes, understanding.words, this.fold);
    this.ranking = new Ranking(entries.map((entry) => this.#fields(entry)));
    /** @type {Map<string, number[]>} */
    this.byCode = new Map();
    /** @type {Map<string, number[]>} */
    this.byMessage = new Map();
    /** @type {Map<string, number>} */
    this.byAddress = new Map();
    entries.forEach(({ code, message, location }, index) => {
      if (code) this.byAddress.set(location.toLowerCase().replace(/\/$/, ""), index);
      if (code) append(this.byCode, code, index);
      if (message) append(this.byMessage, plain(this.fold(message)), index);
    });
  }

  /**
   * @param {string} query
   * @returns {Result[]} best first
   */
  search(query) {
    const folded = this.fold(unescaped(query.slice(0, MOST_CHARACTERS))).trim();
    if (!folded) return [];
    const exact = this.codes.exactly(folded);
    if (exact && !this.#isAlsoWords(folded)) return this.#results(this.#records([exact], folded), new Set());
    const named = exact ? [] : this.#named(folded);
    if (named.length) return this.#results(named, new Set());
    const starting = exact ? [] : this.codes.startingWith(folded);
    if (starting.length) return this.#results(this.#records(starting, folded), new Set());
    const found = this.ranking.search(folded);
    const first = exact ? this.#records([exact], folded) : [];
    return this.#results([...new Set([...first, ...this.#codesFirst(found.records)])], found.words);
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
   * Whether a query that is a code may as well be words: "access denied".
   *
   * @param {string} folded
   */
  #isAlsoWords(folded) {
    return /^\p{L}+(?: \p{L}+)+$/u.test(folded) && this.byMessage.has(plain(folded));
  }

  /**
   * The records that a longer text names, by code or by message, in its order.
   *
   * @param {string} folded
   * @returns {number[]}
   */
  #named(folded) {
    const named = this.codes.namedIn(folded).map(({ code, position }) => ({
      position,
      records: this.#records([code], folded),
    }));
    for (const match of folded.matchAll(ADDRESS)) {
      const record = this.byAddress.get(match[0]);
      if (record !== undefined) named.push({ position: match.index, records: [record] });
    }
    const already = new Set(named.flatMap(({ records }) => records));
    for (const { records, position } of this.#messagesIn(folded)) {
      if (!records.some((record) => already.has(record))) named.push({ position, records });
    }
    named.sort((one, other) => one.position - other.position);
    return [...new Set(named.flatMap(({ records }) => records))];
  }

  /**
   * Whole messages in a longer text.
   *
   * @param {string} folded
   * @returns {{ records: number[], position: number }[]}
   */
  #messagesIn(folded) {
    const text = plain(folded);
    if (this.byMessage.has(text)) return [];
    const found = [];
    const values = /["\n{}=:|]/.test(folded) ? valuesIn(folded) : [];
    for (const [message, records] of this.byMessage) {
      const value = values.find((candidate) => candidate.text === message);
      const at = message.length >= SAFE_MESSAGE ? text.indexOf(message) : -1;
      if (value) found.push({ records, position: value.position, length: message.length });
      else if (at >= 0) {
        // Counted in the plain text, which is a little shorter: the order is what matters.
        found.push({ records, position: at, length: message.length });
      }
    }
    return found;
  }

  /**
   * The records of codes, in order; of two scenarios the one that the text speaks of comes first.
   *
   * @param {string[]} codes
   * @param {string} folded
   * @returns {number[]}
   */
  #records(codes, folded) {
    const text = plain(folded);
    const spokenOf = (/** @type {number} */ record) => {
      const { message = "", scenario = "", also = [] } = this.entries[record];
      const said = [message, scenario, ...also.slice(0, 1)].map((part) => plain(this.fold(part)));
      return said.filter((part) => part && text.includes(part)).length;
    };
    return codes.flatMap((code) =>
      [...(this.byCode.get(code) ?? [])].sort((one, other) => spokenOf(other) - spokenOf(one)),
    );
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
    if (!entry.code) return [field(textOf(entry.title), "page"), field(textOf(entry.text), "page")];
    return [
      field(entry.code, "code"),
      field(entry.message ?? "", "message"),
      field(entry.description ?? "", "description"),
      field(entry.heading ?? "", "heading"),
      field(entry.scenario ?? "", "scenario"),
      ...(entry.also ?? []).map((text) => field(text, "also")),
      ...(entry.aliases ?? []).map((text) => field(text, "aliases")),
      ...(entry.guidance ?? []).map((text) => field(text, "guidance")),
    ];
  }

  /**
   * @param {number[]} records
   * @param {Set<string>} words
   * @returns {Result[]}
   */
  #results(records, words) {
    const shown = records.slice(0, MOST_RESULTS);
    // The theme goes to the highest score on Enter, so scores only tell the order.
    return shown.map((record, index) => ({
      location: this.entries[record].location,
      ...this.#shown(this.entries[record], words),
      score: shown.length - index,
      terms: {},
    }));
  }

  /**
   * @param {Entry} entry
   * @param {Set<string>} words
   */
  #shown(entry, words) {
    if (!entry.code) return { title: entry.title, text: `<p>${excerpt(textOf(entry.text))}</p>` };
    const mark = (/** @type {string} */ text) => marked(text, this.fold(text), words);
    const heading = entry.heading ?? "";
    const description = entry.description ?? "";
    const lines = [`<p class="ref-hit__message"><code>${mark(entry.message ?? "")}</code></p>`];
    if (!description.startsWith(heading)) lines.unshift(`<p>${mark(description)}</p>`);
    if (entry.retired) lines.unshift(`<p><strong>${escaped(entry.retired)}</strong></p>`);
    const title =
      `<span class="ref-hit__code">${escaped(entry.code)}</span> ` +
      `<span class="ref-hit__heading">${mark(heading)}</span> ` +
      `<span class="ref-hit__scenario">${escaped(entry.scenario ?? "")}</span>`;
    return { title, text: lines.join("") };
  }
}

/** @param {string} html */
function textOf(html) {
  return html
    .replace(/<[^>]*>/g, " ")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;|&#34;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, "&");
}

/** @param {string} text */
function excerpt(text) {
  const characters = [...text.trim()];
  return escaped(characters.length > 160 ? `${characters.slice(0, 160).join("")}…` : characters.join(""));
}

/**
 * @template Key
 * @param {Map<Key, number[]>} map
 * @param {Key} key
 * @param {number} value
 */
function append(map, key, value) {
  map.set(key, [...(map.get(key) ?? []), value]);
}
