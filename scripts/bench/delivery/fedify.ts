import { createFederation, generateCryptoKeyPair, MemoryKvStore } from "@fedify/fedify";
import { Create, Note } from "@fedify/fedify/vocab";

/** Sends one note to so many inboxes, each time it is told to, all at once as Fedify does without a queue; says how long it took. */
const [receiver = "0", count = "0"] = process.argv.slice(2);
const origin = "http://127.0.0.1:9";
const keys = [await generateCryptoKeyPair("RSASSA-PKCS1-v1_5")];
const federation = createFederation<void>({ kv: new MemoryKvStore(), allowPrivateAddress: true, origin });
federation.setActorDispatcher("/users/{identifier}", () => null).setKeyPairsDispatcher(() => keys);
const context = federation.createContext(new URL(origin), undefined);
process.on("message", async () => {
  const actor = context.getActorUri("blog");
  const id = new URL(`${origin}/notes/${Date.now()}`);
  const note = new Note({ id, attribution: actor, content: "<p>The bread is in the oven, and the door of the bakery stands open.</p>" });
  const activity = new Create({ id: new URL(`${id}#create`), actor, object: note });
  const recipients = Array.from({ length: Number(count) }, (_, index) => ({
    id: new URL(`http://127.0.0.1:${receiver}/users/${index}`),
    inboxId: new URL(`http://127.0.0.1:${receiver}/users/${index}/inbox`),
  }));
  const began = performance.now();
  await context.sendActivity({ identifier: "blog" }, recipients, activity, { immediate: true });
  process.send?.(performance.now() - began);
});
process.send?.("ready");
