import { boot } from "@rose-ash/shared/infrastructure/boot.ts";
import { expandFile } from "./services/expand-file.ts";

const USAGE = `npm run events -- expand FILE.ics --from 2026-01-01 --to 2027-01-01 [--zone Europe/London]
  prints what takes place from the first day to the last, without it, as JSON; what can't be read is said on stderr`;

await boot(async () => {
  const [, , name = "", ...args] = process.argv;
  if (name !== "expand") throw new Error(USAGE);
  const { json, troubles } = await expandFile(args);
  for (const trouble of troubles) process.stderr.write(`${trouble}\n`);
  process.stdout.write(`${json}\n`);
});
