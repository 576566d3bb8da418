// A door's service worker: keeps its page, its list and what they are made of, and gives them where there is no network. It stands for
// one door alone, as its scope says, and touches nothing that is sent.
const [PAGES, ASSETS] = ["door-pages", "door-assets"];
const PATIENCE_MS = 4_000;
const KEPT_MS = 3 * 86_400_000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method !== "GET" || new URL(url).origin !== location.origin) return;
  event.respondWith(isAsset(url) ? keptOrFresh(event.request) : freshOrKept(event.request));
});
// what the page was made of before this worker was there
self.addEventListener("message", (event) => event.waitUntil(keepAll(event.data.urls, event.source)));

const isAsset = (url) => new URL(url).pathname.startsWith("/static/"); // named by their content

async function keepAll(urls, page) {
  for (const url of urls) {
    const answer = await fetch(url);
    if (answer.ok) await (await caches.open(isAsset(url) ? ASSETS : PAGES)).put(url, answer);
  }
  page.postMessage("kept");
}

async function freshOrKept(request) {
  const cache = await caches.open(PAGES);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.ok) await cache.put(request.url, answer.clone());
    else if (answer.status < 500) await caches.delete(PAGES); // they look after it no more: names of guests don't stay behind
    return answer;
  } catch (error) {
    const kept = await cache.match(request.url, { ignoreVary: true });
    const isOld = kept && Date.now() - Date.parse(kept.headers.get("date")) > KEPT_MS;
    if (isOld) await caches.delete(PAGES);
    if (!kept || isOld) throw error;
    return kept;
  }
}

async function keptOrFresh(request) {
  return (await (await caches.open(ASSETS)).match(request.url, { ignoreVary: true })) ?? fetch(request);
}
