import type { PostPage } from "@rose-ash/shared/contracts/blog.ts";
import type { PublicUrl } from "@rose-ash/shared/infrastructure/service-deps.ts";

/** The post in schema.org's words, for machines: an Article and the way to it. Nothing of its text. */
export function structuredData({ post, isReadable, updatedAt, canonicalUrl }: PostPage, siteName: string, publicUrl: PublicUrl): object {
  const home = publicUrl("blog", "/");
  const [tag] = post.tags;
  const way = [{ name: "Blog", url: home }, ...(tag ? [tag] : []), { name: post.title, url: post.url }];
  const article = {
    "@type": "Article",
    "@id": post.url,
    mainEntityOfPage: canonicalUrl ?? post.url,
    headline: post.title,
    description: post.excerpt,
    datePublished: post.publishedAt.toISOString(),
    dateModified: updatedAt.toISOString(),
    inLanguage: post.language,
    isAccessibleForFree: post.audience === null && isReadable,
    author: post.authors.map(({ name, url }) => ({ "@type": "Person", name, url })),
    publisher: { "@type": "Organization", name: siteName, url: home },
    keywords: post.tags.map(({ name }) => name),
    ...(post.picture === null ? {} : { image: new URL(post.picture.url, home).href }),
  };
  const breadcrumb = {
    "@type": "BreadcrumbList",
    itemListElement: way.map(({ name, url }, i) => ({ "@type": "ListItem", position: i + 1, name, item: url })),
  };
  return { "@context": "https://schema.org", "@graph": [article, breadcrumb] };
}
