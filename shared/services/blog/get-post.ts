import { type BlogService, type PostPage, postPage } from "../../contracts/blog.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { PublicUrl } from "../../infrastructure/service-deps.ts";
import type { makeMayRead } from "./may-read.ts";
import { postCardOf, translationOf } from "./post-cards.ts";
import type { Queries } from "./queries.ts";
import { shareOf } from "./share.ts";

type PostRow = Awaited<ReturnType<Queries["post"]["execute"]>>[number];
interface Named {
  name: string;
  slug: string;
}

/** A post with everything around it; its text only for whoever may read it. */
export function makeGetPost(queries: Queries, publicUrl: PublicUrl, mayRead: ReturnType<typeof makeMayRead>): BlogService["getPost"] {
  const linkOf = ({ name, slug }: Named) => ({ name, url: publicUrl("blog", `/posts/${slug}`) });
  return async (slug, viewer) => {
    const [row] = await queries.post.execute({ slug });
    if (!row) throw new CodedError("not-found", "There is no post at this address.", { slug });
    const isReadable = await mayRead(viewer, { kind: "post", id: row.id, audience: row.audience });
    return postPage.parse({
      ...row,
      post: postCardOf(row, publicUrl),
      isReadable,
      ...(isReadable ? {} : { html: "", productSlugs: [] }),
      share: shareOf(row.share),
      series: seriesOf(row, linkOf),
      translations: translationsOf(row, publicUrl),
      newer: row.newer && linkOf(row.newer),
      older: row.older && linkOf(row.older),
    });
  };
}

/** A post that stands alone in its series has none. */
function seriesOf({ slug, series }: PostRow, linkOf: (to: Named) => { name: string; url: string }): PostPage["series"] {
  if (series === null || series.parts.length < 2) return null;
  const number = 1 + series.parts.findIndex((part) => part.slug === slug);
  return { title: series.title, description: series.description, parts: series.parts.map(linkOf), number };
}

/** A text in one language alone has none. */
function translationsOf({ translations }: PostRow, publicUrl: PublicUrl): PostPage["translations"] {
  return translations.length < 2 ? [] : translations.map((to) => translationOf(to, publicUrl));
}
