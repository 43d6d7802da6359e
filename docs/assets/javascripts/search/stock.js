// The theme's own search, for browsers in which our engine does not run.
// @ts-check

const SETUP = 0;
const QUERY = 2;
const RESULT = 3;

/**
 * @param {{ config: object, docs: { location: string }[] }} index with absolute locations
 * @param {string} address of the theme's worker
 * @param {(items: object[], first: string) => void} say takes results, and where the best one is
 * @returns {Promise<(query: string) => void>} asks it
 */
export function stock({ config, docs }, address, say) {
  const worker = new Worker(address);
  worker.postMessage({ type: SETUP, data: { config, docs, options: { suggest: false } } });
  return new Promise((resolve, reject) => {
    worker.onerror = reject;
    worker.onmessage = ({ data: { type, data } }) => {
      if (type === RESULT) say(data.items, bestOf(data.items));
      else resolve((query) => worker.postMessage({ type: QUERY, data: query }));
    };
  });
}

/** @param {{ location: string, score: number }[][]} items */
function bestOf(items) {
  const [best] = items.flat().sort((one, other) => other.score - one.score);
  return best?.location ?? "";
}
