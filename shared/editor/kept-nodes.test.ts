import { describe, expect, it } from "vitest";
import { type Document, KeptNodes, type Node } from "./kept-nodes.ts";

const KNOWN = new Set(["root", "paragraph", "list", "listitem", "extended-text", "html"]);
const keep = () => new KeptNodes((type) => KNOWN.has(type));
const documentOf = (...children: Node[]): Document => ({ root: { type: "root", version: 1, children } });
const text = (words: string, format = 0): Node => ({ type: "extended-text", version: 1, text: words, format });
const typesIn = (node: Node): string[] => [node.type, ...(node.children ?? []).flatMap(typesIn)];

const table: Node = { type: "table", version: 3, rows: [["6 --> 7", "ö"]], children: [{ type: "tablerow", version: 1 }] };
const mention: Node = { type: "mention", version: 1, handle: "ada" };

describe("nodes that the editor does not know", () => {
  it.each<[string, Document]>([
    ["a block", documentOf({ type: "paragraph", version: 1, children: [text("a")] }, table)],
    [
      "two in a line of text",
      documentOf({ type: "paragraph", version: 1, children: [text("a ", 1), mention, text(" b"), { ...mention, handle: "bilal" }] }),
    ],
    ["one alone in a line", documentOf({ type: "paragraph", version: 1, children: [mention] })],
    [
      "an item of a list",
      documentOf({ type: "list", version: 1, children: [{ type: "listitem", version: 1, children: [text("one")] }, table] }),
    ],
    ["one deep in lists", documentOf({ type: "list", version: 1, children: [{ type: "listitem", version: 1, children: [mention] }] })],
    ["none at all", documentOf({ type: "paragraph", version: 1, children: [text("a")] })],
  ])("are away while it works, and come back as they were: %s", (_what, document) => {
    const kept = keep();
    const shown = kept.putAway(document);
    expect(typesIn(shown.root).filter((type) => !KNOWN.has(type))).toEqual([]);
    expect(kept.bringBack(shown)).toEqual(document);
  });

  it("come back where the writer moved them, with the words that were put around them", () => {
    const kept = keep();
    const shown = kept.putAway(documentOf(table, { type: "paragraph", version: 1, children: [text("a"), mention] }));
    const [first, second] = shown.root.children ?? [];
    const word = String(second?.children?.[1]?.["text"]);
    const merged: Node = { type: "paragraph", version: 1, children: [text(`a new ${word} word`)] }; // Lexical joins texts of one format
    const back = kept.bringBack(documentOf(merged, first as Node));
    expect(back).toEqual(documentOf({ type: "paragraph", version: 1, children: [text("a new "), mention, text(" word")] }, table));
  });

  it("are gone when the writer deletes them, and there twice when they were copied", () => {
    const kept = keep();
    const [block] = kept.putAway(documentOf(table)).root.children ?? [];
    expect(kept.bringBack(documentOf())).toEqual(documentOf());
    expect(kept.bringBack(documentOf(block as Node, block as Node))).toEqual(documentOf(table, table));
  });

  it("are not conjured up by words that look like one", () => {
    const document = documentOf({ type: "paragraph", version: 1, children: [text("⟦mention 7⟧ is written so")] });
    expect(keep().bringBack(document)).toEqual(document);
  });
});
