import { APPS, type App } from "@rose-ash/shared/models/apps.ts";
import type { Browser, Page } from "./browser.ts";
import type { TestSite } from "./site.ts";

const EACH = 2;
const NOT_FOLLOWED = /^\/(auth|oauth|static|media|dev)(\/|$)|\.(ics|csv|pdf|pkpass)$/;

/** Opens the six home pages and what they lead to within the site: of addresses of one shape (/posts/…) two each. */
export async function crawl(site: TestSite, browser: Browser): Promise<Page[]> {
  const hosts = new Map<string, App>(APPS.map((app) => [new URL(site.url(app, "/")).host, app]));
  const seen = new Map<string, number>();
  const waiting = APPS.map((app) => site.url(app, "/"));
  const opened = new Set<string>();
  const found: Page[] = [];
  for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
    if (opened.has(url)) continue;
    opened.add(url);
    const page = await browser.get(url);
    found.push(page);
    for (const [, href = ""] of page.text.matchAll(/<a\s[^>]*?href="([^"]*)"/g)) {
      const target = URL.parse(unescapeHtml(href), page.url);
      if (target === null || !hosts.has(target.host) || NOT_FOLLOWED.test(target.pathname)) continue;
      const shape = `${target.host}${target.pathname.replace(/(?<=\/)[^/]+$/, "…")}?${[...target.searchParams.keys()]}`;
      const times = seen.get(shape) ?? 0;
      if (times >= EACH) continue;
      seen.set(shape, times + 1);
      target.hash = "";
      waiting.push(target.href);
    }
  }
  return found;
}

/** The addresses that a page's attributes hold, read as a browser reads them. */
export function hrefsOf({ text }: Pick<Page, "text">): string[] {
  return [...text.matchAll(/\s(?:href|src|action|formaction|hx-get|hx-post)="([^"]*)"/g)].map(([, value = ""]) => unescapeHtml(value));
}

function unescapeHtml(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_all, code) => String.fromCodePoint(Number(code)))
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}
