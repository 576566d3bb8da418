import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** As much of @crawlee/cheerio as is used. */
interface Crawlee {
  CheerioCrawler: new (options: object, configuration: unknown) => { run(urls: readonly string[]): Promise<unknown> };
  Configuration: new (options: object) => unknown;
}
interface Context {
  $: (selector: string) => { first(): { text(): string } };
  request: { url: string };
  enqueueLinks(options: object): Promise<unknown>;
}

// The peer, with the same pause, one request at a time and nothing on disk: it follows the lists and reads name and price by selectors.
const [, , folder = "", origin = "", delay = ""] = process.argv;
const path = createRequire(join(folder, "package.json")).resolve("@crawlee/cheerio");
const loaded: { default?: Crawlee } & Partial<Crawlee> = await import(pathToFileURL(path).href);
const { CheerioCrawler, Configuration } = (loaded.default ?? loaded) as Crawlee; // CommonJS
let products = 0;
const crawler = new CheerioCrawler(
  {
    ...{ sameDomainDelaySecs: Number(delay), maxConcurrency: 1, respectRobotsTxtFile: true },
    async requestHandler({ $, request, enqueueLinks }: Context) {
      if (request.url.includes("/products/")) {
        if ($("h1").first().text() !== "" || $("script").first().text() !== "") products++;
      } else await enqueueLinks({ globs: [`${origin}/products/*`, `${origin}/groceries?page=*`] });
    },
  },
  new Configuration({ persistStorage: false, logLevel: 1 }),
);
const began = performance.now();
await crawler.run([`${origin}/groceries`]);
const seconds = (performance.now() - began) / 1000;
process.send?.({ seconds, megabytes: process.resourceUsage().maxRSS / 1024, products });
process.disconnect();
