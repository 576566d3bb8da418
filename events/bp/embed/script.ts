import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { KEPT_NAME } from "./worker.ts";

/**
 * The same few lines in the frame and around it: the frame tells how tall it is, the page around it believes only frames that come
 * from where the script does. In the frame it also keeps what is there, for a time at which this service is away; browsers that let
 * frames of other sites keep nothing do without.
 */
const SCRIPT = `(() => {
  const own = new URL(document.currentScript.src).origin;
  if (window.parent !== window && location.origin === own) {
    const tell = () => window.parent.postMessage({ roseAshHeight: Math.ceil(document.documentElement.getBoundingClientRect().height) }, "*");
    new ResizeObserver(tell).observe(document.documentElement);
    addEventListener("load", tell);
    keep().catch(() => undefined);
    return;
  }
  async function keep() {
    if (document.querySelector("[data-stale]:not([hidden])")) return;
    await navigator.serviceWorker.register("/embed/worker.js");
    await navigator.serviceWorker.ready;
    const parts = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.startsWith(own + "/"));
    await (await caches.open("${KEPT_NAME}")).addAll([...new Set([location.href, document.currentScript?.src ?? own + "/embed.js", ...parts])]);
    document.documentElement.dataset.isKept = "";
  }
  addEventListener("message", ({ origin, source, data }) => {
    const height = Number(data && data.roseAshHeight);
    if (origin !== own || !(height > 0 && height < 20000)) return;
    for (const frame of document.querySelectorAll("iframe")) if (frame.contentWindow === source) frame.style.height = height + "px";
  });
})();
`;

/** GET /embed.js: makes a frame as tall as what is in it; other websites load it. */
export const embedScript: Route = {
  method: "GET",
  url: "/embed.js",
  handler: async (_request, reply) =>
    reply
      .header("cross-origin-resource-policy", "cross-origin")
      .header("cache-control", "public, max-age=3600, stale-if-error=86400")
      .type("text/javascript; charset=utf-8")
      .send(SCRIPT),
};
