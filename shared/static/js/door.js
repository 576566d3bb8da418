// The door: codes are read by the camera where the browser can, and looked up. Without network the signed list that was loaded before
// says who may come in; what was read stands in IndexedDB until it was told. The service worker beside keeps this page, so that it opens
// without network as well.

const WORDS = {
  welcome: "Welcome",
  again: "Came in before",
  elsewhere: "For something else",
  cancelled: "Not valid",
  transferred: "Not valid",
  off: "Nothing takes place",
  unknown: "No such ticket",
  unsure: "Can’t be looked up",
};
const DETAIL = {
  cancelled: "It was given back, or its order was.",
  transferred: "It went to somebody else, under another code.",
  off: "It was cancelled.",
  unknown: "Nobody has a ticket with this code.",
  unsure: "There is no network, and no list was loaded before.",
};
const AGAIN_MS = 3_000;
const SYNC_MS = 15_000;

const door = document.querySelector("[data-door]");
if (door) openDoor(door);

function openDoor(root) {
  const find = (name) => root.querySelector(`[data-door-${name}]`);
  const [result, form, state, camera, start, told] = ["result", "form", "state", "camera", "start", "told"].map(find);
  const { door: here, key } = root.dataset;
  const listUrl = `${here}/list?key=${encodeURIComponent(key)}`;
  const queue = openQueue(`${here} ${key}`);
  let list = null;
  let waiting = 0;
  let isKept = false;

  const say = (kind, words) => {
    result.className = `door-result door-${kind}`;
    const [head, line] = [document.createElement("p"), document.createElement("p")];
    head.className = "door-word";
    head.textContent = WORDS[kind];
    line.textContent = words || DETAIL[kind] || "";
    result.replaceChildren(head, line);
  };
  const tell = () => {
    const parts = [];
    if (!navigator.onLine) parts.push("No network");
    if (list) parts.push(`List of ${new Date(list.madeAt).toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" })}`);
    if (isKept) parts.push("Opens without network");
    if (waiting > 0) parts.push(`${waiting} to be told`);
    state.textContent = parts.join(" · ");
    state.hidden = parts.length === 0;
  };

  async function load() {
    try {
      const answer = await fetch(listUrl, { headers: { accept: "application/json" } });
      if (!answer.ok) return;
      const signed = await answer.json();
      if (!(await isSigned(signed, JSON.parse(root.dataset.publicKey)))) return;
      const fresh = JSON.parse(signed.list);
      if (list === null || list.madeAt <= fresh.madeAt) list = fresh;
      const inside = document.querySelector("[data-door-inside]");
      if (inside) inside.textContent = String(list.guests.filter((guest) => guest[3] === 1).length);
    } catch {
      // no network: what was loaded before holds
    }
    tell();
  }

  async function ask(code, readAt) {
    const body = new URLSearchParams({ code, key, ...(readAt && { readAt }) });
    const answer = await fetch(here, { method: "POST", body, headers: { accept: "application/json" } });
    if (answer.ok) return answer.json();
    if (answer.status === 400) return { kind: "unknown" }; // nothing that a ticket could be: it is not asked again
    throw new Error(`answered ${answer.status}`);
  }

  async function look(code) {
    try {
      show(await ask(code));
      await load();
    } catch {
      await lookInList(code);
    }
    tell();
  }

  function show(seen) {
    say(seen.kind, wordsOf(seen));
  }

  /** Somebody was let in who would not have been, had there been network: that stays on the page. */
  function tellAfterwards(seen, { readAt }) {
    const line = document.createElement("li");
    line.textContent = `${timeOf(readAt)}: ${WORDS[seen.kind]}. ${wordsOf(seen) || DETAIL[seen.kind] || ""}`;
    told.append(line);
    told.hidden = false;
  }

  async function lookInList(read) {
    if (list === null) return say("unsure");
    if (list.isOff) return say("off");
    const code = read.trim().split("/").at(-1).toUpperCase();
    const hash = await sha256(code);
    const guest = list.guests.find(([known]) => known === hash);
    if (!guest) return say("unknown");
    const who = `${guest[1]}, ${guest[2]}`;
    const scans = await queue.all();
    if (guest[3] === 1 || scans.some((scan) => scan.code === code)) return say("again", who);
    await queue.add({ code, readAt: new Date().toISOString() });
    waiting = scans.length + 1;
    say("welcome", `${who} (by the list)`);
  }

  let isTelling = false;
  async function tellWaiting() {
    if (isTelling) return;
    isTelling = true;
    try {
      const scans = await queue.all();
      waiting = scans.length;
      for (const scan of scans) {
        const seen = await ask(scan.code, scan.readAt);
        await queue.remove(scan.id);
        waiting -= 1;
        if (seen.kind === "welcome") continue;
        show(seen);
        tellAfterwards(seen, scan);
      }
      await load();
    } catch {
      // still no network
    }
    isTelling = false;
    tell();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = form.elements.code.value;
    form.reset();
    form.elements.code.focus();
    look(code);
  });
  addEventListener("online", tellWaiting);
  addEventListener("offline", tell);
  setInterval(() => waiting > 0 && tellWaiting(), SYNC_MS);
  load().then(tellWaiting);
  keepPage(here, listUrl, () => {
    isKept = true;
    tell();
  });
  if ("BarcodeDetector" in globalThis && navigator.mediaDevices) offerCamera({ camera, start, look });
}

