// Given to a service by --import: its files come with their types stripped already, by strip.js, where they are still of this day.
// What Node has to strip itself costs the memory of what strips; what Node keeps compiled stays in memory a second time for good.
// It is JavaScript, as nothing is stripped before it. Measured by `npm run bench -- pages`.
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import { strippedPath, timeOf } from "./stripped-path.js";

registerHooks({
  load(url, context, nextLoad) {
    const source = url.startsWith("file:") && url.endsWith(".ts") ? readStripped(fileURLToPath(url)) : null;
    return source === null ? nextLoad(url, context) : { format: "module", source, shortCircuit: true };
  },
});

/** @param {string} path */
function readStripped(path) {
  const stripped = strippedPath(path);
  const time = timeOf(stripped);
  return time !== undefined && time === timeOf(path) ? readFileSync(stripped, "utf8") : null;
}
