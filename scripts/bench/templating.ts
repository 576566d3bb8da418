import { createRequire } from "node:module";
import { join } from "node:path";
import { products } from "@rose-ash/shared/dev/components/sample.ts";
import { siteFilters } from "@rose-ash/shared/infrastructure/templating/site-filters.ts";
import { createTemplating } from "@rose-ash/shared/infrastructure/templating.ts";
import { ROOT } from "../processes.ts";
import { median, type Row } from "./table.ts";

const TEMPLATE = "home/show.html";
const FOLDERS = [join(ROOT, "market/bp"), join(ROOT, "shared/templates")];
const PRODUCTS = 3;
const SHELVES = ["Bread", "Dairy", "Vegetables"];
const RUNS = 15;
const RENDERS = 400;

/** What both render: the front page of the shop, about 12 KB, in the site's layout. */
const PLACES = ["Blog", "Market", "Cart", "Events", "Community", "Account"].map((name) => ({
  name,
  url: `/${name}`,
  isCurrent: name === "Market",
}));
const GLOBALS = {
  site: {
    name: "Rose Ash",
    tagline: "Bread and a noticeboard",
    locale: "en-GB",
    timeZone: "Europe/London",
    places: PLACES,
    themeColours: {},
  },
  app: "market",
  asset: (name: string) => `/static/${name}`,
  appUrl: (app: string, path: string) => `http://${app}.example${path}`,
};
const CONTEXT = {
  categories: SHELVES.map((name, place) => ({
    name,
    url: `/categories/${name}`,
    description: `${name} of the week.`,
    productCount: place + 1,
  })),
  // to plain nunjucks an empty list is true: only products with labels, and pictures of one size, look the same in both
  newest: products
    .filter(({ labels }) => labels.length > 0)
    .slice(0, PRODUCTS)
    .map((product) => ({ ...product, picture: product.picture && { ...product.picture, sources: null } })),
  shelves: SHELVES.map((name) => ({ name, url: `/categories/${name}`, isCurrent: false })),
  path: "/",
  scheme: "auto",
  viewer: { kind: "guest" },
  fragments: { navTree: "", footer: "", authMenu: "", cartMini: "", notificationBadge: "" },
};

type Render = () => string | Promise<string>;

/** What is used of nunjucks here; it is shared's dependency, not this package's. */
interface Nunjucks {
  Environment: new (
    loader: object,
    options: { autoescape: boolean },
  ) => {
    addGlobal(name: string, value: unknown): void;
    addFilter(name: string, filter: unknown): void;
    render(name: string, context: object): string;
  };
  FileSystemLoader: new (folders: string[]) => object;
}

/** One page by our Jinja2 and by plain nunjucks, which it is built on; both have their templates compiled. */
export async function templating(): Promise<Row[]> {
  const { ours, plain, page } = await openBoth();
  const figures = { ours: [] as number[], plain: [] as number[], ratio: [] as number[] };
  for (let run = 0; run < RUNS; run++) {
    // side by side, so that what else the machine does falls on both
    const [a, b] = [await perSecond(ours), await perSecond(plain)];
    figures.ours.push(a);
    figures.plain.push(b);
    figures.ratio.push(a / b);
  }
  const size = `${(page.length / 1024).toFixed(1)} KB`;
  const ratio = median(figures.ratio);
  return [
    {
      what: `a page of ${size}, rendered`,
      ours: median(figures.ours),
      unit: "pages/s",
      peer: median(figures.plain),
      goal: "1.0x of plain nunjucks",
      ok: ratio >= 1,
    },
    { what: "the same, ours to plain nunjucks", ours: ratio, unit: "x", peer: 1, goal: ">= 1.0x", ok: ratio >= 1 },
  ];
}

/** Both, and the page that they agree on. Throws where they do not: a comparison would say nothing. */
export async function openBoth(): Promise<{ ours: Render; plain: Render; page: string }> {
  const [ours, plain] = [makeOurs(), makePlain()];
  const page = await ours();
  if (wordsOf(page) !== wordsOf(await plain())) throw new Error("ours and plain nunjucks render different pages");
  return { ours, plain, page };
}

function makeOurs(): Render {
  const { render } = createTemplating({ searchPath: FOLDERS, globals: GLOBALS });
  return () => render(TEMPLATE, CONTEXT);
}

function makePlain(): Render {
  const nunjucks = createRequire(join(ROOT, "shared/package.json"))("nunjucks") as Nunjucks;
  const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(FOLDERS), { autoescape: true });
  for (const [name, value] of Object.entries(GLOBALS)) environment.addGlobal(name, value);
  for (const [name, filter] of Object.entries(siteFilters("en-GB"))) environment.addFilter(name, filter);
  return () => environment.render(TEMPLATE, CONTEXT);
}

/** The two write a quote differently, and only Jinja2 drops a file's last line end. */
const wordsOf = (page: string) => page.replaceAll("&#34;", "&quot;").replace(/\s+/g, " ").trim();

async function perSecond(render: Render): Promise<number> {
  const start = performance.now();
  for (let done = 0; done < RENDERS; done++) await render();
  return (RENDERS * 1000) / (performance.now() - start);
}
