import { mkdtempSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StoredMail } from "../../shared/infrastructure/mail/index.ts";

/** A folder that an app under test sends its mail into. */
export interface Mailbox {
  /** For openTestApp. */
  readonly env: { readonly DEPLOYMENT: string; readonly MAIL_URL: string };
  /** What lies in it, in the order in which it was sent; emptied by it. */
  take(): Promise<StoredMail[]>;
  remove(): Promise<void>;
}

export function openMailbox(): Mailbox {
  const folder = mkdtempSync(join(tmpdir(), "rose-ash-mailbox-"));
  return {
    env: { DEPLOYMENT: "development", MAIL_URL: `file:${folder}` },
    take: () => takeMails(folder),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Takes what lies in a folder of mails. */
export async function takeMails(folder: string): Promise<StoredMail[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".json")).sort();
  const mails = await Promise.all(names.map(async (name) => JSON.parse(await readFile(join(folder, name), "utf8")) as StoredMail));
  await Promise.all(names.map((name) => rm(join(folder, name))));
  return mails.sort((one, other) => one.sentAt.localeCompare(other.sentAt));
}
