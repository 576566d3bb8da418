import { CodedError } from "../../../contracts/errors.ts";
import type { Json } from "../../../contracts/fediverse.ts";
import type { Services } from "../../../contracts/services.ts";
import type { App } from "../../../models/apps.ts";
import type { ActivityDetails } from "../../../models/federation.ts";
import type { PublicUrl } from "../../service-deps.ts";
import type { LocalActors } from "../actors/index.ts";
import { articleOf, eventOf, noteOf, type Place } from "./objects.ts";

/** Types of objects that have a page of their own, and so a document under its address. */
export type PageType = "Post" | "Product" | "CalendarEntry" | "Status";

interface ObjectParts {
  readonly services: Pick<Services, "blog" | "market" | "events" | "fediverse">;
  readonly actors: LocalActors;
  readonly publicUrl: PublicUrl;
}

/** Something that everybody may see now: as the outbox names it, and how to make its document. */
interface LiveObject {
  readonly source: { readonly type: string; readonly id: string };
  documentAt(id: string, url: string): Json;
}

const GUEST = { kind: "guest", deviceId: null } as const;

/** What of ours is at this path of its app; null: nothing that everybody may see. A product has a document only once it was announced. */
export async function findLive(
  { services, actors, publicUrl }: ObjectParts,
  type: Exclude<PageType, "Status">,
  slug: string,
): Promise<LiveObject | null> {
  const at = (app: App) => (id: string, url: string) => placeOf({ actors, publicUrl }, app, id, url);
  if (type === "Post") {
    const page = await orNothing(services.blog.getPost(slug, GUEST));
    if (page === null || !page.isReadable || page.post.audience !== null) return null;
    return { source: { type, id: String(page.id) }, documentAt: (id, url) => articleOf(page, at("blog")(id, url)) };
  }
  if (type === "CalendarEntry") {
    const page = await orNothing(services.events.getEntry(slug, null));
    return page === null ? null : { source: { type, id: String(page.id) }, documentAt: (id, url) => eventOf(page, at("events")(id, url)) };
  }
  const page = await orNothing(services.market.getProduct(slug));
  if (page === null) return null;
  const details = { name: page.product.name, text: page.description };
  return { source: { type, id: String(page.id) }, documentAt: (id, url) => noteOf(details, new Date(), at("market")(id, url)) };
}

/** What an activity of the outbox says of its object; null: it is gone meanwhile, or not for everybody. */
export async function describe(
  parts: ObjectParts,
  source: { type: string; id: string },
  { details, at }: { details: ActivityDetails; at: Date },
  { id, url }: { id: string; url: string },
): Promise<Json | null> {
  if (source.type === "Product" || source.type === "ProductNews") return noteOf(details, at, placeOf(parts, "market", id, url));
  const slug = /^\/(?:posts|entries)\/([^/?#]+)$/.exec(details.path ?? "")?.[1];
  if (slug === undefined) return null;
  const live = await findLive(parts, source.type === "Post" ? "Post" : "CalendarEntry", slug);
  return live?.source.id === source.id ? live.documentAt(id, url) : null; // else the address is another's by now
}

function placeOf({ actors, publicUrl }: Pick<ObjectParts, "actors" | "publicUrl">, app: App, id: string, url: string): Place {
  const actor = actors.ofApp(app);
  return { id, url, actor: actor.uri, followers: actors.collectionOf(actor, "followers"), origin: publicUrl(app, "") };
}

async function orNothing<Page>(asked: Promise<Page>): Promise<Page | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof CodedError && error.code === "not-found") return null;
    throw error;
  }
}
