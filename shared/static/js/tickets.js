// A page of tickets: has the service worker keep it for when there is no network, and says when it is a copy. As soon as there is a
// network the page is looked up again: a ticket that went to somebody else says so.

const root = document.querySelector("[data-keeper]");
if (root && "serviceWorker" in navigator && "cookieStore" in window) keep(root);

async function keep({ dataset }) {
  const [copy, state] = [root.querySelector("[data-kept]"), root.querySelector("[data-keeper-state]")];
  const page = new URL(location.href);
  page.hash = "";
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    copy.hidden = !data.isCopy;
    state.hidden = !data.isKept || data.isCopy;
  });
  navigator.serviceWorker.startMessages();
  addEventListener("online", () => location.reload());
  try {
    const registration = await navigator.serviceWorker.register(dataset.worker, { scope: "/tickets" });
    const { active } = await navigator.serviceWorker.ready;
    // hears of a sign-out at whichever service, where the browser can tell it
    await registration.cookies?.subscribe([{ name: "rose_keeper", url: "/tickets" }]).catch(() => {});
    const built = performance.getEntriesByType("resource").filter(({ name }) => name.startsWith(`${location.origin}/static/`));
    const shown = [...document.querySelectorAll("img.ticket-qr")].map(({ src }) => src);
    const urls = navigator.onLine ? [...new Set([page.href, ...shown, ...built.map(({ name }) => name)])] : [];
    active.postMessage({ urls, page: page.href });
  } catch {
    // as nothing is kept, the page works with a network
  }
}
