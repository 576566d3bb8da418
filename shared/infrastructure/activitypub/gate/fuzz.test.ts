import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { KnownActor, RemoteActors } from "../actors/index.ts";
import { normalise, originOf, uriOf } from "../normal-form/index.ts";
import { signRequest } from "../signatures/index.ts";
import { type GateParts, passGate, readHead } from "./gate.ts";

const AS = "https://www.w3.org/ns/activitystreams";
const [ORIGIN, EVIL, OURS] = ["https://theirs.example", "https://evil.example", "https://blog.ours.example"];
const ADA = `${ORIGIN}/users/ada`;
const note = {
  id: `${ORIGIN}/notes/1`,
  type: "Note",
  attributedTo: ADA,
  content: "<p>Hello</p>",
  to: [`${AS}#Public`],
  cc: [`${ADA}/followers`],
};

/** As servers send them: of Mastodon, Mobilizon, Lemmy and Fedify, and one fully expanded. */
const DOCUMENTS: readonly object[] = [
  { "@context": AS, id: `${ORIGIN}/follows/1`, type: "Follow", actor: ADA, object: `${OURS}/ap/actor` },
  {
    "@context": [AS, { ostatus: "http://ostatus.org#", atomUri: "ostatus:atomUri", sensitive: "as:sensitive", Hashtag: "as:Hashtag" }],
    ...{ id: `${note.id}/activity`, type: "Create", actor: ADA, published: "2026-11-27T12:00:00Z", to: note.to, cc: note.cc },
    object: {
      ...note,
      atomUri: note.id,
      contentMap: { en: note.content },
      tag: [{ type: "Mention", href: `${OURS}/ap/actor`, name: "@blog" }],
    },
    signature: { type: "RsaSignature2017", creator: `${ADA}#main-key`, signatureValue: "x" },
  },
  {
    "@context": [
      AS,
      { sc: "http://schema.org#", ical: "http://www.w3.org/2002/12/cal/ical#", location: { "@id": "sc:location", "@type": "sc:Place" } },
    ],
    ...{ id: `${ORIGIN}/joins/1`, type: "Join", actor: ADA, object: `${OURS}/entries/supper`, participationMessage: null },
  },
  {
    "@context": [AS],
    id: `${ORIGIN}/announces/1`,
    type: "Announce",
    actor: ADA,
    to: [`${AS}#Public`],
    object: { ...note, "@context": AS },
  },
  {
    "@context": AS,
    id: `${ORIGIN}/undos/1`,
    type: "Undo",
    actor: { id: ADA, type: "Person" },
    object: { id: `${ORIGIN}/likes/1`, type: "Like", actor: ADA },
  },
  [
    {
      "@id": `${ORIGIN}/likes/1`,
      "@type": [`${AS}#Like`],
      [`${AS}#actor`]: [{ "@id": ADA }],
      [`${AS}#object`]: [{ "@id": `${OURS}/posts/1` }],
    },
  ],
];

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const key = { id: `${ADA}#key`, kind: "ed25519", key: privateKey } as const;
const ada: KnownActor = {
  ...{ uri: ADA, host: "theirs.example", type: "Person", handle: "ada", name: "Ada", inbox: `${ADA}/inbox`, sharedInbox: null },
  ...{ followers: null, movedTo: null, storedKeys: [], document: {}, fetchedAt: new Date(), isStored: true },
  keys: [{ id: key.id, kind: "ed25519", key: publicKey }],
};
const found = async (uri: string) =>
  uri === ADA ? ({ kind: "actor", actor: ada } as const) : ({ kind: "failed", reason: "nobody" } as const);
const actors: RemoteActors = {
  find: found,
  refetch: found,
  keep: async () => undefined,
  forget: () => undefined,
  isKnown: async () => true,
};
const clock = { now: () => new Date() };
const isOurs = (uri: string) => uri.startsWith(OURS);
const parts: GateParts = { app: "blog", actors, clock, isSuspended: async () => false, isOurs, takesPlainHttp: false };

/** What takes the place of something in a document. */
const strange = fc.oneof(
  fc.constantFrom(
    `${EVIL}/1`,
    EVIL,
    `${OURS}/ap/actor`,
    ADA,
    `${ADA}#key`,
    "",
    "Delete",
    "as:Create",
    `${AS}#Create`,
    "@type",
    "javascript:alert(1)",
  ),
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e308,
    [],
    {},
    [ADA, EVIL],
    { id: EVIL },
    { "@id": EVIL },
    { "@value": EVIL },
    { "@list": [EVIL] },
  ),
  fc.json().map((text): unknown => JSON.parse(text)),
);
const names = fc.constantFrom(
  "id",
  "@id",
  "as:actor",
  `${AS}#actor`,
  "actor",
  "type",
  "@type",
  "object",
  "@graph",
  "@reverse",
  "@context",
  "proof",
  "__proto__",
  "constructor",
);
const change = fc.record({ at: fc.nat(40), how: fc.constantFrom("replace", "drop", "add", "wrap", "copy"), name: names, value: strange });

