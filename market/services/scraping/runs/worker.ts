import { boot } from "@rose-ash/shared/infrastructure/boot.ts";
import { openScraping } from "./open-scraping.ts";
import { takeRuns } from "./take-runs.ts";

const BEAT_MS = 15_000;

// Forked by the service when there is a run to do: reading pages would hold up the shop's own. Ends with the last one.
await boot(async () => {
  const scraping = openScraping(process.env);
  const beat = setInterval(() => process.send?.("alive"), BEAT_MS); // whoever forked it kills what is stuck
  const leaving = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT", "disconnect"] as const) process.once(signal, () => leaving.abort("release"));
  try {
    await takeRuns(scraping.parts, scraping.suppliers.suppliers, leaving.signal);
  } finally {
    clearInterval(beat);
    await scraping.close();
    if (process.connected) process.disconnect();
  }
});
