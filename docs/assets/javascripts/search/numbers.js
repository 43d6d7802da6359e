// Which numbers of a text are amounts, times, dates, ports, or parts of something longer.
// @ts-check

import { isUnspaced, literally } from "./text.js";

/** A pattern that matches nothing. */
export const NOTHING = "(?!)";

// Currencies, and what ties a number to what is before and after it: paths, hosts, lines of a
// file, times, dates, decimals, thousands, sizes, percentages.
const BEFORE = /[$€£¥]\s?$|[0-9][.:/-]$|[/@+]$|[\w)\]]\.[a-z]+[:(]$|(?:localhost|[0-9\]]):$|[a-z0-9-]\.[a-z0-9.-]+:$/;
const AFTER = /^(?:[:/][0-9]|\.[0-9]|,[0-9]{3}(?![0-9])|-[0-9]|\/[a-z]|\s?[%‰°]|[@\\])/;
// Numbers next to each other, as in "1234/2345": codes, if all of them are.
const LIST_BEFORE = /([0-9]+)[/,:]$/;
const LIST_AFTER = /^[/,:]([0-9]+)/;
// A process in a log: "web[1234]:", "I/app ( 1234):".
const PROCESS = /[a-z][\w.-]*\[$|[a-z]\/[\w.]+ ?\(\s*$/;
// A status and a size in an access log: `HTTP/1.1" 200 1234`.
const SIZE = /" [1-5][0-9][0-9] $| [1-5][0-9][0-9](?: [0-9]+)+ $/;
// A year in a sentence: "songs from 1999".
const YEAR = /^(?:19|20)[0-9]{2}$/;
const OF_A_YEAR = /\b(?:in|from|since|until|by|of|before|after|during|early|late) $/;
// An identifier of something else: order_id=1234, "tradeId": "1234".
const IDENTIFIED = /(?:[a-z_]*(?<!pa)id|[a-z]*(?:no|num|number|seq|uuid))["'\s]*[:=]["'\s]*$/;
// Groups of a telephone or account number: "+886 2 4454 1004".
const GROUPS_BEFORE = /(?:\+[0-9]{1,3}|\b0[0-9]{1,3}|[0-9]{3,})[ -]$|\([0-9]{2,4}\) ?$/;
const GROUPS_AFTER = /^[ -][0-9]{3,}(?![0-9])/;
/** How many digits a comma parts from others: "1,234". */
const THOUSANDS = 3;
const TELEPHONE = /(?:\+[0-9]|\b0[0-9]|\(0[0-9]+\))[0-9 ()-]*$/;

/** Tells numbers that are something else from those that may be codes. */
export class Numbers {
  /** @param {string[]} words folded words by which a number is an amount, a time or a date */
  constructor(words) {
    // A unit of one Chinese character follows its number: before one it ends another word.
    const labels = words.filter((word) => word.length > 1 || !isUnspaced(word));
    this.labeled = new RegExp(`(?<!\\p{Script=Latin})(?:${oneOf(labels)})["'\\s:：=#.]*$`, "u");
    const columns = oneOf(words.filter((word) => /^[a-z]+$/.test(word)));
    this.inColumns = new RegExp(`^[,;|\t]"?(?:${columns})(?![a-z])`, "u");
    const long = "[0-9][0-9.,:-]{3,}";
    this.withLabel = new RegExp(`(?<!\\p{Script=Latin})(?:${oneOf(labels)})["'\\s:：=#.]*(?:[a-z-]*-)?${long}`, "gu");
    this.withUnit = new RegExp(`(?<![a-z0-9])${long}\\s?(?:${oneOf(words)})(?![\\p{Script=Latin}])`, "gu");
    this.united = new RegExp(`^\\s?(?:${oneOf(words)})(?![\\p{Script=Latin}])`, "u");
  }

  /**
   * A text without numbers that are something else, and what says so: "order 1234", "12 USD".
   *
   * @param {string} folded
   */
  without(folded) {
    return folded.replace(this.withLabel, " ").replace(this.withUnit, " ");
  }

  /**
   * Whether a number is more likely something else than a code.
   *
   * @param {string} number
   * @param {string} before the folded text before it, some forty characters
   * @param {string} after the folded text after it, some twenty characters
   * @param {(number: string) => boolean} isCode
   */
  isOther(number, before, after, isCode) {
    if (PROCESS.test(before) || SIZE.test(before) || IDENTIFIED.test(before)) return true;
    if (this.labeled.test(before) || this.united.test(after) || this.inColumns.test(after)) return true;
    if (GROUPS_BEFORE.test(before) && TELEPHONE.test(before)) return true;
    if (GROUPS_AFTER.test(after) && TELEPHONE.test(before)) return true;
    if (number.length === THOUSANDS && /[0-9],$/.test(before)) return true;
    if (YEAR.test(number) && OF_A_YEAR.test(before)) return true;
    const neighbors = [LIST_BEFORE.exec(before)?.[1], LIST_AFTER.exec(after)?.[1]];
    const listed = neighbors.filter((number) => number !== undefined);
    if (listed.length && listed.every((number) => isCode(number ?? ""))) return false;
    return BEFORE.test(before) || AFTER.test(after);
  }
}

/**
 * A pattern of any of some words.
 *
 * @param {string[]} words
 */
export function oneOf(words) {
  const longestFirst = [...words].sort((one, other) => other.length - one.length);
  return longestFirst.map(literally).join("|") || NOTHING;
}
