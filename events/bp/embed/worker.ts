import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";

/** What frames keep, in the browser of whoever looks at them. */
export const KEPT_NAME = "embed-1";

/**
 * Frames and what they are made of: from here where that answers, else as it was last, which the page says. It sees to frames alone,
 * and keeps a bounded number of answers.
 */
const WORKER = `const MOST = 60;
const isKept = ({ origin, pathname }) => origin === location.origin && /^\\/(embed|static)[/.]/.test(pathname);
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && isKept(new URL(event.request.url))) event.respondWith(answer(event));
});
async function answer(event) {
  const kept = await caches.open("${KEPT_NAME}");
  try {
    const fresh = await fetch(event.request);
    if (fresh.ok) event.waitUntil(keep(kept, event.request, fresh.clone()));
    return fresh.status < 500 ? fresh : ((await stale(kept, event.request)) ?? fresh);
  } catch {
    return (await stale(kept, event.request)) ?? Response.error();
  }
}
async function keep(kept, request, fresh) {
  await kept.put(request, fresh);
  const all = await kept.keys();
  for (const old of all.slice(0, Math.max(0, all.length - MOST))) await kept.delete(old);
}
async function stale(kept, request) {
  const old = await kept.match(request);
  if (old === undefined || request.mode !== "navigate") return old;
  const headers = new Headers(old.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  return new Response((await old.text()).replace("data-stale hidden", "data-stale"), { headers });
}
`;

/** GET /embed/worker.js: keeps a frame readable while this service is away. */
export const embedWorker: Route = {
  method: "GET",
  url: "/embed/worker.js",
  handler: async (_request, reply) => reply.header("cache-control", "no-cache").type("text/javascript; charset=utf-8").send(WORKER),
};
