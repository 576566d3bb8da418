import { boot } from "@rose-ash/shared/infrastructure/boot.ts";
import { extractFile } from "./services/scraping/extract-file.ts";
import { listSuppliers, scrapeByHand } from "./services/scraping/runs/index.ts";

const USAGE = `npm run market -- extract FILE.html[.gz] --url URL [--content-type TYPE] [--rules RULES.json]
  prints the product that the page shows as JSON; the file may be gzipped, rules are a supplier's selectors
npm run market -- suppliers
  lists the suppliers whose pages can be read, and what is wrong with their files
npm run market -- scrape SUPPLIER [--resume]
  reads a supplier's pages into DATABASE_URL; Ctrl-C leaves the run to be taken up again.
  ends with 0: all was seen; 1: not all; 130: left in the middle; 3: another process is at it`;

type Command = (args: readonly string[]) => Promise<{ text: string; exitCode: number }>;

/** What can be asked of market by hand. */
const COMMANDS: Readonly<Record<string, Command>> = {
  extract: async (args) => ({ text: await extractFile(args), exitCode: 0 }),
  suppliers: listSuppliers,
  scrape: scrapeByHand,
};

await boot(async () => {
  const [, , name = "", ...args] = process.argv;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new Error(USAGE);
  const { text, exitCode } = await command(args);
  process.stdout.write(`${text}\n`);
  process.exitCode = exitCode;
});
