import type { FastifyInstance } from "fastify";

/** A mail about a room. note: what a keeper said; times: when, endsAt null where only the beginning matters. */
interface RoomMail {
  readonly email: string;
  readonly name: string;
  readonly subject: string;
  readonly lead: string;
  readonly note: string;
  readonly path: string;
  readonly zone: string;
  readonly key: string;
  readonly times: readonly { startsAt: Date; endsAt: Date | null; isOff: boolean }[];
}

export async function roomMail(app: FastifyInstance, { email, name, subject, lead, note, path, zone, key, times }: RoomMail) {
  const url = app.publicUrl("events", path);
  const rows = times.map(({ startsAt, endsAt, isOff }) => ({ when: whenOf(app, zone, { startsAt, endsAt }), isOff }));
  const html = await app.templating.render("room-mail.html", { name, subject, lead, note, rows, url });
  const parts = [
    `Hello${name === "" ? "" : ` ${oneLine(name)}`},`,
    lead,
    ...(note === "" ? [] : [`“${oneLine(note)}”`]),
    ...(rows.length === 0 ? [] : [rows.map(({ when, isOff }) => `${when}${isOff ? " (off)" : ""}`).join("\n")]),
    url,
    app.runtime.site.name,
  ];
  return {
    ...{ to: email, subject: oneLine(subject), text: `${parts.join("\n\n")}\n`, html },
    messageId: `<${key}@${new URL(app.publicUrl("events", "/")).hostname}>`,
  };
}

function whenOf(app: FastifyInstance, timeZone: string, { startsAt, endsAt }: { startsAt: Date; endsAt: Date | null }): string {
  const from = momentWords(app, timeZone, startsAt);
  return endsAt === null ? from : `${from} to ${new Intl.DateTimeFormat(app.runtime.site.locale, { ...CLOCK, timeZone }).format(endsAt)}`;
}

const CLOCK = { hour: "2-digit", minute: "2-digit" } as const;

/** "Friday 4 December at 18:00", by the clocks of a zone. */
export function momentWords({ runtime }: FastifyInstance, timeZone: string, at: Date): string {
  return new Intl.DateTimeFormat(runtime.site.locale, { weekday: "long", day: "numeric", month: "long", ...CLOCK, timeZone }).format(at);
}

/** What people typed starts no line of its own. */
function oneLine(words: string): string {
  return words.replaceAll(/\p{Cc}+/gu, " ");
}
