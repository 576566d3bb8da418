// What changes while a page is open: the server says that something did, and the element asks for itself anew (htmx, on "changed").

const first = document.querySelector("[data-live]");
if (first && "EventSource" in window) listen(first.dataset.live);

function listen(address) {
  const source = new EventSource(address);
  let later = null;
  source.addEventListener("changed", () => {
    if (later !== null) return;
    // of many at once, one question
    later = setTimeout(() => {
      later = null;
      document.querySelector("[data-live]")?.dispatchEvent(new CustomEvent("changed"));
    }, 500);
  });
  addEventListener("pagehide", () => source.close());
}

document.addEventListener("htmx:after:swap", () => {
  const unread = document.querySelector("[data-live]")?.dataset.unread;
  const bell = document.querySelector('.bar-link[href$="/notifications"]');
  if (unread === undefined || !bell) return;
  bell.dataset.count = unread;
  bell.querySelector(".visually-hidden").textContent = `Notifications, ${unread} unread`;
  bell.querySelector(".count").textContent = unread;
});
