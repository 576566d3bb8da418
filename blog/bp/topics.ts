import type { BlogService } from "@rose-ash/shared/contracts/blog.ts";

const TOPICS_SHOWN = 7;

/** The second line of every page: all writing, then the tags most written about. currentUrl: the one to mark, if any. */
export async function listTopics(blog: BlogService, homeUrl: string, currentUrl: string | null) {
  const tags = (await blog.listTags()).slice(0, TOPICS_SHOWN);
  return [{ name: "All writing", url: homeUrl }, ...tags].map(({ name, url }) => ({ name, url, isCurrent: url === currentUrl }));
}
