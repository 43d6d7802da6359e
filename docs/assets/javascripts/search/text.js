// Texts made comparable: folded, split into words and pairs of characters.
// @ts-check

/**
 * @typedef {object} Token a word, or a pair of neighboring characters of an unspaced script
 * @property {string} text the folded text
 * @property {boolean} paired whether it is of a script without spaces, such as Chinese
 * @property {number} start where it begins in the original text
 * @property {number} end where it ends there
 */

// Scripts that put no spaces between words: their characters are looked up in pairs.
const SCRIPTS = ["Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar"];
export const UNSPACED = `[${SCRIPTS.map((script) => `\\p{Script=${script}}`).join("")}\u30fc]`;
const IS_UNSPACED = new RegExp(`^${UNSPACED}`, "u");
const IS_LETTER = /^[\p{L}\p{N}\p{M}]/u;
const APOSTROPHES = "'\u2018\u2019\u02bc\u00b4`";
/** A short ending after an apostrophe belongs to its word: "payer's" is what others type as
 * "payers". A longer one is a word of its own, as in "d'utilisateur". */
const LONGEST_ENDING = 2;

/** What a character is, by its number; looked up once. */
const UNSEEN = 0;
const OTHER = 1;
const LETTER = 2;
const UNSPACED_LETTER = 3;
const kinds = new Uint8Array(0x110000);

/**
 * @param {number} point
 * @returns {number} OTHER, LETTER or UNSPACED_LETTER
 */
function kindOf(point) {
  if (kinds[point] === UNSEEN) {
    const character = String.fromCodePoint(point);
    const isLetter = IS_LETTER.test(character);
    kinds[point] = IS_UNSPACED.test(character) ? UNSPACED_LETTER : isLetter ? LETTER : OTHER;
  }
  return kinds[point];
}

/** Characters that are two code units long. */
export const BEYOND = /[\ud800-\udfff]/;
const ASCII = /^[\0-\x7f]*$/;
const LATIN = /^\p{Script=Latin}$/u;

/**
 * Makes the function that folds case, width, accents, and the forms of Chinese characters.
 *
 * It keeps the length of a text, so that a place in the folded text is one in the original.
 *
 * @param {string} forms characters and their canonical forms in turn
 * @returns {(text: string) => string}
 */
export function createFolding(forms) {
  /** @type {Map<string, string>} */
  const canonical = new Map();
  const characters = [...forms];
  for (let index = 0; index < characters.length; index += 2) {
    canonical.set(characters[index], characters[index + 1]);
  }
  /** The folded form of each code unit, 0 if it was not needed yet. */
  const forms16 = new Uint16Array(0x10000);
  /** @param {string} character */
  const folded = (character) => {
    const plain = character.normalize("NFKC").toLowerCase();
    const [base] = plain.normalize("NFD");
    const unaccented = LATIN.test(base) ? base : plain;
    const single = unaccented.length === character.length ? unaccented : character;
    return canonical.get(single) ?? single;
  };
  /** @param {number} unit */
  const formOf = (unit) => (forms16[unit] ||= folded(String.fromCharCode(unit)).charCodeAt(0));
  return (text) => {
    if (ASCII.test(text)) return text.toLowerCase();
    if (BEYOND.test(text)) return [...text].map(folded).join("");
    let result = "";
    let done = 0;
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      const form = forms16[unit] || formOf(unit);
      if (form === unit) continue;
      result += text.slice(done, at) + String.fromCharCode(form);
      done = at + 1;
    }
    return done ? result + text.slice(done) : text;
  };
}

/**
 * Splits a folded text into words and runs of unspaced characters.
 *
 * @param {string} folded
 * @returns {Token[]}
 */
function runsOf(folded) {
  /** @type {Token[]} */
  const runs = [];
  eachRun(folded, (text, paired, start, end) => runs.push({ text, paired, start, end }));
  return runs;
}

/**
 * Does the same without keeping them.
 *
 * @param {string} folded
 * @param {(text: string, paired: boolean, start: number, end: number) => void} visit
 */
export function eachRun(folded, visit) {
  let at = 0;
  while (at < folded.length) {
    const kind = kindOf(folded.codePointAt(at) ?? 0);
    if (kind === OTHER) {
      at += 1;
      continue;
    }
    const end = endOfRun(folded, at, kind);
    const last = kind === LETTER ? endOfWord(folded, end) : end;
    const text = folded.slice(at, end);
    visit(last === end ? text : text + folded.slice(end + 1, last), kind === UNSPACED_LETTER, at, last);
    at = last;
  }
}

/**
 * @param {string} folded
 * @param {number} start
 * @param {number} kind
 */
function endOfRun(folded, start, kind) {
  let end = start;
  while (end < folded.length) {
    const point = folded.codePointAt(end) ?? 0;
    if (kindOf(point) !== kind) break;
    end += point > 0xffff ? 2 : 1;
  }
  return end;
}

/**
 * @param {string} folded
 * @param {number} end of its letters
 * @returns {number} the same, or behind a short ending after an apostrophe
 */
function endOfWord(folded, end) {
  if (!APOSTROPHES.includes(folded[end] ?? " ")) return end;
  const ending = endOfRun(folded, end + 1, LETTER);
  const length = ending - end - 1;
  return length && length <= LONGEST_ENDING ? ending : end;
}

/**
 * Splits a folded text into what is looked up: words, pairs of unspaced characters, and single
 * ones that stand alone.
 *
 * @param {string} folded
 * @returns {Token[]}
 */
export function tokensOf(folded) {
  /** @type {Token[]} */
  const tokens = [];
  for (const run of runsOf(folded)) {
    if (run.paired) tokens.push(...pairsOf(run));
    else tokens.push(run);
  }
  return tokens;
}

/**
 * @param {Token} run
 * @returns {Token[]}
 */
function pairsOf(run) {
  const characters = [...run.text];
  if (characters.length < 2) return [run];
  const pairs = [];
  let start = run.start;
  for (let index = 0; index + 1 < characters.length; index += 1) {
    const text = characters[index] + characters[index + 1];
    pairs.push({ text, paired: true, start, end: start + text.length });
    start += characters[index].length;
  }
  return pairs;
}

/**
 * A folded text with only its words, so that punctuation and spaces make no difference.
 *
 * @param {string} folded
 * @returns {string} words with a space between two that are both of spaced scripts
 */
export function plain(folded) {
  let result = "";
  let touches = true;
  eachRun(folded, (text, paired) => {
    result += touches || paired ? text : ` ${text}`;
    touches = paired;
  });
  return result;
}

/** @param {string} text */
export function isUnspaced(text) {
  return kindOf(text.codePointAt(0) ?? 0) === UNSPACED_LETTER;
}

/** @param {string} text to be taken literally in a pattern */
export function literally(text) {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/**
 * How many edits make one word of another, up to a limit: a letter put in, left out, replaced,
 * or two neighbours exchanged.
 *
 * @param {string} one
 * @param {string} other
 * @param {number} limit
 * @returns {number} the distance, or `limit + 1` where it is more
 */
export function editDistance(one, other, limit) {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  /** @type {number[]} */
  let earlier = [];
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      let cost = Math.min(
        previous[column] + 1,
        current[column - 1] + 1,
        previous[column - 1] + (same ? 0 : 1),
      );
      const exchanged =
        row > 1 &&
        column > 1 &&
        one[row - 1] === other[column - 2] &&
        one[row - 2] === other[column - 1];
      if (exchanged) cost = Math.min(cost, earlier[column - 2] + 1);
      current.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return limit + 1;
    earlier = previous;
    previous = current;
  }
  return previous[other.length];
}
