import { account } from "./account/index.ts";
import { blog } from "./blog/index.ts";
import { calendar } from "./calendar/index.ts";
import { checkout } from "./checkout/index.ts";
import { datalog } from "./datalog/index.ts";
import { delivery } from "./delivery/index.ts";
import { events } from "./events/index.ts";
import { extraction } from "./extraction/index.ts";
import { fragments } from "./fragments.ts";
import { inbox } from "./inbox/index.ts";
import { market } from "./market/index.ts";
import { pages } from "./pages.ts";
import { scale } from "./scale/index.ts";
import { printTable } from "./table.ts";
import { templating } from "./templating.ts";
import { timeline } from "./timeline/index.ts";

/** What a benchmark found: each line says whether it met its goal; text is the table for people. */
interface Report {
  readonly rows: readonly { readonly ok: boolean }[];
  readonly text: string;
}

/** Each benchmark by name: it measures ours and, where it is installed, the peer in the same run. */
const BENCHES: Record<string, (flags: readonly string[]) => Promise<Report>> = {
  account: async () => {
    const rows = await account();
    return { rows, text: printTable("account", rows) };
  },
  fragments: async () => {
    const rows = await fragments();
    return { rows, text: printTable("fragments", rows) };
  },
  blog: async () => {
    const rows = await blog();
    return { rows, text: printTable("blog", rows) };
  },
  market: async () => {
    const rows = await market();
    return { rows, text: printTable("market", rows) };
  },
  calendar: async () => {
    const rows = await calendar();
    return { rows, text: printTable("calendar", rows) };
  },
  checkout: async () => {
    const rows = await checkout();
    return { rows, text: printTable("checkout", rows) };
  },
  pages: async () => {
    const rows = await pages();
    return { rows, text: printTable("pages", rows) };
  },
  events: async () => {
    const rows = await events();
    return { rows, text: printTable("events", rows) };
  },
  delivery: async () => {
    const rows = await delivery();
    return { rows, text: printTable("delivery", rows) };
  },
  timeline: async () => {
    const rows = await timeline();
    return { rows, text: printTable("timeline", rows) };
  },
  inbox: async () => {
    const rows = await inbox();
    return { rows, text: printTable("inbox", rows) };
  },
  extraction: async (flags) => {
    const rows = await extraction(flags);
    return { rows, text: printTable("extraction", rows) };
  },
  templating: async () => {
    const rows = await templating();
    return { rows, text: printTable("templating", rows) };
  },
  datalog,
  scale,
};

const [name = "", ...flags] = process.argv.slice(2);
const run = BENCHES[name];
if (!run) {
  process.stderr.write(`say which: npm run bench -- ${Object.keys(BENCHES).join(" | ")} [--json]\n`);
  process.exit(2);
}
const { rows, text } = await run(flags);
process.stdout.write(flags.includes("--json") ? `${JSON.stringify({ name, rows })}\n` : text);
process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;
