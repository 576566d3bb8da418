import { pages } from "./pages.ts";
import { printTable, type Row } from "./table.ts";
import { templating } from "./templating.ts";

/** Each benchmark by name: it measures ours and, where it is installed, the peer in the same run. */
const BENCHES: Record<string, () => Promise<Row[]>> = { pages, templating };

const [name = "", ...flags] = process.argv.slice(2);
const run = BENCHES[name];
if (!run) {
  process.stderr.write(`say which: npm run bench -- ${Object.keys(BENCHES).join(" | ")} [--json]\n`);
  process.exit(2);
}
const rows = await run();
process.stdout.write(flags.includes("--json") ? `${JSON.stringify({ name, rows })}\n` : printTable(name, rows));
process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;
