import { Parser } from "htmlparser2";

/** Whether a page names one of these addresses as the same person's (rel=me, microformats.org/wiki/rel-me), by a link of any kind. */
export function leadsBack(html: string, pageUrl: string, addresses: readonly string[]): boolean {
  const wanted = new Set(addresses.map(plain));
  let isFound = false;
  const parser = new Parser({
    onopentag(name, { rel = "", href }) {
      if (!["a", "link", "area"].includes(name) || href === undefined || !rel.toLowerCase().split(/\s+/).includes("me")) return;
      const url = URL.parse(href, pageUrl);
      if (url !== null && wanted.has(plain(url.href))) isFound = true;
    },
  });
  parser.end(html);
  return isFound;
}

/** A slash at the end and a fragment make no other page. */
const plain = (address: string): string => address.replace(/#.*$/s, "").replace(/\/$/, "");
