import type { Row } from "../table.ts";
import { dashboard } from "./dashboard.ts";
import { letters } from "./letters.ts";

/** Each part of the bench of account, a file each; one after the other. */
const PARTS: readonly (() => Promise<Row[]>)[] = [dashboard, letters];

/** What members' own pages and mails cost. */
export async function account(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const part of PARTS) rows.push(...(await part()));
  return rows;
}
