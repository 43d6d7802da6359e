// Asks the site's own search engine: reads {module, index, queries}, writes the locations found.
import { readFileSync } from "node:fs";

const { module, index, queries } = JSON.parse(readFileSync(0, "utf8"));
const { Engine } = await import(module);
const engine = new Engine(index.docs, index.config.understanding);
const found = queries.map((query) => {
  const { meant, others } = engine.ask(query);
  return [...meant, ...others].map((record) => engine.entries[record].location);
});
process.stdout.write(JSON.stringify(found));
