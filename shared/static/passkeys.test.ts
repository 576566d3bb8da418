import { expect, it } from "vitest";
import { Refused, wordsFor } from "./js/passkeys.js"; // where there is no WebAuthn it does nothing by itself

it.each([
  ["what the server said", new Refused("That was tried too often."), "That was tried too often."],
  ["that the server said nothing", new Refused(), "Please load the page anew"],
  ["a passkey that is there already", new DOMException("", "InvalidStateError"), "has a passkey of yours"],
  ["a person who declines", new DOMException("", "NotAllowedError"), "You can try once more"],
  ["a person who waits too long", new DOMException("", "AbortError"), "You can try once more"],
  ["no connection", new TypeError("Failed to fetch"), "Are you online?"],
  ["anything else", new DOMException("", "SecurityError"), "could not be used here"],
  ["nothing at all", undefined, "could not be used here"],
])("has words for %s", (_what, error, words) => {
  expect(wordsFor(error)).toContain(words);
});
