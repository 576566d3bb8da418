import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Commented, ThreadView } from "../../../contracts/comments.ts";
import type { Viewer } from "../../../contracts/viewer.ts";
import { type Keepable, Kept } from "../../cache/index.ts";

const kind: z.ZodType<ThreadView> = z.object({
  isOpen: z.boolean(),
  isClosedHere: z.boolean(),
  count: z.number(),
  likes: z.number(),
  boosts: z.number(),
});
const BYTES_EACH = 100;
const MAX_BYTES = 512 * 1024;

const keptOf = new WeakMap<FastifyInstance["runtime"], Kept<ThreadView>>();

/**
 * How the conversation under a page stands. Members, who may just have said something, are told what is so now; guests what is kept
 * as long as the comments themselves.
 */
export async function findThread(app: FastifyInstance, viewer: Viewer, source: Commented, here: string): Promise<ThreadView> {
  if (viewer.kind === "member") return app.services.comments.getThread(source);
  const kept = keptIn(app);
  const want: Keepable = {
    key: `comments:thread:${source.type}:${source.id}`,
    tags: [`comments:${here}`],
    ttlSeconds: 10,
    isPersonal: false,
  };
  const known = kept.findNow(want);
  if (known !== null) return known;
  const [place] = await kept.find([want], false);
  if (place?.found?.isFresh) return place.found.value;
  const thread = await app.services.comments.getThread(source);
  if (place !== undefined) await kept.put(place, thread);
  return thread;
}

function keptIn({ runtime }: FastifyInstance): Kept<ThreadView> {
  const known = keptOf.get(runtime);
  if (known !== undefined) return known;
  const kept = new Kept<ThreadView>({
    cache: runtime.cache,
    pack: JSON.stringify,
    unpack: (text) => kind.safeParse(JSON.parse(text)).data ?? null,
    sizeOf: () => BYTES_EACH,
    maxBytes: MAX_BYTES,
  });
  keptOf.set(runtime, kept);
  return kept;
}
