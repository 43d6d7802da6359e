// Which codes a text names, however they are written there, and which it only seems to name.
// @ts-check

import { patternOf, rangeOf } from "./families.js";
import { atomsOf, DIGITS, isThousands, joined, keyOf } from "./keys.js";
import { NOTHING, Numbers, oneOf } from "./numbers.js";
import { editDistance, literally } from "./text.js";

/**
 * @typedef {object} Words what a catalog and its languages say about codes and numbers
 * @property {string} prefix the catalog's own prefix of a code, such as "ABC" in "ABC-1234"
 * @property {string[]} code words that announce a code
 * @property {string[]} amount words by which a number is an amount, a time or a date
 * @property {string[]} family words by which digits or letters are the beginning of codes
 */

/**
 * @typedef {object} Mention a place where a text names a code
 * @property {string[]} codes the code; several, if they differ only in marks
 * @property {number} start
 * @property {number} end
 * @property {boolean} isAnnounced whether the text says that it is a code
 */

/**
 * @typedef {object} Mentions the codes of a text by how sure it is that they are meant
 * @property {Mention[]} sure announced, or of a form that nothing else has
 * @property {Mention[]} likely numbers of which nothing says what they are
 * @property {Mention[]} doubtful numbers that are more likely amounts, times and the like
 */

/** @typedef {import("./keys.js").Atom} Atom */

