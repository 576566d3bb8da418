// The few things the pages do better with scripts than without. Every one of them may be missing.
const root = document.documentElement;
root.classList.add("has-script");

/** Says to screen readers what changed. */
function announce(words) {
  const announcer = document.querySelector("[data-announcer]");
  if (!announcer || !words) return;
  announcer.textContent = "";
  setTimeout(() => {
    announcer.textContent = words;
  }, 50); // an emptied region that fills again is read, one that keeps its words is not
}

/** The button that was pressed, or the form's first. */
function pressedButton(source, event) {
  if (event?.submitter) return event.submitter;
  return source.matches?.("button") ? source : source.querySelector?.("button[type=submit]");
}

const busy = new WeakMap();

function onStart({ detail: { ctx } }) {
  document.querySelector(".toast")?.remove();
  const button = pressedButton(ctx.sourceElement, ctx.sourceEvent);
  button?.setAttribute("aria-busy", "true");
  busy.set(ctx, button);
}

function onEnd({ detail: { ctx } }) {
  busy.get(ctx)?.removeAttribute("aria-busy");
}

function onSwapped({ detail: { ctx } }) {
  if (ctx.response?.status >= 500) return;
  const scope = ctx.target?.isConnected ? ctx.target : document;
  const teller = scope.matches?.("[data-announce]") ? scope : scope.querySelector?.("[data-announce]");
  announce(teller?.dataset.announce);
  scope.querySelector?.("[data-error-summary]")?.focus();
}

/** A failed request says so and offers itself again: pressing "Try again" is pressing the same button. */
function onFailed({ detail: { ctx } }) {
  const status = ctx.response?.status;
  if (status === 422 || status === 409) return; // the answer is the form with its errors
  const source = ctx.sourceElement;
  const button = pressedButton(source, ctx.sourceEvent);
  showToast(reasonOf(status), () => {
    if (source.matches?.("form")) source.requestSubmit(button?.form === source ? button : undefined);
    else source.click();
  });
}

function reasonOf(status) {
  if (status === undefined) return "No answer came. Are you online?";
  if (status === 401) return "You are signed out. Sign in, then try again.";
  if (status === 429) return "That was a little fast. Wait a moment.";
  return status >= 500 ? "Something went wrong on our side." : "That is not possible here any more.";
}

function showToast(words, retry) {
  document.querySelector(".toast")?.remove();
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.setAttribute("role", "alert");
  const text = document.createElement("span");
  text.textContent = words;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Try again";
  button.addEventListener("click", () => {
    toast.remove();
    retry();
  });
  toast.append(text, button);
  document.body.append(toast);
}

/** A plain form that is being sent: its button is busy until the page changes (or comes back from the cache). */
function onSubmit(event) {
  const form = event.target;
  if (event.defaultPrevented || form.matches("[hx-post], [hx-get], [hx-put], [hx-patch], [hx-delete]")) return;
  pressedButton(form, event)?.setAttribute("aria-busy", "true");
}

/** Enter in a changed field is a change and, right after it, the form's own submit: that one is enough. */
function onChange({ target }) {
  const form = target.form;
  if (!form?.matches("[data-submit-on-change]")) return;
  const later = setTimeout(() => form.reportValidity() && form.requestSubmit());
  form.addEventListener("submit", () => clearTimeout(later), { once: true });
}

/** Menus are <details>: a click elsewhere or Escape closes them, and Escape gives the focus back. */
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-dismiss][open]")) if (!menu.contains(except)) menu.open = false;
}

function onKey(event) {
  if (event.key !== "Escape") return;
  const menu = document.activeElement?.closest("details[data-dismiss][open]") ?? document.querySelector("details[data-dismiss][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary")?.focus();
}

/** What the last page's form did is said once, and not again on a reload. */
function tellOnce() {
  const words = document.querySelector("#page-notice .notice-title")?.textContent;
  if (!words) return;
  announce(words);
  const url = new URL(location.href);
  url.searchParams.delete("notice");
  history.replaceState(history.state, "", url);
}

/** On a narrow screen a service's second line is longer than the screen: the place one is at comes into sight. */
function showCurrentPlace() {
  const current = document.querySelector(".second-line [aria-current]");
  const list = current?.closest("ul");
  if (list) list.scrollLeft = current.offsetLeft - (list.clientWidth - current.offsetWidth) / 2;
}

document.addEventListener("htmx:before:request", onStart);
document.addEventListener("htmx:finally:request", onEnd);
document.addEventListener("htmx:after:swap", onSwapped);
document.addEventListener("htmx:response:error", onFailed);
document.addEventListener("htmx:error", onFailed);
document.addEventListener("submit", onSubmit);
document.addEventListener("change", onChange);
document.addEventListener("keydown", onKey);
document.addEventListener("click", (event) => closeMenus(event.target));
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("form [aria-busy=true]")) button.removeAttribute("aria-busy");
});
document.querySelector("[data-error-summary]")?.focus();
tellOnce();
showCurrentPlace();
