// Puts our search in the place of the theme's, in two roles of one file.
//
// In a page, before the theme's bundle: tells the theme to start this file as its search worker, and
// to take the empty index next to it, so that nothing is loaded for search until a reader turns to it.
// In the worker: then loads the engine and the index, and speaks the theme's four messages; if the
// engine cannot be loaded, the theme's own worker answers. If this file itself fails to load, nothing
// has changed.
//
// The theme's messages say too little: page and worker have a channel of their own, on which the
// worker says which query it has answered, with what, and whether search could not be loaded.
// @ts-check

(() => {
  /** The messages between the theme and its worker. */
  const MESSAGE = { SETUP: 0, READY: 1, QUERY: 2, RESULT: 3 };

  /** What a reader turns to, and how. */
  const SEARCH = "[data-md-component=search], label[for=__search], .ref-lookup";
  const TURNS = ["focusin", "pointerover", "pointerdown"];

  /** The key code of a key that belongs to an input method, also where `isComposing` says no. */
  const COMPOSING = 229;

  /** How many results the box shows. */
  const MOST_SHOWN = 50;

  /** @typedef {import("../search-box.js").Answered} Answered */

  if (typeof document === "undefined") work();
  else announce();

  /** @param {string} name */
  function channelOf(name) {
    try {
      return new BroadcastChannel(name);
    } catch {
      return undefined; // an old browser, or one that refuses all storage: search does without
    }
  }

  /** The page's part. */
  function announce() {
    const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
    const element = document.getElementById("__config");
    const box = /** @type {HTMLInputElement | null} */ (
      document.querySelector("[data-md-component=search-query]")
    );
    if (!script || !element || !box) return;
    standInForStorage();
    // The theme leaves its dialog without a name.
    box.closest("[role=dialog]")?.setAttribute("aria-label", box.ariaLabel ?? "");
    const config = JSON.parse(element.textContent ?? "{}");
    const base = new URL(config.base, location.href).href;
    const name = `search ${performance.timeOrigin} ${Math.random()}`;
    const stock = new URL(config.search, location.href).href;
    config.search = `${script.src}#${new URLSearchParams({ base, stock, channel: name })}`;
    // The theme asks for `search/search_index.json` below its base, at once.
    config.base = new URL("..", script.src).href;
    element.textContent = JSON.stringify(config);

    const channel = channelOf(name);
    const started = new Promise((resolve) => channel?.addEventListener("message", resolve, { once: true }));
    const wake = () => started.then(() => channel?.postMessage("wake"));
    const answers = followAnswers(box, channel);
    const turn = (/** @type {Event} */ { target }) => {
      if (!(target instanceof Element && target.closest(SEARCH))) return;
      for (const type of TURNS) document.removeEventListener(type, turn);
      wake();
      import("../search-box.js").then(({ followBox }) =>
        followBox({ box, answers, wake, base, keepQuery, texts: { ...script.dataset } }),
      );
    };
    for (const type of TURNS) document.addEventListener(type, turn);
    returnToSearch(box);
  }

  /**
   * Keeps the last answer, and follows Enter when it is there: the theme's Enter goes to whatever is
   * shown, also if that is the answer to what was in the box before.
   *
   * @param {HTMLInputElement} box
   * @param {BroadcastChannel | undefined} channel
   */
  function followAnswers(box, channel) {
    const answers = new EventTarget();
    /** @type {Answered | undefined} */
    let last;
    let awaited = "";
    const follow = () => {
      if (!last || last.query !== box.value || awaited !== box.value) return;
      awaited = "";
      if (last.first) visit(last.first);
    };
    const visit = (/** @type {string} */ address) => {
      keepQuery(box.value);
      location.assign(address);
    };
    channel?.addEventListener("message", ({ data }) => {
      if (data.failed) answers.dispatchEvent(new CustomEvent("failed"));
      if (data.query === undefined) return;
      last = data;
      answers.dispatchEvent(new CustomEvent("answered", { detail: data }));
      follow();
    });
    window.addEventListener(
      "keydown",
      (event) => {
        if (event.target !== box || event.key !== "Enter" || !channel) return;
        event.stopImmediatePropagation();
        if (event.isComposing || event.keyCode === COMPOSING) return;
        event.preventDefault();
        awaited = box.value.trim() ? box.value : "";
        follow();
      },
      { capture: true },
    );
    return answers;
  }

  /**
   * Remembers in the history what was searched for, so that going back shows it again.
   *
   * @param {string} query
   */
  function keepQuery(query) {
    history.replaceState({ ...history.state, searched: query }, "");
  }

  /** @param {HTMLInputElement} box */
  function returnToSearch(box) {
    // An address with "#?q=" is never sent to a host, which may refuse long ones.
    const asked = location.hash.startsWith("#?q=") ? new URLSearchParams(location.hash.slice(2)).get("q") : "";
    if (asked) history.replaceState({ ...history.state, searched: asked }, "", location.pathname + location.search);
    const show = () => {
      const query = history.state?.searched;
      if (!query) return;
      box.value = query;
      box.focus();
      box.dispatchEvent(new KeyboardEvent("keyup"));
      const { searched, ...state } = history.state;
      history.replaceState(state, "");
    };
    window.addEventListener("pageshow", show);
  }

  /** The theme reads its storage unguarded: where a browser refuses that, nothing would work. */
  function standInForStorage() {
    for (const name of ["localStorage", "sessionStorage"]) {
      try {
        window[/** @type {"localStorage"} */ (name)].length;
      } catch {
        /** @type {Map<string, string>} */
        const kept = new Map();
        const storage = {
          getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
          setItem: (/** @type {string} */ key, /** @type {string} */ value) => kept.set(key, value),
        };
        Object.defineProperty(window, name, { value: storage, configurable: true });
      }
    }
  }

  /** The worker's part. */
  function work() {
    /** @type {any} */
    const scope = self;
    const settings = new URLSearchParams(scope.location.hash.slice(1));
    const setting = (/** @type {string} */ name) => settings.get(name) ?? "";
    const address = (/** @type {string} */ place) => new URL(place, setting("base")).href;
    const absolute = (/** @type {{ location: string }} */ found) => ({
      ...found,
      location: address(found.location),
    });

    /** @typedef {(query: string) => void} Search answers a query by a message */
    /** @type {Promise<Search | undefined> | undefined} */
    let loaded;
    let asked = "";
    let hasFailed = false;

    const channel = channelOf(setting("channel"));
    channel?.addEventListener("message", async () => {
      const again = hasFailed && asked;
      const search = await wake();
      if (again && again === asked) search?.(asked);
    });
    channel?.postMessage({ started: true });
    scope.addEventListener("message", async (/** @type {MessageEvent} */ { data: { type, data } }) => {
      if (type === MESSAGE.SETUP) scope.postMessage({ type: MESSAGE.READY });
      if (type !== MESSAGE.QUERY) return;
      asked = data;
      if (!data.trim()) {
        say([], { query: data });
        return;
      }
      const search = await wake();
      // Of what was typed meanwhile, only the last is answered.
      if (data === asked) search?.(data);
    });

    /**
     * @param {object[]} items the theme's results
     * @param {Partial<Answered>} answered
     */
    function say(items, answered) {
      scope.postMessage({ type: MESSAGE.RESULT, data: { items } });
      const shown = items.length;
      channel?.postMessage({ first: "", total: shown, shown, unknown: [], nearest: [], ...answered });
    }

    function wake() {
      loaded ??= load().catch(() => {
        loaded = undefined; // the next key tries again
        hasFailed = true;
        channel?.postMessage({ failed: true });
        return undefined;
      });
      return loaded;
    }

    /** @returns {Promise<Search>} */
    async function load() {
      const modules = Promise.all([import("./engine.js"), import("./results.js")]).catch(() => undefined);
      const response = await fetch(address("search/search_index.json"));
      const index = await response.json();
      const ready = await modules;
      if (!ready) {
        const { stock } = await import("./stock.js");
        const docs = index.docs.map(absolute);
        return stock({ ...index, docs }, setting("stock"), (items, first) => say(items, { query: asked, first }));
      }
      const [{ Engine }, { resultsOf }] = ready;
      const engine = new Engine(index.docs, index.config.understanding);
      setTimeout(() => engine.ranking); // before the first query needs it
      return ours(engine, resultsOf);
    }

    /**
     * @param {import("./engine.js").Engine} engine
     * @param {typeof import("./results.js").resultsOf} resultsOf
     * @returns {Search}
     */
    function ours(engine, resultsOf) {
      return (query) => {
        const { meant, others, unknown, nearest, words } = engine.ask(query);
        const found = [...meant, ...others];
        const results = resultsOf(engine, found.slice(0, MOST_SHOWN), words);
        say(
          results.map((result) => [absolute(result)]),
          {
            query,
            first: results.length ? address(results[0].location) : "",
            total: found.length,
            unknown,
            nearest: nearest.map((record) => {
              const { location, code = "", heading = "" } = engine.entries[record];
              return { location: address(location), code, heading };
            }),
          },
        );
      };
    }
  }
})();
