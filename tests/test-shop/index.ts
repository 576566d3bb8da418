import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerFault, type Fault } from "./faults.ts";
import { listingPage, productPage, type ShopProduct } from "./pages.ts";

/** A shop on this machine's loopback, with pages, robots.txt, ETags and faults that can be switched while it is open. */
export interface TestShop {
  /** As http://127.0.0.1:PORT, without a slash at its end. */
  readonly origin: string;
  readonly port: number;
  /** What is sold; change it between runs. */
  readonly products: ShopProduct[];
  /** By path, as "/products/rye-1": what happens instead. "*" is every path but /robots.txt. */
  readonly faults: Map<string, Fault>;
  /** null: there is none (404). */
  robots: string | null;
  /** Whether pages have ETags, and are answered with 304. */
  hasETags: boolean;
  /** Every request, oldest first. at: performance.now(). */
  readonly asked: { path: string; userAgent: string; at: number; status: number }[];
  /** A supplier's file for it, as YAML; lines are added to it. */
  supplierFile(slug: string, lines?: string): string;
  close(): Promise<void>;
}

const MARKUPS = ["json-ld", "microdata", "none"] as const;
const NAMES = ["Rye flour", "Porridge oats", "Red lentils", "Olive oil", "Oat milk", "Sea salt", "Cider vinegar", "Black tea"];

/** Opens a shop with so many products, in lists of twenty under /groceries?page=N. */
export async function openTestShop(count = 24): Promise<TestShop> {
  const server = createServer((request, response) => void answer(shop, request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const shop: TestShop = {
    ...{ origin: `http://127.0.0.1:${port}`, port, robots: "User-agent: *\nDisallow: /basket\n", hasETags: true },
    products: Array.from({ length: count }, (_, index) => aProduct(index + 1)),
    faults: new Map(),
    asked: [],
    supplierFile: (slug, lines = "") => supplierFile(slug, port, lines),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return shop;
}

/** The n-th product that a shop begins with: its price is n pence above one pound. */
export function aProduct(n: number): ShopProduct {
  const name = `${NAMES[n % NAMES.length]} ${n}`;
  return {
    ...{ sku: `TS${1000 + n}`, name, price: (1 + n / 100).toFixed(2), brand: `Mill ${n % 5}`, isInStock: n % 7 !== 0 },
    markup: MARKUPS[n % MARKUPS.length] ?? "json-ld",
    path: `/products/${name.toLowerCase().replaceAll(" ", "-")}`,
  };
}

async function answer(shop: TestShop, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", shop.origin);
  const path = url.pathname + url.search;
  const asked = { path, userAgent: request.headers["user-agent"] ?? "", at: performance.now(), status: 0 };
  shop.asked.push(asked);
  response.on("finish", () => {
    asked.status = response.statusCode;
  });
  const fault = shop.faults.get(path) ?? (path === "/robots.txt" ? undefined : shop.faults.get("*"));
  if (fault) return answerFault(fault, url, response);
  if (path === "/robots.txt") {
    response.writeHead(shop.robots === null ? 404 : 200, { "content-type": "text/plain" }).end(shop.robots ?? "");
    return;
  }
  send(shop, request, response, pageAt(shop, url));
}

function pageAt({ products, origin }: TestShop, url: URL): string | null {
  if (url.pathname === "/groceries") return listingPage(products, Number(url.searchParams.get("page") ?? 1));
  const product = products.find(({ path }) => path === url.pathname);
  return product ? productPage(product, origin) : null;
}

function send({ hasETags }: TestShop, request: IncomingMessage, response: ServerResponse, html: string | null): void {
  if (html === null) {
    response.writeHead(404, { "content-type": "text/html" }).end("<h1>Not here</h1>");
    return;
  }
  const etag = `"${createHash("sha256").update(html).digest("hex").slice(0, 16)}"`;
  if (hasETags && request.headers["if-none-match"] === etag) {
    response.writeHead(304, { etag }).end();
    return;
  }
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...(hasETags ? { etag } : {}) }).end(html);
}

function supplierFile(slug: string, port: number, lines: string): string {
  return `supplier: ${slug}
name: The shop of ${slug}
start: ["http://127.0.0.1:${port}/groceries"]
listing: { pages: ["/groceries", "/groceries?**"], next: "a[rel=next]" }
product: { pages: ["/products/*"] }
${/^rate:/m.test(lines) ? "" : "rate: { delaySeconds: 0, jitterSeconds: 0 }\n"}${lines}
`;
}

export type { Fault };
