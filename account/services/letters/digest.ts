import { plainText, sanitiseHtml } from "@rose-ash/shared/infrastructure/sanitise-html.ts";
import type { FastifyInstance } from "fastify";

const PIECES = ["digest-posts", "digest-products", "digest-entries"] as const;
/** So long a service that does not answer is waited for; then it goes out without its piece. */
const INSIST_HOURS = 1;
/** When digests are made, by the site's clock. */
const FROM_HOUR = 7;

/** Writes and sends what is new to the lists whose day it is, once each: pieces of blog, market and events, one below the other. */
export async function composeDigests(app: FastifyInstance): Promise<void> {
  const { services, runtime, transaction } = app;
  const now = runtime.clock.now();
  for (const { newsletter, since } of await services.letters.listDueDigests(now)) {
    const params = { since: since.toISOString() };
    const asker = {
      viewer: { kind: "guest", deviceId: null },
      id: `digest-${newsletter.id}`,
      log: app.log,
      fragmentPath: "",
      isKeptPage: false,
    } as const;
    const pieces = await app.fragments.compose(
      asker,
      PIECES.map((type) => ({ type, params })),
    );
    const isWaited = hourIn(now, runtime.site.timeZone) < FROM_HOUR + INSIST_HOURS;
    if (isWaited && pieces.some(({ how }) => how === "fallback")) continue; // what came late is kept for the next look
    const html = sanitiseHtml(pieces.map((piece) => piece.html).join("\n"));
    const plaintext = plainText(html);
    const { locale: language } = runtime.site;
    const subject = `${newsletter.name}, ${new Intl.DateTimeFormat(language, { day: "numeric", month: "long", timeZone: runtime.site.timeZone }).format(now)}`;
    const text = { subject, preheader: plaintext.slice(0, 110), html, plaintext, language, audience: null };
    await transaction((tx) => services.letters.sendDigest(tx, newsletter.id, now, plaintext === "" ? null : text));
  }
}

function hourIn(now: Date, timeZone: string): number {
  return Number(new Intl.DateTimeFormat("en-GB", { hour: "2-digit", hourCycle: "h23", timeZone }).format(now));
}
