/** First parts of addresses that lead elsewhere: no page can lie there. */
export const RESERVED: readonly string[] = [
  ..."admin ap api archive auth author authors cart dev feed feeds ghost healthz internal likes media nodeinfo".split(" "),
  ..."oauth posts preferences preview problems readyz rss search series sitemap sitemaps static tags".split(" "),
];
