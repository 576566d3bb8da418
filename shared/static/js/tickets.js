// A page of tickets: has the service worker keep it for when there is no network, and says when it is a copy. A copy is looked up again
// as soon as the site answers: a ticket that went to somebody else says so.

const AGAIN_MS = 5_000;
const root = document.querySelector("[data-keeper]");
if (root && "serviceWorker" in navigator && "cookieStore" in window) keep(root);

async function keep({ dataset }) {
  const [copy, state] = ["[data-kept]", "[data-keeper-state]"].map((part) => document.querySelector(part));
  const isNew = navigator.serviceWorker.controller === null; // what came through the worker it has kept
  const page = new URL(location.href);
  page.hash = "";
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    copy.hidden = !data.isCopy;
    state.hidden = !data.isKept || data.isCopy;
    if (data.isCopy) lookAgain(dataset.worker);
  });
  navigator.serviceWorker.startMessages();
  try {
    const registration = await navigator.serviceWorker.register(dataset.worker, { scope: "/tickets" }).catch(() => null);
    const { active } = await navigator.serviceWorker.ready;
    // hears of a sign-out at whichever service, where the browser can tell it
    await registration?.cookies?.subscribe([{ name: "rose_keeper", url: "/tickets" }]).catch(() => {});
    const built = performance.getEntriesByType("resource").filter(({ name }) => name.startsWith(`${location.origin}/static/`));
    const shown = [...document.querySelectorAll("img.ticket-qr")].map(({ src }) => src);
    const parts = [...(isNew ? [page.href, ...shown] : []), ...built.map(({ name }) => name)];
    const urls = navigator.onLine ? [...new Set(parts)] : [];
    active.postMessage({ urls, page: page.href });
  } catch {
    // as nothing is kept, the page works with a network
  }
}

/** Until the site answers; what is asked for is nothing that is kept. */
function lookAgain(address) {
  const ask = async () => {
    const answer = await fetch(address, { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (answer?.ok) location.reload();
  };
  setInterval(ask, AGAIN_MS);
  addEventListener("online", ask);
}
