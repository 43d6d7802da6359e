// Which codes a text names by an address of the site: a permalink, a page, a row of a table.
// @ts-check

/**
 * @typedef {object} Addressed
 * @property {number} start
 * @property {number} end
 * @property {number[]} records
 * @property {number[]} less other records of the same code
 */

// What has no space in it; a chat may have taken the words behind an address into it.
const UNBROKEN = /[^\s"'<>`|]+/g;
const LONGEST = 2000;
const INSIDE = /(?=https?:\/\/)/i;
const HOST = /^[^a-z0-9/]*(?:[a-z][a-z0-9+.-]*:\/\/[^/?#]*|[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[0-9]+)?)(?=\/)/i;
const NAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?/i;
const FILE = /^index\.(?:html|md)$/;

/** Knows the addresses of one site's codes. */
export class Addresses {
  /**
   * @param {import("./engine.js").Entry[]} entries
   * @param {import("./codes.js").Codes} codes
   */
  constructor(entries, codes) {
    this.codes = codes;
    /** @type {Map<string, string>} ids of scenarios, also those that they had before */
    this.scenarios = new Map();
    /** @type {Map<string, { record: number, scenario: string }[]>} */
    this.byCode = new Map();
    entries.forEach(({ code, location, formerly = [] }, record) => {
      const parts = location.split("/");
      const scenario = parts.at(code ? -3 : -2) ?? "";
      if (code) {
        this.scenarios.set(scenario, scenario);
        this.byCode.set(code, [...(this.byCode.get(code) ?? []), { record, scenario }]);
      }
      for (const former of formerly) this.scenarios.set(former, scenario);
    });
  }

  /**
   * Every address of a code in a text.
   *
   * @param {string} written
   * @returns {Addressed[]}
   */
  in(written) {
    /** @type {Addressed[]} */
    const found = [];
    for (const match of written.matchAll(UNBROKEN)) {
      if (!match[0].includes("/")) continue;
      let start = match.index;
      // A safe link of a mail program has the address inside another one.
      for (const part of match[0].slice(0, LONGEST).split(INSIDE)) {
        const address = this.#read(part);
        if (address) found.push({ start, end: start + part.length, ...address });
        start += part.length;
      }
    }
    return found;
  }

  /**
   * What the path of a wrong address names, whatever else it has in it.
   *
   * @param {string} path decoded, below the root of the site
   * @returns {{ code: string, records: number[], contradicted: boolean } | undefined} a code, its
   *   records, and whether the path says that it is in a scenario in which it is not
   */
  inWrong(path) {
    const parts = path.split("/").filter(Boolean);
    for (let index = parts.length - 1; index >= 0; index -= 1) {
      const code = this.#codeIn(parts[index].replace(/^[^a-z0-9]+/i, ""));
      if (!code) continue;
      const scenario = this.scenarios.get((parts[index - 1] ?? "").toLowerCase());
      const { records, own } = this.#recordsOf(code, scenario);
      return { code, records, contradicted: !!scenario && !own };
    }
    return undefined;
  }

  /**
   * @param {string} address
   * @returns {{ records: number[], less: number[] } | undefined}
   */
  #read(address) {
    const host = HOST.exec(address)?.[0] ?? "";
    const [path, fragment = ""] = address.slice(host.length).split(/[?#&]/);
    const parts = path.split("/");
    let last = parts.findLastIndex((part) => NAME.test(part) && !FILE.test(part));
    // What follows the code is punctuation, or words of a language that begins no address.
    if (last < 0) return undefined;
    const [name] = NAME.exec(parts[last]) ?? [""];
    const before = parts[last - 1] ?? "";
    const row = this.scenarios.has(name) ? this.#codeIn(fragment) : "";
    if (row) return this.#recordsOf(row, this.scenarios.get(name));
    const code = this.#codeIn(name);
    if (!code) return undefined;
    const isWhole = parts.length > last + 1 || parts[last].length > name.length;
    const isAddress = this.scenarios.has(before) || (host && (isWhole || !before));
    return isAddress ? this.#recordsOf(code, this.scenarios.get(before)) : undefined;
  }

  /** @param {string} part */
  #codeIn(part) {
    const [name] = NAME.exec(part) ?? [""];
    const [code, ...others] = this.codes.spelled(name);
    return others.length ? "" : (code ?? "");
  }

  /**
   * @param {string} code
   * @param {string} [scenario] its id
   */
  #recordsOf(code, scenario) {
    const having = this.byCode.get(code) ?? [];
    const own = having.filter((each) => each.scenario === scenario);
    const records = (own.length ? own : having).map(({ record }) => record);
    const less = having.map(({ record }) => record).filter((record) => !records.includes(record));
    return { records, less, own: own.length > 0 };
  }
}
