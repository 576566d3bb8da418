import { escapeHtml } from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import { commentThreads } from "@rose-ash/shared/models/comments.ts";
import { apDocuments, apRemoteActors } from "@rose-ash/shared/models/fediverse.ts";
import type { PostId, UserId } from "@rose-ash/shared/models/ids.ts";
import { COMMENTS, NEIGHBOUR, type SeedComment } from "../content/comments.ts";
import { daysBefore, type SeedContext } from "../context.ts";
import { type Ids, idOf } from "../keyed.ts";

interface Made {
  people: Ids<UserId>;
  posts: Ids<PostId>;
}

const ORIGIN = process.env["PUBLIC_ORIGIN"] ?? "http://{app}.rose-ash.localhost:8000";
const at = (app: "blog" | "federation", path: string) => ORIGIN.replace("{app}", app) + path;
const mae = `https://${NEIGHBOUR.host}/users/${NEIGHBOUR.handle}`;

/** What was said under the posts that this run made, here and from elsewhere; one comment waits for a steward. */
export async function writeComments(context: SeedContext, { people, posts }: Made): Promise<number> {
  const made = Map.groupBy(
    COMMENTS.filter(({ post }) => posts.has(post)),
    ({ post }) => post,
  );
  if (made.size === 0) return 0;
  await context.tx
    .insert(apRemoteActors)
    .values({
      uri: mae,
      host: NEIGHBOUR.host,
      type: "Person",
      handle: NEIGHBOUR.handle,
      name: NEIGHBOUR.name,
      inbox: `${mae}/inbox`,
      keys: [],
      document: { url: mae },
    })
    .onConflictDoNothing();
  for (const [post, comments] of made) await writeThread(context, { people, posts }, post, comments);
  return [...made.values()].flat().length;
}

async function writeThread(
  { tx, now }: SeedContext,
  { people, posts }: Made,
  post: string,
  comments: readonly SeedComment[],
): Promise<void> {
  const shown = comments.filter(({ isWaiting }) => !isWaiting).length;
  const [thread] = await tx
    .insert(commentThreads)
    .values({ sourceType: "Post", sourceId: String(idOf(posts, post)), shownCount: shown })
    .returning({ id: commentThreads.id });
  if (thread === undefined) return;
  const about = at("blog", `/posts/${post}`);
  const uris: string[] = [];
  for (const [index, { by, text, warning = "", daysAgo, answers, isWaiting = false }] of comments.entries()) {
    const isFromHere = by !== NEIGHBOUR.handle;
    const uri = isFromHere ? at("federation", `/ap/objects/${post}-${index}`) : `https://${NEIGHBOUR.host}/notes/${post}-${index}`;
    const answered = answers === undefined ? null : (uris[answers] ?? null);
    uris.push(uri);
    await tx.insert(apDocuments).values({
      ...{
        uri,
        type: "Note",
        actor: isFromHere ? at("federation", `/ap/members/${by}`) : mae,
        authorId: isFromHere ? idOf(people, by) : null,
      },
      ...{ about, inReplyTo: answered ?? about, commentThreadId: thread.id, commentRoot: answered, warning },
      ...{ html: `<p>${escapeHtml(text)}</p>`, source: isFromHere ? text : "", moderation: isWaiting ? "waiting" : "shown" },
      ...{ visibility: isWaiting ? "internal" : "public", publishedAt: daysBefore(now, daysAgo, comments.length - index) },
    });
  }
}
