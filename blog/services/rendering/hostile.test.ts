import { setTimeout } from "node:timers/promises";
import { DOCUMENT_LIMITS } from "@rose-ash/shared/contracts/rendering.ts";
import type { LexicalNode } from "@rose-ash/shared/models/document.ts";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { aDocument, card, paragraph } from "./fixtures.ts";
import { Renderer } from "./renderer.ts";

const PATIENCE_MS = 120_000; // a start takes a second, and many on a busy machine
vi.setConfig({ testTimeout: PATIENCE_MS });

const renderer = new Renderer(() => {}, { taskMs: PATIENCE_MS });
beforeAll(() => renderer.render(aDocument()), PATIENCE_MS);
afterAll(() => renderer.close());

const nested = (levels: number, type: string) =>
  Array.from({ length: levels }).reduce<LexicalNode>((inside) => ({ type, version: 1, children: [inside] }), paragraph("x"));

describe("a hostile document", () => {
  it.each<[string, unknown]>([
    ["nothing", null],
    ["a number", 7],
    ["a list", [{ root: {} }]],
    ["a root that is text", { root: "root" }],
    ["a root of another type", { root: { type: "paragraph", children: [] } }],
    ["a root without children", { root: { type: "root" } }],
    ["children that are an object", { root: { type: "root", children: {} } }],
    ["a child that is text", { root: { type: "root", children: ["x"] } }],
    ["a child without a type", { root: { type: "root", children: [{ children: [] }] } }],
    ["a picture whose address is an object", aDocument(card("image", { src: { trim: 1 } }))],
    ["a gallery whose pictures are numbers", aDocument(card("gallery", { images: [1] }))],
    ["a gallery whose pictures are text", aDocument(card("gallery", { images: "all" }))],
    ["words that are a number", aDocument(paragraph({ type: "text", text: 3 }))],
    ["a heading whose tag is a list", aDocument({ ...paragraph("x"), type: "heading", tag: ["h2"] } as LexicalNode)],
  ])("that is %s is refused as malformed, in words", async (_what, document) => {
    expect(await renderer.render(document)).toMatchObject({
      kind: "refused",
      reason: "malformed",
      message: expect.stringMatching(/^\w.+\.$/),
    });
  });

  it.each<[string, unknown]>([
    ["4,000 levels of nodes", aDocument(nested(4_000, "list"))],
    ["4,000 levels of nodes that we don't know", aDocument(nested(4_000, "strange"))],
    ["4,000 levels in a property", aDocument(card("strange", { deep: JSON.parse("[".repeat(4_000) + "]".repeat(4_000)) }))],
    ["a level too many", aDocument(nested(DOCUMENT_LIMITS.depth, "list"))],
  ])("of %s is refused as too deep", async (_what, document) => {
    expect(await renderer.render(document)).toMatchObject({ kind: "refused", reason: "too-deep" });
  });

  it.each<[string, unknown]>([
    ["2 MB of text", aDocument(paragraph("x".repeat(2_000_000)))],
    ["100,000 pieces", aDocument(...Array.from({ length: 100_000 }, () => paragraph()))],
    [
      "keys without end",
      aDocument(card("strange", Object.fromEntries(Array.from({ length: 90_000 }, (_, at) => [`a-long-name-${at}`, 1])))),
    ],
  ])("of %s is refused as too large", async (_what, document) => {
    expect(await renderer.render(document)).toMatchObject({ kind: "refused", reason: "too-large" });
  });

  it("with a heading of a tag that there is not is either refused or without that tag", async () => {
    const result = await renderer.render(aDocument({ ...paragraph("x"), type: "extended-heading", tag: "script" } as LexicalNode));
    expect(JSON.stringify(result)).not.toContain("<script");
  });

  it("that names itself as its prototype changes nothing of ours", async () => {
    const document = JSON.parse(
      '{"root":{"type":"root","__proto__":{"polluted":1},"children":[{"type":"__proto__"},{"type":"constructor"}]}}',
    );
    expect(await renderer.render(document)).toMatchObject({ kind: "rendered", rendered: { unknownTypes: ["__proto__", "constructor"] } });
    expect("polluted" in {}).toBe(false);
  });
});

describe("the renderer's process", () => {
  const short = (text: string) => aDocument(paragraph(text));

  it("is ended when a text takes too long, and the next text gets a new one", async () => {
    const impatient = new Renderer(() => {}, { taskMs: 1 });
    const slow = aDocument(...Array.from({ length: 5_000 }, () => card("markdown", { markdown: "*a* ".repeat(20) })));
    expect(await impatient.render(slow)).toMatchObject({
      kind: "refused",
      reason: "too-slow",
      message: expect.stringContaining("too long"),
    });
    expect(await impatient.pid()).toBeNull();
    await impatient.close();
  });

  it("that dies costs the text in hand a refusal, and no other", async () => {
    const pid = await renderer.pid();
    const large = aDocument(...Array.from({ length: 5_000 }, () => card("markdown", { markdown: "*a* ".repeat(20) })));
    const [first, second] = [renderer.render(large), renderer.render(short("after"))];
    await setTimeout(20);
    process.kill(pid ?? 0, "SIGKILL");
    expect(await first).toMatchObject({ kind: "refused", reason: "failed" });
    expect(await second).toMatchObject({ kind: "rendered", rendered: { html: "<p>after</p>" } });
    expect(await renderer.pid()).not.toBe(pid);
  });

  it("has not the memory for a text that would take the machine's", async () => {
    const troubles: object[] = [];
    const small = new Renderer((trouble) => troubles.push(trouble), { memoryMegabytes: 64, taskMs: PATIENCE_MS });
    const bomb = aDocument(
      ...Array.from({ length: 10_000 }, () => card("callout", { calloutText: "<b>".repeat(4), backgroundColor: "red" })),
    );
    expect(await small.render(bomb)).toMatchObject({ kind: "refused", reason: "failed" });
    expect(troubles).toEqual([{ kind: "died" }]);
    expect(await small.render(short("after"))).toMatchObject({ kind: "rendered" });
    await small.close();
  });

  it("ends when nobody has asked for a while", async () => {
    const brief = new Renderer(() => {}, { idleMs: 50, taskMs: PATIENCE_MS });
    await brief.render(short("x"));
    expect(await brief.pid()).toBeGreaterThan(0);
    await expect.poll(() => brief.pid(), { timeout: PATIENCE_MS }).toBeNull();
    expect(await brief.render(short("y"))).toMatchObject({ kind: "rendered" });
    await brief.close();
  });

  it("answers many in the order they came", async () => {
    const texts = Array.from({ length: 20 }, (_, at) => `Text ${at}`);
    const results = await Promise.all(texts.map((text) => renderer.render(short(text))));
    expect(results.map((result) => result.kind === "rendered" && result.rendered.plaintext)).toEqual(texts);
  });

  it("knows no secret and writes no file", async () => {
    const { rendered: text } = Object(await renderer.render(short("x")));
    expect(text.html).toBe("<p>x</p>");
    const pid = await renderer.pid();
    const { readFileSync } = await import("node:fs");
    expect(
      readFileSync(`/proc/${pid}/environ`, "utf8")
        .split("\0")
        .filter(Boolean)
        .map((line) => line.split("=")[0]),
    ).not.toContain("DATABASE_URL");
    expect(readFileSync(`/proc/${pid}/cmdline`, "utf8")).toContain("--permission");
  });
});
