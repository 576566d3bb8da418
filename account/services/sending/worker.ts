import { join } from "node:path";
import { boot } from "@rose-ash/shared/infrastructure/boot.ts";
import { loadConfig, loadSite, publicUrlOf } from "@rose-ash/shared/infrastructure/config.ts";
import { openDb, openSession } from "@rose-ash/shared/infrastructure/db.ts";
import { openBulkMailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import { createTemplating } from "@rose-ash/shared/infrastructure/templating.ts";
import type { LetterId } from "@rose-ash/shared/models/ids.ts";
import { schema } from "../../config/schema.ts";
import { wireLetters } from "../index.ts";
import { frameOf, mailedLetter } from "../letters/frame.ts";
import { type PreparedLetter, prepareLetter } from "../letters/letter-mail.ts";
import { sendLetters } from "./send-letters.ts";
import { bulkSettings } from "./settings.ts";

// Forked by the service when letters are to be sent: making tens of thousands of mails would hold up its pages. Ends with the last one.
await boot(async () => {
  const config = loadConfig(schema, process.env);
  const site = loadSite(process.env);
  const session = await openSession(config.DATABASE_URL);
  const db = openDb(config.DATABASE_URL, 1);
  try {
    const publicUrl = publicUrlOf(config);
    const letters = wireLetters({ db, timeZone: site.timeZone });
    if (!(await letters.holdSending(session.db))) return; // another process sends
    session.onLost(() => process.exit(1)); // then another one may: nothing more goes out from here
    const templating = createTemplating({
      searchPath: [join(import.meta.dirname, "../../templates")],
      globals: { site, appUrl: publicUrl },
      locale: site.locale,
    });
    const mailer = await openBulkMailer(bulkSettings(config), config);
    const frame = frameOf({ config, site, publicUrl, templating });
    const prepared = new Map<LetterId, Promise<PreparedLetter>>();
    const prepare = (id: LetterId) => {
      const made = prepared.get(id) ?? letters.getLetter(id).then((letter) => prepareLetter(frame, mailedLetter(letter)));
      prepared.set(id, made);
      made.catch(() => prepared.delete(id));
      return made;
    };
    const leaving = new AbortController();
    for (const signal of ["SIGTERM", "SIGINT", "disconnect"] as const) process.once(signal, () => leaving.abort());
    const { LETTERS_PER_SECOND: perSecond, LETTERS_CONNECTIONS: connections } = config;
    await sendLetters({ letters, session, mailer, prepare, perSecond, connections }, leaving.signal);
    mailer.close();
  } finally {
    await session.close();
    await db.close();
    if (process.connected) process.disconnect();
  }
});
