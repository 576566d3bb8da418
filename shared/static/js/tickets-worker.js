// The service worker of a member's tickets: keeps their pages and what they are made of, and gives them where there is no network. It
// stands for /tickets of the members' desk alone, and touches nothing that is sent. A copy says whose it is, as the site's cookie does:
// where the two differ, somebody signed out or is somebody else, at whichever service, and the copies go.
const [PAGES, ASSETS] = ["tickets-pages-1", "tickets-assets-1"];
const KEEPER = "rose_keeper";
const PATIENCE_MS = 4_000;
const KEPT_MS = 30 * 86_400_000;
const TICKETS = /^\/tickets(?:\/[0-9A-Z-]{4,40}(?:\/qr\.svg)?)?$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(begin()));
self.addEventListener("cookiechange", (event) => event.waitUntil(forgetOthers()));
self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith("/static/")) event.respondWith(keptOrFresh(event.request));
  else if (TICKETS.test(pathname)) event.respondWith(freshOrKept(event));
});
self.addEventListener("message", (event) => event.waitUntil(answer(event)));

const served = new Set(); // pages that were given from here

async function begin() {
  await self.clients.claim();
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("tickets-") && name !== PAGES && name !== ASSETS);
  await Promise.all(old.map((name) => caches.delete(name)));
  await forgetOthers();
}

/** What a page was made of before this worker was there; or whether it came from here. */
async function answer({ data, source }) {
  const assets = await caches.open(ASSETS);
  for (const url of data.urls ?? []) {
    const isAsset = new URL(url).pathname.startsWith("/static/");
    if (isAsset && (await assets.match(url)) !== undefined) continue;
    const response = await fetch(url);
    if (!isAsset) await note(url, response);
    else if (response.ok) await assets.put(url, response);
  }
  source.postMessage({ isKept: (await (await caches.open(PAGES)).match(data.page)) !== undefined, isCopy: served.has(source.id) });
}

async function freshOrKept({ request, resultingClientId }) {
  const response = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null);
  if (response !== null && response.status < 500) {
    await note(request.url, response.clone());
    return response;
  }
  await forgetOthers();
  const kept = await (await caches.open(PAGES)).match(request.url, { ignoreVary: true });
  if (kept === undefined) return response ?? nothingKept();
  served.add(resultingClientId);
  return kept;
}

/** What the site answers stands for what was kept: a page of the member is, a ticket that is theirs no more goes, and all of a guest. */
async function note(url, response) {
  const owner = response.headers.get("x-kept-for");
  const cache = await caches.open(PAGES);
  if (response.ok && owner !== null && !response.redirected) {
    await forgetOthers(owner);
    if (owner === (await keeper())) await cache.put(url, response);
  } else if (response.status === 404 || response.status === 410) {
    await cache.delete(url);
    await cache.delete(`${url.split("?")[0]}/qr.svg`);
  } else if (response.type === "opaqueredirect" || response.redirected || response.status === 401) await caches.delete(PAGES);
}

/** Copies of anybody but the owner go, and those that are old. */
async function forgetOthers(owner) {
  const whose = owner ?? (await keeper());
  const cache = await caches.open(PAGES);
  for (const request of await cache.keys()) {
    const kept = await cache.match(request, { ignoreVary: true });
    const isOld = Date.now() - Date.parse(kept?.headers.get("date") ?? "") > KEPT_MS;
    if (isOld || whose === null || kept?.headers.get("x-kept-for") !== whose) await cache.delete(request, { ignoreVary: true });
  }
}

/** Whose copies this browser keeps; null: nobody's. A browser that does not say keeps nothing. */
async function keeper() {
  return (await self.cookieStore?.get(KEEPER))?.value ?? null;
}

async function keptOrFresh(request) {
  return (await (await caches.open(ASSETS)).match(request.url, { ignoreVary: true })) ?? fetch(request);
}

const NOTHING = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>No network</title>
<h1>No network</h1><p>This page was not opened in this browser before, so there is no copy of it. <a href="/tickets">Your tickets</a></p></html>`;

function nothingKept() {
  return new Response(NOTHING, {
    status: 503,
    headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": "default-src 'none'" },
  });
}
