// Undoes what transports do to a text: percent encoding, entities, JSON escapes, soft breaks.
// @ts-check

/** A text may be escaped twice, as JSON inside JSON is; more is not seen in practice. */
const MOST_ROUNDS = 3;

/** @type {Record<string, string>} */
const ENTITIES = {
  amp: "&", apos: "'", gt: ">", hellip: "…", ldquo: "“", lsquo: "‘", lt: "<", mdash: "—", nbsp: " ",
  ndash: "–", quot: '"', rdquo: "”", rsquo: "’",
};

/** What n, r, t, b, f and v stand for after a backslash. */
const CONTROLS = /\\[nrtbfv]/g;

// Format characters that no reader sees: soft hyphens, zero-width spaces and joiners, marks of
// direction, byte order marks.
const INVISIBLE = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

/** Hyphens and a minus sign of their own, which typesetting puts in the place of "-". */
const HYPHENS = /[\u2010-\u2012\u2212\ufe63]/g;

/** Full-width forms of ASCII, and how far they are from it. */
const WIDE = /[\uff01-\uff5e]/g;
const FROM_WIDE = 0xfee0;

/** Colors of a terminal; the character that begins them is often lost. */
const COLORS = /\u001b?\[[0-9]{1,3}(?:;[0-9]{1,3})*m/g;

/** A soft line break of quoted-printable mail. */
const SOFT_BREAK = /=\r?\n/g;

/**
 * A pasted text as its writer saw it.
 *
 * Base64 is left alone: it is not readable, so nobody expects it to be read.
 *
 * @param {string} text
 * @returns {string} in NFC, of another length
 */
export function unescaped(text) {
  let written = text
    .replace(SOFT_BREAK, "")
    .replace(COLORS, "")
    .replace(WIDE, (wide) => String.fromCharCode(wide.charCodeAt(0) - FROM_WIDE));
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const before = written;
    written = fromJson(fromHtml(fromUrl(written)));
    if (written === before) break;
  }
  return written.replace(INVISIBLE, "").replace(HYPHENS, "-").normalize("NFC");
}

/** @param {string} text */
function fromUrl(text) {
  if (!/%[0-9a-f]{2}/i.test(text) && !/=[^\s&=]*\+/.test(text)) return text;
  // A form has "+" for a space; elsewhere a "+" is a plus sign.
  const spaced = text.replace(/\S+/g, (part) =>
    /%[0-9a-f]{2}|=[^&=]*\+/i.test(part) ? part.replace(/(?<=[\p{L}\p{N}.,;:)"'])\+(?=[\p{L}\p{N}("'%])/gu, " ") : part,
  );
  return spaced.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}

/** @param {string} text */
function fromHtml(text) {
  if (!/&|<!\[CDATA\[/.test(text)) return text;
  return text
    .replace(/<!\[CDATA\[|\]\]>/g, " ")
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (entity, decimal, hex, name) => {
      if (name) return ENTITIES[name.toLowerCase()] ?? entity;
      const point = decimal ? Number(decimal) : parseInt(hex, 16);
      return point && point <= 0x10ffff ? String.fromCodePoint(point) : entity;
    });
}

/** @param {string} text */
function fromJson(text) {
  if (!text.includes("\\")) return text;
  return text
    .replace(/\\u\{([0-9a-f]{1,5})\}|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})/gi, (_, point, unit, byte) =>
      point ? String.fromCodePoint(parseInt(point, 16)) : String.fromCharCode(parseInt(unit ?? byte, 16)),
    )
    .replace(CONTROLS, "\n")
    .replace(/\\(["'/\\])/g, "$1");
}
