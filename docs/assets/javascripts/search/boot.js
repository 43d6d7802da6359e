// Puts our search in the place of the theme's, in two roles of one file.
//
// In a page, before the theme's bundle: tells the theme to start this file as its search worker.
// In the worker: loads the engine and speaks the theme's four messages; where that fails, the
// theme's own worker takes over. Where this file itself fails to load, nothing has changed.
// @ts-check

(() => {
  /** The messages between the theme and its worker. */
  const MESSAGE = { SETUP: 0, READY: 1, QUERY: 2, RESULT: 3 };

  if (typeof document === "undefined") work();
  else announce();

  /** The page's part. */
  function announce() {
    const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
    const element = document.getElementById("__config");
    if (!script || !element) return;
    const config = JSON.parse(element.textContent ?? "{}");
    const stock = new URL(config.search, location.href);
    config.search = `${script.src}#${stock.href}`;
    element.textContent = JSON.stringify(config);
  }

  /** The worker's part. */
  function work() {
    /** @type {any} */
    const scope = self;
    /** @type {MessageEvent[]} */
    const waiting = [];
    const wait = (/** @type {MessageEvent} */ event) => waiting.push(event);
    scope.addEventListener("message", wait);

    import("./engine.js").then(
      ({ Engine }) => {
        /** @type {InstanceType<typeof Engine> | undefined} */
        let engine;
        const answer = (/** @type {MessageEvent} */ { data: { type, data } }) => {
          if (type === MESSAGE.SETUP) {
            engine = new Engine(data.docs, data.config.understanding);
            scope.postMessage({ type: MESSAGE.READY });
          } else if (type === MESSAGE.QUERY && engine) {
            const items = engine.search(data).map((result) => [result]);
            scope.postMessage({ type: MESSAGE.RESULT, data: { items } });
          }
        };
        scope.removeEventListener("message", wait);
        scope.addEventListener("message", answer);
        waiting.forEach(answer);
      },
      () => {
        scope.removeEventListener("message", wait);
        scope.importScripts(decodeURIComponent(scope.location.hash.slice(1)));
        for (const { data } of waiting) scope.dispatchEvent(new MessageEvent("message", { data }));
      },
    );
  }
})();