/** Changes the n-th place of a document, wherever that is. */
function changed(document: unknown, { at, how, name, value }: { at: number; how: string; name: string; value: unknown }): unknown {
  let count = 0;
  const walk = (node: unknown): unknown => {
    const isHere = count++ === at;
    if (isHere && how === "replace") return value;
    if (isHere && how === "wrap") return [node];
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== "object" || node === null) return node;
    const entries = Object.entries(node).flatMap(([own, one]) =>
      isHere && how === "drop" && own === name ? [] : [[own, walk(one)] as const],
    );
    if (isHere && how === "add") entries.push([name, value]);
    if (isHere && how === "copy") entries.push([name, node]);
    return Object.fromEntries(entries);
  };
  return walk(document);
}

const RUNS = { numRuns: 400, seed: 20261127 };

describe("whatever its own actor sends", () => {
  it("comes in only as that actor's word, and breaks nothing", async () => {
    let arrived = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...DOCUMENTS), fc.array(change, { maxLength: 3 }), async (document, changes) => {
        const body = Buffer.from(JSON.stringify(changes.reduce<unknown>(changed, document)) ?? "");
        const url = new URL(`${OURS}/ap/inbox`);
        const headers = await signRequest({ method: "POST", url, body, key, style: "rfc9421", now: new Date() });
        const message = { method: "POST", scheme: "https", authority: url.host, target: url.pathname, headers } as const;
        const head = readHead(message, new Date(), true);
        if (head.kind === "refused") return expect.fail(head.reason);
        const answer = await passGate(parts, message, head, body);
        if (answer.kind === "ignored") return expect.fail("nobody is gone");
        if (answer.kind === "refused") {
          expect(["not-signed", "invalid-request"]).toContain(answer.code);
          return;
        }
        arrived += 1;
        const { arrival } = answer;
        expect([arrival.actor.uri, uriOf(arrival.document["actor"]), originOf(arrival.activity)]).toEqual([ADA, ADA, ORIGIN]);
        expect(uriOf(arrival.document["id"])).toBe(arrival.activity);
        expect(arrival.raw).toBe(body.toString());
      }),
      RUNS,
    );
    expect(arrived).toBeGreaterThan(40); // what is changed where it does no harm
  });

  it("is signed over every byte: none can be another on its way", async () => {
    const body = Buffer.from(JSON.stringify(DOCUMENTS[1]));
    const url = new URL(`${OURS}/ap/inbox`);
    const headers = await signRequest({ method: "POST", url, body, key, style: "rfc9421", now: new Date() });
    const message = { method: "POST", scheme: "https", authority: url.host, target: url.pathname, headers } as const;
    const head = readHead(message, new Date(), true);
    if (head.kind === "refused") return expect.fail(head.reason);
    await fc.assert(
      fc.asyncProperty(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const other = Buffer.from(body);
        other[at] = (other[at] ?? 0) ^ by;
        expect((await passGate(parts, message, head, other)).kind).toBe("refused");
      }),
      RUNS,
    );
  });

  it("is no signature when its headers are others", async () => {
    const body = Buffer.from(JSON.stringify(DOCUMENTS[0]));
    const url = new URL(`${OURS}/ap/inbox`);
    for (const style of ["cavage", "rfc9421"] as const) {
      const headers = await signRequest({ method: "POST", url, body, key, style, now: new Date() });
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...Object.keys(headers)), fc.string({ maxLength: 80 }), async (name, text) => {
          if (name === "host" || text.trim() === headers[name]?.trim()) return; // of the host counts what it was sent to
          const message = {
            method: "POST",
            scheme: "https",
            authority: url.host,
            target: url.pathname,
            headers: { ...headers, [name]: text },
          } as const;
          const head = readHead(message, new Date(), true);
          const isUncovered = style === "rfc9421" && name === "date";
          const isIn = head.kind === "claimed" && (await passGate(parts, message, head, body)).kind === "arrived";
          expect(isIn).toBe(isUncovered);
        }),
        { ...RUNS, numRuns: 200 },
      );
    }
  });
});

describe("reading", () => {
  it("never throws, and what is in normal form stays as it is", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.constantFrom(...DOCUMENTS).map((one) => JSON.stringify(one)),
        ),
        (text) => {
          const first = normalise(Buffer.from(text));
          if (first.kind === "odd") return;
          const again = normalise(Buffer.from(JSON.stringify(first.document)));
          expect(again.kind === "document" && again.document).toEqual(first.document);
        },
      ),
      { numRuns: 1000, seed: 20261127 },
    );
  });

  it("never throws for bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(["odd", "document"]).toContain(normalise(Buffer.from(bytes)).kind);
      }),
      { numRuns: 500, seed: 20261127 },
    );
  });
});
