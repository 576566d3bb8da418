import { describe, expect, it } from "vitest";
import { instantOf, listOf, readUri, textOf, uriOf, urisOf } from "./document.ts";
import { normalise } from "./normalise.ts";

const read = (value: unknown) => normalise(Buffer.from(JSON.stringify(value)));
const AS = "https://www.w3.org/ns/activitystreams";
const note = { "@context": AS, id: "https://o.example/1", type: "Create", actor: "https://o.example/ada" };

describe("a document in normal form", () => {
  it("is the same, whether it came compact, prefixed or expanded", () => {
    const compact = { ...note, object: { id: "https://o.example/n", type: "Note", content: "Hello" } };
    const prefixed = {
      "@context": AS,
      "@id": "https://o.example/1",
      "@type": "as:Create",
      "as:actor": "https://o.example/ada",
      "as:object": { "@id": "https://o.example/n", "@type": "as:Note", "as:content": "Hello" },
    };
    const expanded = [
      {
        "@id": "https://o.example/1",
        "@type": [`${AS}#Create`],
        [`${AS}#actor`]: [{ "@id": "https://o.example/ada" }],
        [`${AS}#object`]: [
          { "@id": "https://o.example/n", "@type": [`${AS}#Note`], [`${AS}#content`]: [{ "@value": "Hello", "@language": "en" }] },
        ],
      },
    ];
    for (const one of [compact, prefixed, expanded]) {
      const found = read(one);
      if (found.kind === "odd") expect.fail(found.reason);
      const { document } = found;
      const [object] = listOf(document["object"]);
      expect([textOf(document["type"]), uriOf(document["id"]), uriOf(document["actor"]), uriOf(object)]).toEqual([
        ...["Create", "https://o.example/1", "https://o.example/ada", "https://o.example/n"],
      ]);
      expect(textOf((object as Record<string, string>)["content"])).toBe("Hello");
    }
  });

  it("takes the contexts that servers send", () => {
    const mastodon = [
      AS,
      "https://w3id.org/security/v1",
      {
        manuallyApprovesFollowers: "as:manuallyApprovesFollowers",
        toot: "http://joinmastodon.org/ns#",
        featured: { "@id": "toot:featured", "@type": "@id" },
        alsoKnownAs: { "@id": "as:alsoKnownAs", "@type": "@id" },
        movedTo: { "@id": "as:movedTo", "@type": "@id" },
        schema: "http://schema.org#",
        PropertyValue: "schema:PropertyValue",
        value: "schema:value",
      },
    ];
    expect(read({ ...note, "@context": mastodon }).kind).toBe("document");
    expect(read({ ...note, "@context": [AS, "https://unheard.example/of"] }).kind).toBe("document");
    const { "@context": _, ...bare } = note;
    expect(read(bare).kind).toBe("document");
  });

  it("holds nothing that the database can't", () => {
    const found = read({ ...note, content: "a\u0000b\ud800c" });
    expect(found.kind === "document" && found.document["content"]).toBe("ab\ufffdc");
  });
});

