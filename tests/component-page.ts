import { once } from "node:events";
import { readFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import * as sample from "@rose-ash/shared/dev/components/sample.ts";
import { createTemplating } from "@rose-ash/shared/infrastructure/templating.ts";
import { buildAssets } from "../scripts/assets.ts";

const SHARED = join(import.meta.dirname, "../shared");
const BUILD = join(SHARED, "static/build");
const CSP = "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; font-src 'self'";
const TYPES: Record<string, string> = { css: "text/css", js: "text/javascript", svg: "image/svg+xml", woff2: "font/woff2" };
const PLACES = { blog: "Blog", market: "Market", cart: "Cart", events: "Events", federation: "Community", account: "Account" };

/** Of what stewards set: nothing. */
const AS_CONFIGURED = { logo: null, sheet: "", texts: [], themeColours: { light: "#ffffff", dark: "#000000" } };

/** The page of all components under the site's own policy, without an app, a database or fragments. */
export async function serveComponentPage(): Promise<{ url: string; close(): void }> {
  await buildAssets();
  const page = await renderPage();
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (pathname === "/") return response.setHeader("content-security-policy", CSP).setHeader("content-type", "text/html").end(page);
    const type = TYPES[pathname.split(".").at(-1) ?? ""];
    if (type === undefined) return response.writeHead(404).end();
    return response.setHeader("content-type", type).end(readFileSync(join(BUILD, pathname.replace("/static/", ""))));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return { url: `http://127.0.0.1:${port}/`, close: () => void server.close().closeAllConnections() };
}

function renderPage(): Promise<string> {
  const manifest: Record<string, string> = JSON.parse(readFileSync(join(BUILD, "manifest.json"), "utf8"));
  const places = Object.entries(PLACES).map(([app, name]) => ({ app, name, url: `/${app}`, isCurrent: app === "market" }));
  const site = {
    name: "Rose Ash",
    tagline: "Bread and a noticeboard",
    locale: "en-GB",
    timeZone: "Europe/London",
    places,
    ...AS_CONFIGURED,
  };
  const templating = createTemplating({
    searchPath: [join(SHARED, "templates"), join(SHARED, "dev")],
    globals: {
      site,
      app: "market",
      asset: (name: string) => `/static/${manifest[name]}`,
      appUrl: (app: string, path: string) => `/${app}${path}`,
    },
  });
  const fragments = { navTree: "", footer: "", authMenu: "", cartMini: "", notificationBadge: "" };
  return templating.render("components/page.html", { ...sample, path: "/", scheme: "auto", viewer: { kind: "guest" }, fragments });
}