const timeOf = (at) => new Date(at).toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });

function wordsOf(seen) {
  if (seen.kind === "elsewhere") return seen.title;
  const who = [seen.name, seen.typeName].filter(Boolean).join(", ");
  return `${who}${seen.at ? `, at ${timeOf(seen.at)}` : ""}${seen.by ? `, let in by ${seen.by}` : ""}`;
}

/** What was read without network and not told yet, of one door: [{ id, code, readAt }] in the order in which it was read. */
function openQueue(ofDoor) {
  const opened = new Promise((resolve, reject) => {
    const request = indexedDB.open("door", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("scans", { keyPath: "id", autoIncrement: true });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const inStore = async (mode, work) => {
    const store = (await opened).transaction("scans", mode).objectStore("scans");
    const request = work(store);
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  };
  return {
    all: async () => (await inStore("readonly", (store) => store.getAll())).filter((scan) => scan.door === ofDoor),
    add: (scan) => inStore("readwrite", (store) => store.add({ ...scan, door: ofDoor })),
    remove: (id) => inStore("readwrite", (store) => store.delete(id)),
  };
}

/** Has the service worker of this door keep the page, its list and what the page is made of. */
async function keepPage(here, listUrl, onKept) {
  if (!("serviceWorker" in navigator)) return;
  try {
    navigator.serviceWorker.addEventListener("message", onKept, { once: true });
    navigator.serviceWorker.startMessages();
    await navigator.serviceWorker.register(`${here}/worker.js`, { scope: here });
    const { active } = await navigator.serviceWorker.ready;
    const parts = performance.getEntriesByType("resource").map(({ name }) => name);
    const built = parts.filter((url) => url.startsWith(`${location.origin}/static/`));
    const page = new URL(location.href);
    page.hash = "";
    if (navigator.onLine) active.postMessage({ urls: [...new Set([page.href, new URL(listUrl, page).href, ...built])] });
    else onKept(); // it was opened from there
  } catch {
    // as it does not keep, it works while it is open
  }
}

async function offerCamera({ camera, start, look }) {
  if (!(await globalThis.BarcodeDetector.getSupportedFormats()).includes("qr_code")) return;
  const detector = new globalThis.BarcodeDetector({ formats: ["qr_code"] });
  start.hidden = false;
  start.addEventListener("click", async () => {
    try {
      camera.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      start.disabled = true;
      return;
    }
    camera.hidden = false;
    start.hidden = true;
    await camera.play();
    let last = { code: "", at: 0 };
    const read = async () => {
      const [found] = await detector.detect(camera).catch(() => []);
      const isNew = found && (found.rawValue !== last.code || performance.now() - last.at > AGAIN_MS);
      if (isNew) {
        last = { code: found.rawValue, at: performance.now() };
        await look(found.rawValue);
      } else if (found) {
        last.at = performance.now();
      }
      setTimeout(read, 150);
    };
    read();
  });
}

async function isSigned({ list, signature }, jwk) {
  const algorithm = { name: "ECDSA", namedCurve: "P-256" };
  const key = await crypto.subtle.importKey("jwk", jwk, algorithm, false, ["verify"]);
  const bytes = Uint8Array.from(atob(signature), (letter) => letter.charCodeAt(0));
  return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, bytes, new TextEncoder().encode(list));
}

async function sha256(text) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
