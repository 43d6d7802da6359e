// Texts made comparable: folded, split into words and Chinese pairs of characters.
// @ts-check

/**
 * @typedef {object} Token a word, or a pair of neighbouring Chinese characters
 * @property {string} text the folded text
 * @property {boolean} han whether it is of a script without spaces, such as Chinese
 * @property {number} start where it begins in the original text
 * @property {number} end where it ends there
 */

// Scripts that put no spaces between words: their characters are looked up in pairs.
const UNSPACED = "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\u30fc]";
const LETTER = `(?!${UNSPACED})[\\p{L}\\p{N}\\p{M}]`;
// A short ending after an apostrophe belongs to its word: "payer's" is what others type as
// "payers". A longer one is a word of its own, as in "d'utilisateur".
const RUNS = new RegExp(`${UNSPACED}+|(?:${LETTER})+(?:['\u2019](?:${LETTER}){1,2}(?!\\p{L}))?`, "gu");
const HAN = new RegExp(`^${UNSPACED}`, "u");

/**
 * Makes the function that folds case, width and the forms of Chinese characters.
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
  /** @param {string} character */
  const folded = (character) => {
    const plain = character.normalize("NFKC").toLowerCase();
    const single = plain.length === character.length ? plain : character;
    return canonical.get(single) ?? single;
  };
  return (text) => {
    let result = "";
    for (const character of text) result += folded(character);
    return result;
  };
}

/**
 * Splits a folded text into words and runs of Chinese.
 *
 * @param {string} folded
 * @returns {Token[]}
 */
export function runsOf(folded) {
  return [...folded.matchAll(RUNS)].map((match) => ({
    text: match[0].replace(/['’]/g, ""),
    han: HAN.test(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/**
 * Splits a folded text into what is looked up: words, pairs of Chinese characters, and single
 * Chinese characters that stand alone.
 *
 * @param {string} folded
 * @returns {Token[]}
 */
export function tokensOf(folded) {
  return runsOf(folded).flatMap((run) => (run.han ? pairsOf(run) : [run]));
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
    pairs.push({ text, han: true, start, end: start + text.length });
    start += characters[index].length;
  }
  return pairs;
}

/**
 * A folded text with only its words, so that punctuation and spaces make no difference.
 *
 * @param {string} folded
 * @returns {string} words with a space between two that are not Chinese
 */
export function plain(folded) {
  let result = "";
  let before = true;
  for (const run of runsOf(folded)) {
    result += before || run.han ? run.text : ` ${run.text}`;
    before = run.han;
  }
  return result;
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
