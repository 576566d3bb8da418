import type { LexicalDocument, LexicalNode } from "@rose-ash/shared/models/document.ts";

const layout = { version: 1, format: "", indent: 0, direction: "ltr" } as const;

/** A document of these blocks, as the editor writes it. */
export const aDocument = (...children: LexicalNode[]): LexicalDocument => ({ root: { ...layout, type: "root", children } });

export const words = (text: string, format = 0): LexicalNode => ({
  type: "extended-text",
  version: 1,
  text,
  format,
  detail: 0,
  mode: "normal",
  style: "",
});

export const paragraph = (...inside: (string | LexicalNode)[]): LexicalNode => ({
  ...layout,
  type: "paragraph",
  children: inside.map((one) => (typeof one === "string" ? words(one) : one)),
});

export const heading = (tag: string, text: string): LexicalNode => ({ ...layout, type: "extended-heading", tag, children: [words(text)] });

export const list = (...items: string[]): LexicalNode => ({
  ...layout,
  type: "list",
  listType: "bullet",
  tag: "ul",
  start: 1,
  children: items.map((item, index) => ({ ...layout, type: "listitem", value: index + 1, children: [words(item)] })),
});

export const link = (url: string, text: string): LexicalNode => ({
  ...layout,
  type: "link",
  url,
  rel: null,
  target: null,
  title: null,
  children: [words(text)],
});

export const card = (type: string, properties: object): LexicalNode => ({ type, version: 1, ...properties });
