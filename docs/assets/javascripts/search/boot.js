// Puts our search in the place of the theme's, in two roles of one file.
//
// In a page, before the theme's bundle: tells the theme to start this file as its search worker, and
// to take the empty index beside it, so that nothing is loaded for search until a reader turns to it.
// In the worker: then loads the engine and the index, and speaks the theme's four messages; where the
// engine cannot be loaded, the theme's own worker answers. Where this file itself fails to load,
// nothing has changed.
// @ts-check

(() => {
  /** The messages between the theme and its worker. */
  const MESSAGE = { SETUP: 0, READY: 1, QUERY: 2, RESULT: 3 };

  /** What a reader turns to, and how. */
  const SEARCH = "[data-md-component=search], label[for=__search]";
  const TURNS = ["focusin", "pointerover", "pointerdown"];

  if (typeof document === "undefined") work();
  else announce();

  /** The page's part. */
  function announce() {
    const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
    const element = document.getElementById("__config");
    if (!script || !element) return;
    const config = JSON.parse(element.textContent ?? "{}");
    const channel = `search ${performance.timeOrigin} ${Math.random()}`;
    const settings = new URLSearchParams({
      base: new URL(config.base, location.href).href,
      stock: new URL(config.search, location.href).href,
      channel,
    });
    config.search = `${script.src}#${settings}`;
    // The theme asks for `search/search_index.json` below its base, at once.
    config.base = new URL("..", script.src).href;
    element.textContent = JSON.stringify(config);

    // The theme leaves its dialog without a name.
    const name = document.querySelector("[data-md-component=search-query]")?.ariaLabel ?? "";
    document.querySelector("[data-md-component=search]")?.setAttribute("aria-label", name);

    // A reader may turn to search before the worker is there to hear of it.
    const listener = new BroadcastChannel(channel);
    const started = new Promise((resolve) => listener.addEventListener("message", resolve));
    started.then(() => listener.close());

    const turn = (/** @type {Event} */ { target }) => {
      if (!(target instanceof Element && target.closest(SEARCH))) return;
      for (const type of TURNS) document.removeEventListener(type, turn);
      started.then(() => {
        const worker = new BroadcastChannel(channel);
        worker.postMessage("wake");
        worker.close();
      });
      import("../search-box.js").then(({ followTyping, offerWaysOn }) => {
        followTyping(document);
        offerWaysOn(document);
      });
    };
    for (const type of TURNS) document.addEventListener(type, turn);
  }

  /** The worker's part. */
  function work() {
    /** @type {any} */
    const scope = self;
    const settings = new URLSearchParams(scope.location.hash.slice(1));
    const setting = (/** @type {string} */ name) => settings.get(name) ?? "";
    const absolute = (/** @type {{ location: string }} */ found) => ({
      ...found,
      location: new URL(found.location, setting("base")).href,
    });
    const answer = (/** @type {object[]} */ items) =>
      scope.postMessage({ type: MESSAGE.RESULT, data: { items } });

    /** @typedef {(query: string) => void} Search answers a query by a message */
    /** @type {Promise<Search | undefined> | undefined} */
    let loaded;
    let asked = "";

    const channel = new BroadcastChannel(setting("channel"));
    channel.addEventListener("message", wake);
    channel.postMessage("started");
    scope.addEventListener("message", async (/** @type {MessageEvent} */ { data: { type, data } }) => {
      if (type === MESSAGE.SETUP) scope.postMessage({ type: MESSAGE.READY });
      if (type !== MESSAGE.QUERY) return;
      asked = data;
      if (!data && !loaded) {
        answer([]);
        return;
      }
      const search = await wake();
      // Of what was typed meanwhile, only the last is answered.
      if (data === asked) search?.(data);
    });

    function wake() {
      channel.close();
      loaded ??= load().catch(() => {
        loaded = undefined; // the next key tries again
        return undefined;
      });
      return loaded;
    }

    /** @returns {Promise<Search>} */
    async function load() {
      const engine = import("./engine.js").catch(() => undefined);
      const response = await fetch(new URL("search/search_index.json", setting("base")));
      const index = await response.json();
      const module = await engine;
      return module ? ours(new module.Engine(index.docs, index.config.understanding)) : stock(index);
    }

    /**
     * @param {import("./engine.js").Engine} engine
     * @returns {Search}
     */
    function ours(engine) {
      return (query) => answer(engine.search(query).map((result) => [absolute(result)]));
    }

    /**
     * @param {{ config: object, docs: { location: string }[] }} index
     * @returns {Promise<Search>}
     */
    function stock({ config, docs }) {
      const worker = new Worker(setting("stock"));
      const data = { config, docs: docs.map(absolute), options: { suggest: false } };
      worker.postMessage({ type: MESSAGE.SETUP, data });
      return new Promise((resolve, reject) => {
        worker.onerror = reject;
        worker.onmessage = (message) => {
          if (message.data.type === MESSAGE.RESULT) scope.postMessage(message.data);
          else resolve((query) => worker.postMessage({ type: MESSAGE.QUERY, data: query }));
        };
      });
    }
  }
})();