describe("what would mean something else to others", () => {
  it.each([
    { ...note, "@graph": [] },
    { ...note, "@reverse": { object: "https://o.example/2" } },
    { ...note, "@included": [] },
    { ...note, "as:__proto__": { object: "https://o.example/2" } },
    { ...note, "as:@graph": [] },
    { ...note, "as:actor": "https://o.example/eve" }, // said twice
    { ...note, [`${AS}#actor`]: "https://o.example/eve" },
    { ...note, "@id": "https://o.example/2" },
    { ...note, object: { "@context": { content: "as:summary" }, content: "x" } },
    { ...note, "@context": [AS, { actor: "as:object" }] },
    { ...note, "@context": [AS, { actor: null }] },
    { ...note, "@context": [AS, { id: "@type" }] },
    { ...note, "@context": [AS, { content: { "@id": "as:summary" } }] },
    { ...note, "@context": [AS, { publicKeyPem: "https://evil.example#x" }] },
    { ...note, "@context": [AS, { x: "https://evil.example/#", actor: "x:actor" }] },
    { ...note, "@context": [AS, { as: "https://evil.example/#" }] },
    { ...note, "@context": [AS, { "@vocab": "https://evil.example/#" }] },
    { ...note, "@context": [AS, { "@base": "https://evil.example/" }] },
    { ...note, "@context": [AS, { "@import": "https://evil.example/" }] },
    { ...note, "@context": [AS, { kept: { "@reverse": "as:object" } }] },
    { ...note, "@context": [AS, { kept: { "@id": "as:kept", "@context": { actor: "as:object" } } }] },
    { ...note, "@context": 7 },
    { ...note, "@context": [[AS]] },
    { ...note, content: { "@value": "x", "as:actor": "y" } },
    [note, note],
    [],
    "text",
    7,
    null,
    true,
  ])("is refused: %j", (value) => {
    expect(read(value).kind).toBe("odd");
  });

  it("is refused when it is nested deep, holds very much, or is no JSON in UTF-8", () => {
    const deep = `{"id":"x","a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    expect(normalise(Buffer.from(deep)).kind).toBe("odd");
    expect(normalise(Buffer.from(`${'{"a":'.repeat(50)}1${"}".repeat(50)}`)).kind).toBe("odd");
    expect(read({ ...note, to: Array.from({ length: 30_000 }, () => "x") }).kind).toBe("odd");
    for (const bytes of [
      Buffer.from("{"),
      Buffer.from(""),
      Buffer.from([0x22, 0xff, 0x22]),
      Buffer.from('{"a":"\ud800'),
      Buffer.from("{'a':1}"),
    ])
      expect(normalise(bytes).kind).toBe("odd");
    expect(normalise(Buffer.from('{"__proto__":{"actor":"https://evil.example"}}')).kind).toBe("odd");
  });
});

describe("an address", () => {
  it.each([
    "https://o.example",
    "https://o.example/",
    "http://o.example:8080/a?b#c",
    "https://xn--e1aybc.example/~%C3%A4",
    "https://o.example#main-key",
  ])("is one: %s", (uri) => expect(readUri(uri)).toBe(uri));

  it.each([
    ...["", "o.example", "//o.example", "ftp://o.example/", "javascript:alert(1)", "data:text/html,x", "https://", "acct:ada@o.example"],
    ...["https://O.example/", "HTTPS://o.example/", "https://o.example./", "https://o.example:443/", "https://ada@o.example/"],
    ...["https://ada:b@o.example/", "https://o.example@evil.example/", "https://o.example\\@evil.example/", "https://тест.example/"],
    ...[
      "https://o.example/\u200b",
      "https://o.example/ a",
      "https://o.example/\n",
      "https://2130706433/",
      "https://0x7f.1/",
      "https://o%2eexample/",
    ],
    ...[`https://o.example/${"a".repeat(1000)}`, "https://o.example/<script>", 'https://o.example/"'],
  ])("is none, or not written in the one way: %j", (text) => expect(readUri(text)).toBeNull());

  it("is found in a link, an object and a list of one, and not where there are two", () => {
    expect(uriOf({ type: "Link", href: "https://o.example/a" })).toBe("https://o.example/a");
    expect(uriOf([{ id: "https://o.example/a" }])).toBe("https://o.example/a");
    expect(uriOf(["https://o.example/a", "https://o.example/b"])).toBeNull();
    expect(urisOf(["https://o.example/a", { id: "nothing" }, 7, { id: "https://o.example/b" }])).toHaveLength(2);
  });

  it("and an instant is one of our time", () => {
    expect(instantOf("2026-11-27T12:00:00Z")?.getTime()).toBe(Date.UTC(2026, 10, 27, 12));
    for (const text of ["yesterday", "", "1", "275760-09-13T00:00:00Z", "0001-01-01T00:00:00Z", "2026-11-27"])
      expect(instantOf(text)).toBeNull();
  });
});
