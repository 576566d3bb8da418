import { and, eq, sql } from "drizzle-orm";
import type { FediverseService, Json } from "../../contracts/fediverse.ts";
import type { Tx } from "../../contracts/tx.ts";
import { plainText, sanitiseHtml } from "../../infrastructure/sanitise-html.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { apDocuments } from "../../models/fediverse.ts";
import type { StatusId } from "../../models/ids.ts";
import { apHashtags } from "../../models/statuses.ts";
import { bury } from "./keep-document.ts";

const MOST_WORDS = 600;

/**
 * What a service of ours told the world is a post of the hub as well: it stands at home of those who follow the service, can be liked,
 * boosted, kept and answered. In short: the whole of it is on its own page. about: itself, so that answers in the hub are comments there.
 */
export function makeKeepPublished({ timeZone, locale }: Pick<ServiceDeps, "timeZone" | "locale">): Pick<FediverseService, "keepPublished"> {
  return {
    async keepPublished(tx, { actor, type, object, at }) {
      const uri = String(object["id"]);
      if (type === "Delete") return void (await bury(tx, and(eq(apDocuments.uri, uri), eq(apDocuments.actor, actor))));
      const row = {
        ...{
          type: String(object["type"]),
          name: plainText(textOf(object["name"])).slice(0, 500),
          html: shortOf(object, { timeZone, locale }),
        },
        ...({ language: languageOf(object), url: textOf(object["url"]) || uri, visibility: "public", about: uri } as const),
      };
      const publishedAt = new Date(textOf(object["published"]) || at);
      const changed = { ...row, updatedAt: object["updated"] === undefined ? null : new Date(textOf(object["updated"])) };
      const [kept] = await tx
        .insert(apDocuments)
        .values({ ...changed, uri, actor, publishedAt: publishedAt > at ? at : publishedAt })
        .onConflictDoUpdate({
          target: apDocuments.uri,
          set: changed,
          setWhere: sql`${apDocuments.actor} = excluded.actor and ${apDocuments.deletedAt} is null`,
        })
        .returning({ id: apDocuments.id, publishedAt: apDocuments.publishedAt });
      if (kept === undefined) return;
      await keepTags(tx, kept, tagsOf(object));
      await keepPicture(tx, kept.id, pictureOf(object));
    },
  };
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** Its first words, and of an event when and where. */
function shortOf(object: Json, { timeZone, locale }: { timeZone: string; locale: string }): string {
  const type = object["type"];
  if (type === "Note") return sanitiseHtml(textOf(object["content"]));
  const summary = textOf(object["summary"]);
  const words = summary === "" ? plainText(textOf(object["content"])) : plainText(summary);
  const short = words.length > MOST_WORDS ? `${words.slice(0, MOST_WORDS - 1)}…` : words;
  const when = type === "Event" ? [whenOf(object, { timeZone, locale }), placeOf(object)].filter((part) => part !== "").join(", ") : "";
  return [when, short].map((text) => (text === "" ? "" : `<p>${escaped(text)}</p>`)).join("");
}

/** In the event's own zone, whose clocks people there look at. */
function whenOf(object: Json, { timeZone, locale }: { timeZone: string; locale: string }): string {
  const startsAt = new Date(textOf(object["startTime"]));
  if (Number.isNaN(startsAt.getTime())) return "";
  const zone = textOf(object["timezone"]) || timeZone;
  const style = { dateStyle: "full", timeStyle: "short", timeZone: zone } as const;
  return new Intl.DateTimeFormat(locale, style).format(startsAt);
}

function placeOf({ location }: Json): string {
  return typeof location === "object" && location !== null && "name" in location ? textOf(location.name) : "";
}

const escaped = (text: string) => text.replace(/[&<>]/g, (one) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[one] ?? "");

function languageOf({ contentMap }: Json): string | null {
  return typeof contentMap === "object" && contentMap !== null ? (Object.keys(contentMap)[0] ?? null) : null;
}

function tagsOf({ tag }: Json): string[] {
  const names = (Array.isArray(tag) ? (tag as Json[]) : []).map(({ name }) => textOf(name).replace(/^#/, "").toLowerCase()); // ours, as objects.ts makes them
  return [...new Set(names.filter((name) => /^[\p{L}\p{N}_]{1,100}$/u.test(name)))];
}

/** The hash under which its picture lies in the library, of whatever size; null: it has none. */
function pictureOf({ image, attachment }: Json): { sha256: string; alt: string } | null {
  const first = image ?? (Array.isArray(attachment) ? attachment[0] : undefined);
  if (typeof first !== "object" || first === null) return null;
  const { url, name } = first as Json; // one of ours, as objects.ts makes it
  const sha256 = /\/media\/[0-9a-f]{2}\/([0-9a-f]{64})\./.exec(textOf(url))?.[1];
  return sha256 === undefined ? null : { sha256, alt: textOf(name) };
}

async function keepTags(
  tx: Tx,
  { id: statusId, publishedAt }: { id: StatusId; publishedAt: Date },
  tags: readonly string[],
): Promise<void> {
  await tx.delete(apHashtags).where(eq(apHashtags.statusId, statusId));
  if (tags.length > 0) await tx.insert(apHashtags).values(tags.map((tag) => ({ statusId, tag, publishedAt })));
}

async function keepPicture(tx: Tx, statusId: StatusId, picture: { sha256: string; alt: string } | null): Promise<void> {
  await tx.execute(sql`delete from ap_pictures where status_id = ${statusId}`);
  if (picture === null) return;
  const { sha256, alt } = picture;
  await tx.execute(sql`
    insert into ap_pictures (status_id, position, media_id, alt)
    select ${statusId}::bigint, 0, id, ${alt} from media
    where sha256 = ${sha256} or id in (select media_id from media_variants where sha256 = ${sha256}) limit 1`);
}