const LATIN_OR_DIGIT = /[a-z0-9]/i;
// What may tie the parts of a code together.
const TIE = /^[._\-/:#+~*|()[\]]{0,3}$/;
const SPACED_TIE = /^[._\-/:#+~*|()[\] ]{0,3}$/;
// What may be between a word that announces a code and the code.
const TIES = "[\"'`\\s:=#>|「（(\\[<_.-]*";
// What may be between codes that are listed: marks, and short words such as "and". Each part is a
// whole word or number, so that there is one way to cut a text into them.
const BETWEEN =
  /^(?:[^\p{L}\p{N}]|(?<!\p{L})\p{L}{1,3}(?!\p{L})|(?<![0-9])[0-9]{3,6}(?![0-9]))*$/u;
const MOST_BETWEEN = 40;
// A code that is a value of its own, as in `<![CDATA[BUSY]]>`, "(Throttling)", `"BUSY"`.
const OPENS = /(?:^|["'`(<>[{:=|\n])\s*$/;
const CLOSES = /^\s*(?:$|["'`)<>\]},;:|\n])/;
// A decimal, but not the ".0" that programs add to whole numbers; a process after a level of a log.
const IS_PART = /^\.(?!0+(?![0-9]))[0-9]|^ --- /;
// Where a word is a value: `"code": "BUSY"`, "code=BUSY", "code BUSY".
const IS_VALUE = /(?:[:=]|[a-z])\s*["'`]?$/;
// A class of a program that is named like a code.
const OF_A_CLASS = /^(?:exception|error|fault)$/i;
const BEFORE_LENGTH = 40;
const AFTER_LENGTH = 24;
/** A longer text is not a code with a few words around it. */
const BRIEF = 200;
const SHORTEST_PLAIN_NUMBER = 3;
/** How far a code may be from another one to be called near: in edits, and as a number. */
const MOST_EDITS = 3;
const NEIGHBORHOOD = 10;
/** Longer codes may be misspelt a little, and still be known. */
const SHORTEST_SLIP = 8;
const MOST_SLIPS = 2;
const MOST_UNKNOWN = 5;
/** A log may name a code thousands of times; so often it is looked at. */
const MOST_TIMES = 100;
const MOST_READ_FOR_UNKNOWN = 20_000;

/** Knows the codes of one catalog, and their other names. */
export class Codes {
  /**
   * @param {Iterable<{ code: string, names?: string[], scenario?: string }>} records
   * @param {Words} words
   * @param {(text: string) => string} fold
   */
  constructor(records, words, fold) {
    /** @type {Map<string, string[]>} */
    this.byKey = new Map();
    this.fold = fold;
    /** @type {Set<string>} */
    this.scenarios = new Set();
    let spaced = false;
    for (const { code, names = [], scenario } of records) {
      for (const name of [code, ...names]) {
        const key = keyOf(name);
        const having = this.byKey.get(key) ?? [];
        if (key && !having.includes(code)) this.byKey.set(key, [...having, code]);
        spaced ||= /\s/.test(name);
      }
      if (scenario) this.scenarios.add(scenario);
    }
    this.longest = Math.max(0, ...[...this.byKey.keys()].map((key) => key.length));
    this.starts = new Set([...this.byKey.keys()].map((key) => key.slice(0, 2)));
    const numeric = [...this.byKey.keys()].filter((key) => DIGITS.test(key));
    this.lengths = new Set(numeric.map((key) => key.length));
    this.tie = spaced ? SPACED_TIE : TIE;
    this.numbers = new Numbers(words.amount.map(fold));
    this.patterns = patternsOf(words, fold);
  }

  /**
   * What is left of a short query without quotes, brackets, and words that announce a code.
   *
   * @param {string} folded
   * @returns {string}
   */
  bare(folded) {
    let rest = folded.trim();
    for (;;) {
      const shorter = rest.replace(this.patterns.edges, "").trim();
      if (shorter === rest || !shorter) break;
      rest = shorter;
    }
    return rest.replace(this.patterns.prefix, "");
  }

  /**
   * The codes that a whole query is, in whatever spelling: more than one only if they differ in
   * nothing but marks.
   *
   * @param {string} folded
   * @returns {string[]}
   */
  exactly(folded) {
    if (folded.length > BRIEF) return [];
    const bare = this.bare(folded);
    for (const form of [folded, bare]) {
      const codes = this.byKey.get(keyOf(form));
      if (codes && isOneName(form)) return likest(codes, form);
    }
    return this.#insideOf(bare);
  }

  /**
   * The codes that a part of an address is, with or without the prefix.
   *
   * @param {string} name
   * @returns {string[]}
   */
  spelled(name) {
    const codes = this.byKey.get(keyOf(name)) ?? this.byKey.get(keyOf(this.unprefixed(name)));
    return codes ? likest(codes, name) : [];
  }

  /** @param {string} name */
  unprefixed(name) {
    const { length } = this.patterns.prefix.exec(this.fold(name))?.[0] ?? "";
    return name.slice(length);
  }

  /**
   * The code in a word that is nothing else: "PAY4400FAIL", "retry_3002_failed".
   *
   * @param {string} bare
   * @returns {string[]}
   */
  #insideOf(bare) {
    if (!/^[a-z][a-z_-]*[0-9]+(?:[_-]?[a-z][a-z_-]*)?$|^[0-9]+[_-]?[a-z][a-z_-]*$/.test(bare)) return [];
    const [before, number, after] = bare.split(/([0-9]+)/);
    const isOther = this.numbers.isOther(number, before, after, (other) => this.byKey.has(other));
    return number.length < SHORTEST_PLAIN_NUMBER || isOther ? [] : (this.byKey.get(number) ?? []);
  }

  /**
   * The codes of the family that a short query asks for: "44xx", "44 series", "44-46", "NOT_".
   *
   * @param {string} folded
   * @returns {string[]}
   */
  inFamily(folded) {
    if (folded.length > BRIEF) return [];
    const bare = this.bare(folded);
    const test = rangeOf(bare) ?? patternOf(folded) ?? this.#beginningIn(folded, bare);
    if (!test) return [];
    const codes = [...this.byKey].filter(([key]) => test(key)).flatMap(([, having]) => having);
    return [...new Set(codes)];
  }

  /**
   * @param {string} folded
   * @param {string} bare
   */
  #beginningIn(folded, bare) {
    const asked = this.patterns.family.exec(folded);
    const named = asked?.[1] ?? asked?.[2] ?? "";
    // Without a word that says so, only what cannot be a word is the beginning of codes.
    const start = keyOf(named || (/^[0-9]{2,}$|^[a-z0-9]+[_-]|^[a-z]+ +[a-z]/.test(bare) ? bare : ""));
    return start ? (/** @type {string} */ key) => key.startsWith(start) : undefined;
  }

  /**
   * Every code that a text names.
   *
   * @param {string} written
   * @param {string} folded the same text, folded: of the same length
   * @returns {Mentions}
   */
  namedIn(written, folded) {
    /** @type {Mentions} */
    const mentions = { sure: [], likely: [], doubtful: [] };
    const atoms = atomsOf(written);
    let listEnd = -Infinity;
    /** @type {Map<string, number>} */
    const times = new Map();
    for (let first = 0; first < atoms.length; first += 1) {
      const last = this.#lastOf(atoms, first, written);
      if (last < 0) continue;
      const text = written.slice(atoms[first].start, atoms[last].end);
      const before = times.get(text) ?? 0;
      if (before === MOST_TIMES) continue;
      times.set(text, before + 1);
      const place = { written, folded, atoms, first, last };
      const isAnnounced = this.#isAnnounced(place);
      let sureness = isAnnounced ? "sure" : this.#sureness(place);
      if (!sureness) continue;
      if (sureness === "likely" && isListed(folded, listEnd, atoms[first].start)) sureness = "sure";
      if (sureness === "sure") listEnd = atoms[last].end;
      mentions[sureness].push({ ...this.#mention(place), isAnnounced });
      first = last;
    }
    return { sure: onlyFirst(mentions.sure), likely: onlyFirst(mentions.likely), doubtful: onlyFirst(mentions.doubtful) };
  }

  /**
   * What a text gives out for a code, and the catalog does not have.
   *
   * @param {string} written
   * @param {string} folded
   * @returns {string[]} as written
   */
  unknownIn(written, folded) {
    const bare = folded.length <= BRIEF ? this.bare(folded) : "";
    const at = folded.indexOf(bare);
    if (this.byKey.has(keyOf(bare))) return [];
    if (/^[0-9]{1,10}$/.test(bare) || /^[a-z0-9.-]*_[a-z0-9._-]*$/.test(bare)) {
      return [written.slice(at, at + bare.length)];
    }
    const unknown = new Set();
    for (const match of folded.slice(0, MOST_READ_FOR_UNKNOWN).matchAll(/(?<![a-z0-9])[a-z0-9]+(?:[_-][a-z0-9]+)*/g)) {
      const text = match[0].replace(this.patterns.prefix, "");
      const isNumber = DIGITS.test(text);
      const looksLikeOne = isNumber ? this.lengths.has(text.length) : text.includes("_");
      if (!looksLikeOne || this.byKey.has(keyOf(text))) continue;
      const before = folded.slice(Math.max(0, match.index - BEFORE_LENGTH), match.index);
      if (!isNumber && !IS_VALUE.test(before)) continue;
      if (!this.patterns.announced.test(before) && !(text !== match[0] && DIGITS.test(text))) continue;
      unknown.add(written.slice(match.index + match[0].length - text.length, match.index + match[0].length));
      if (unknown.size === MOST_UNKNOWN) break;
    }
    return [...unknown];
  }

  /**
   * What may have been meant by a code that is not in the catalog.
   *
   * @param {string} text
   * @returns {string[]} nearest first
   */
  near(text) {
    const asked = keyOf(text.toLowerCase());
    if (!asked || asked.length > this.longest + 3) return [];
    /** @type {[number, string[]][]} */
    const distances = [];
    for (const [key, codes] of this.byKey) {
      const distance = distanceOf(asked, key);
      if (distance !== undefined) distances.push([distance, codes]);
    }
    distances.sort(([one], [other]) => one - other);
    return [...new Set(distances.flatMap(([, codes]) => codes))];
  }

  /**
   * The code that a long word is a slip for: "UNAUTHORISED_CLIENT". Numbers have no slips: each of
   * them may be another code.
   *
   * @param {string} text
   * @returns {string[]}
   */
  slip(text) {
    const asked = keyOf(text);
    if (/[0-9]/.test(asked) || asked.length < SHORTEST_SLIP) return [];
    const [near] = [...this.byKey].filter(([key]) => editDistance(asked, key, MOST_SLIPS) <= MOST_SLIPS);
    return near?.[1] ?? [];
  }

  /**
   * The last of the atoms that are a code together with the first; the longest code wins.
   *
   * @param {Atom[]} atoms
   * @param {number} first
   * @param {string} written
   * @returns {number} -1 if there is none
   */
  #lastOf(atoms, first, written) {
    let key = "";
    let last = -1;
    for (let index = first; index < atoms.length; index += 1) {
      if (index > first && !this.tie.test(written.slice(atoms[index - 1].end, atoms[index].start))) break;
      key = joined(key, atoms[index].text);
      if (key.length > this.longest || (key.length > 1 && !this.starts.has(key.slice(0, 2)))) break;
      if (this.byKey.has(key)) last = index;
    }
    return last < 0 ? this.#lastOfNumber(atoms, first, written) : last;
  }

  /**
   * The same for a number as programs write it: "00001234", "1,234".
   *
   * @param {Atom[]} atoms
   * @param {number} first
   * @param {string} written
   * @returns {number} -1 if there is none
   */
  #lastOfNumber(atoms, first, written) {
    let last = first;
    let number = atoms[first].text;
    if (!DIGITS.test(number)) return -1;
    while (written[atoms[last].end] === "," && isThousands(atoms[last], atoms[last + 1])) {
      last += 1;
      number += atoms[last].text;
    }
    const plain = number.replace(/^0+(?=[0-9])/, "");
    return plain !== atoms[first].text && this.byKey.has(plain) ? last : -1;
  }

  /**
   * @param {{ written: string, atoms: Atom[], first: number, last: number }} place
   * @returns {Omit<Mention, "isAnnounced">}
   */
  #mention({ written, atoms, first, last }) {
    const { start } = atoms[first];
    const { end } = atoms[last];
    const key = atoms.slice(first, last + 1).reduce((before, { text }) => joined(before, text), "");
    const codes = this.byKey.get(key) ?? this.byKey.get(written.slice(start, end).replace(/^0+|,/g, ""));
    const signed = written[start - 1] === "-" ? start - 1 : start;
    return { codes: likest(codes ?? [], written.slice(signed, end)), start, end };
  }

  /**
   * Whether what is before or after a code says that it is one.
   *
   * @param {{ written: string, folded: string, atoms: Atom[], first: number, last: number }} place
   */
  #isAnnounced({ written, folded, atoms, first, last }) {
    const { start } = atoms[first];
    const { end } = atoms[last];
    const before = written.slice(Math.max(0, start - BEFORE_LENGTH), start);
    const after = folded.slice(end, end + AFTER_LENGTH);
    if (/[0-9]\.$/.test(before) || IS_PART.test(after)) return false;
    const folder = first > 0 && /[_-]$/.test(before) ? atoms[first - 1].text.toLowerCase() : "";
    return (
      this.patterns.prefixed.test(before.toLowerCase()) ||
      this.patterns.announced.test(this.fold(apart(before))) ||
      this.patterns.announcedAfter.test(after) ||
      this.scenarios.has(folder)
    );
  }

  /**
   * @param {{ written: string, folded: string, atoms: Atom[], first: number, last: number }} place
   * @returns {keyof Mentions | undefined} nothing if the atoms are a part of something else
   */
  #sureness({ written, folded, atoms, first, last }) {
    const { start } = atoms[first];
    const { end } = atoms[last];
    const text = written.slice(start, end);
    const before = folded.slice(Math.max(0, start - BEFORE_LENGTH), start);
    const after = folded.slice(end, end + AFTER_LENGTH);
    if (/[a-z0-9][_-]?$/.test(before) || !this.byKey.has(keyOf(text))) return undefined;
    const isGlued = LATIN_OR_DIGIT.test(after[0] ?? "");
    if (DIGITS.test(text)) {
      if (isGlued || text.length < SHORTEST_PLAIN_NUMBER) return undefined;
      const isOther = this.numbers.isOther(text, before, after, (number) => this.byKey.has(number));
      return isOther ? "doubtful" : "likely";
    }
    if (/^[_-][a-z0-9]/.test(after)) return undefined;
    const isOneWord = first === last;
    if (isGlued) return OF_A_CLASS.test(atoms[last + 1].text) ? "sure" : undefined;
    return !isOneWord || this.#standsOut(text, before, after) ? "sure" : undefined;
  }

  /**
   * Whether a word is a code and not a word of a sentence: "BUSY", `"Throttling"`.
   *
   * @param {string} text
   * @param {string} before
   * @param {string} after
   */
  #standsOut(text, before, after) {
    if (OPENS.test(before) && CLOSES.test(after)) return true;
    const codes = this.byKey.get(text.toLowerCase()) ?? [];
    return text.length > 3 && codes.includes(text) && text === text.toUpperCase();
  }
}

/**
 * The patterns by which a text is read.
 *
 * @param {Words} words
 * @param {(text: string) => string} fold
 */
function patternsOf(words, fold) {
  const code = words.code.map(fold);
  const announcing = oneOf(code);
  // A single letter, as in "E1234", and words such as "failed with" come before a code only.
  const following = oneOf(code.filter((word) => !/^[a-z]$| /.test(word)));
  const prefix = words.prefix ? literally(fold(words.prefix)) : NOTHING;
  const families = oneOf(words.family.map(fold));
  const start = "([0-9]{1,9}|[a-z][a-z0-9]*[_.-])";
  const edges = [
    `^(?:${announcing})(?![a-z])`,
    `(?<![a-z])(?:${announcing})$`,
    "^[^\\p{L}\\p{N}]+",
    "[^\\p{L}\\p{N}*_]+$",
  ];
  const family = [
    `(?:${families})[\\s"'「:]*${start}(?![a-z0-9])`,
    `(?<![a-z0-9])${start}["'」]?\\s*(?:${families})(?![a-z])`,
  ];
  return {
    prefix: new RegExp(`^${prefix}[-_:# ]?(?=[a-z0-9])`, "u"),
    /** What is before a code with the prefix, or with a word that announces it. */
    prefixed: new RegExp(`(?<![a-z0-9])${prefix}[-_:# ./]{0,2}$`, "u"),
    announced: new RegExp(`(?<![a-z0-9])(?:${announcing})${TIES}$`, "u"),
    /** What is after a code, but not if it is the name of the next value: "1234 code=2345". */
    announcedAfter: new RegExp(
      `^["'\`)\\]\\s]*[號号]?(?:${following})(?![a-z]|["']?\\s?[:=：])`,
      "u",
    ),
    /** What is around a code in a query that has nothing else. */
    edges: new RegExp(edges.join("|"), "u"),
    family: new RegExp(family.join("|"), "u"),
  };
}

/**
 * Of codes that differ only in marks, the one that is written as the text has it.
 *
 * @param {string[]} codes
 * @param {string} text
 */
function likest(codes, text) {
  if (codes.length < 2) return codes;
  const same = codes.filter((code) => code.toLowerCase() === text.toLowerCase());
  return same.length ? same : codes;
}

/**
 * Whether a query is written as one name and not as a sentence that has the same letters.
 *
 * @param {string} form
 */
function isOneName(form) {
  return form.length <= BRIEF && !/[.!?。！？]\s/.test(form);
}

/**
 * A text with a space where a capital letter begins a word inside another.
 *
 * @param {string} written
 */
function apart(written) {
  return written.replace(/([a-z])(?=[A-Z])/g, "$1 ").toLowerCase();
}

/**
 * Whether a number is in a list that an announced code begins: "codes 1234, 2345 and 3456".
 *
 * @param {string} folded
 * @param {number} end of the list so far
 * @param {number} start
 */
function isListed(folded, end, start) {
  return start - end <= MOST_BETWEEN && BETWEEN.test(folded.slice(end, start));
}

/**
 * Each code once.
 *
 * @param {Mention[]} mentions
 */
function onlyFirst(mentions) {
  const seen = new Set();
  return mentions.filter(({ codes: [code] }) => !seen.has(code) && seen.add(code));
}

/**
 * How far a code is from what was asked for, if it is near enough to be meant.
 *
 * @param {string} asked
 * @param {string} key
 * @returns {number | undefined}
 */
function distanceOf(asked, key) {
  if (asked === key) return 0;
  if (key.startsWith(asked)) return 0.5;
  if (DIGITS.test(asked) !== DIGITS.test(key)) return undefined;
  const most = Math.min(MOST_EDITS, Math.floor(asked.length / 3));
  const edits = editDistance(asked, key, most);
  const isNear = edits <= most;
  if (!DIGITS.test(asked)) return isNear ? edits : undefined;
  const apart = asked.length === key.length ? Math.abs(Number(asked) - Number(key)) : Infinity;
  if (!isNear && apart > NEIGHBORHOOD) return undefined;
  return Math.min(edits, MOST_EDITS) + Math.min(apart / NEIGHBORHOOD, MOST_EDITS);
}
