import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { RelationHandle } from "@rose-ash/shared/contracts/relations.ts";
import type { Services } from "@rose-ash/shared/contracts/services.ts";
import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import type { PostId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";

const RELATED: RelationHandle<{ part: PostId; other: PostId }> = {
  relation: "blog.related",
  columns: { part: "post", other: "post" },
};
const MOST_ASKED = 50;
const MOST_SHOWN = 3;

const params = z.object({
  post: z.coerce
    .number()
    .int()
    .transform((id) => id as PostId),
});

/** Posts that the relations put beside one, the newest; nothing where there are none. */
export const relatedPosts = defineFragment({
  type: "related-posts",
  params,
  async render({ services, params: { post } }) {
    const ids = (await listRelated(services, post)).filter((other) => other !== post);
    const newest = ids.sort((a, b) => b - a).slice(0, MOST_ASKED); // later ones have higher ids, nearly: dates decide below
    const posts = [...(await services.blog.listPostsById(newest))].sort((a, b) => Number(b.publishedAt) - Number(a.publishedAt));
    return { template: "fragments/related-posts.html", context: { posts: posts.slice(0, MOST_SHOWN) } };
  },
});

/** Where the relations can't say, nothing is related: a post is whole without it. */
async function listRelated({ relations }: Services, post: PostId): Promise<PostId[]> {
  try {
    return (await relations.list(RELATED, { part: post })).map(({ other }) => other);
  } catch (error) {
    if (error instanceof CodedError && ["unavailable", "question-too-wide"].includes(error.code)) return [];
    throw error;
  }
}
