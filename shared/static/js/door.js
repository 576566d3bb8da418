// The door: codes are read by the camera where the browser can, and looked up. Without network the signed list that was loaded before
// says who may come in, and what was read is told as soon as there is network again.

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
  const [result, form, state, camera, start] = ["result", "form", "state", "camera", "start"].map(find);
  const { door: here, key } = root.dataset;
  const stored = `door ${here} ${key}`;
  const waiting = JSON.parse(localStorage.getItem(stored) ?? "[]");
  let list = null;

  const keepWaiting = () => localStorage.setItem(stored, JSON.stringify(waiting));
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
    if (waiting.length > 0) parts.push(`${waiting.length} to be told`);
    state.textContent = parts.join(" · ");
    state.hidden = parts.length === 0;
  };

  async function load() {
    try {
      const answer = await fetch(`${here}/list?key=${encodeURIComponent(key)}`, { headers: { accept: "application/json" } });
      if (!answer.ok) return;
      const signed = await answer.json();
      if (!(await isSigned(signed, JSON.parse(root.dataset.publicKey)))) return;
      list = { ...JSON.parse(signed.list), seen: new Set() };
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
    if (!answer.ok) throw new Error(`answered ${answer.status}`);
    return answer.json();
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
    const who = [seen.name, seen.typeName].filter(Boolean).join(", ");
    const when = seen.at ? `, at ${new Date(seen.at).toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" })}` : "";
    say(seen.kind, seen.kind === "elsewhere" ? seen.title : `${who}${when}${seen.by ? `, let in by ${seen.by}` : ""}`);
  }

  async function lookInList(read) {
    if (list === null) return say("unsure");
    if (list.isOff) return say("off");
    const code = read.trim().split("/").at(-1).toUpperCase();
    const hash = await sha256(code);
    const guest = list.guests.find(([known]) => known === hash);
    if (!guest) return say("unknown");
    const who = `${guest[1]}, ${guest[2]}`;
    if (guest[3] === 1 || list.seen.has(hash)) return say("again", who);
    list.seen.add(hash);
    waiting.push({ code, readAt: new Date().toISOString() });
    keepWaiting();
    say("welcome", `${who} (by the list)`);
  }

  let isTelling = false;
  async function tellWaiting() {
    if (isTelling) return;
    isTelling = true;
    try {
      while (waiting.length > 0) {
        const [{ code, readAt }] = waiting;
        const seen = await ask(code, readAt);
        waiting.shift();
        keepWaiting();
        if (seen.kind !== "welcome") show(seen);
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
  setInterval(() => waiting.length > 0 && tellWaiting(), SYNC_MS);
  load().then(tellWaiting);
  if ("BarcodeDetector" in globalThis && navigator.mediaDevices) offerCamera({ camera, start, look });
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
