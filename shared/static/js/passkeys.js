// Passkeys: asks the authenticator, puts its answer into the form, and sends the form as any other. Without it the form stays hidden.
import { browserSupportsWebAuthn, startAuthentication, startRegistration } from "@simplewebauthn/browser";

const CEREMONIES = { "sign-in": startAuthentication, add: startRegistration };

function begin(form) {
  form.hidden = false;
  for (const note of document.querySelectorAll("[data-without-passkeys]")) note.hidden = true;
  form.addEventListener("submit", (event) => {
    if (form.elements.answer.value) return; // answered: it goes on its way
    event.preventDefault();
    void ask(form);
  });
  // a page that comes back from the browser's cache has an answer that was used
  addEventListener("pageshow", () => {
    form.elements.answer.value = "";
  });
}

async function ask(form) {
  const button = form.querySelector("button[type=submit]");
  say(form, "");
  button?.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(form.dataset.options, { method: "POST", headers: { accept: "application/json" } });
    if (!response.ok) throw new Refused((await response.json().catch(() => ({}))).detail);
    const answer = await CEREMONIES[form.dataset.passkey]({ optionsJSON: await response.json() });
    form.elements.answer.value = JSON.stringify(answer);
    form.requestSubmit();
  } catch (error) {
    button?.removeAttribute("aria-busy");
    say(form, wordsFor(error));
  }
}

/** The server said why not. */
export class Refused extends Error {}

/** What went wrong, for the person before the page. */
export function wordsFor(error) {
  if (error instanceof Refused) return error.message || "That is not possible just now. Please load the page anew.";
  if (error?.name === "InvalidStateError") return "This device has a passkey of yours for this site already.";
  if (error?.name === "NotAllowedError" || error?.name === "AbortError")
    return "Nothing was chosen, or it took too long. You can try once more.";
  if (error instanceof TypeError) return "No answer came. Are you online?";
  return "The passkey could not be used here.";
}

function say(form, words) {
  const trouble = form.querySelector("[data-trouble]");
  trouble.hidden = words === "";
  trouble.textContent = words;
}

if (browserSupportsWebAuthn()) for (const form of document.querySelectorAll("form[data-passkey]")) begin(form);
