import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A file of content: the fields between its --- lines, and the markdown below. name is its path without ".md". */
export interface MarkdownFile {
  name: string;
  fields: ReadonlyMap<string, string>;
  body: string;
}

/** Every .md file under the folder, folders below included, by name. */
export function readMarkdown(folder: string): MarkdownFile[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .sort()
    .map((path) => parseMarkdown(path.slice(0, -".md".length).replaceAll("\\", "/"), readFileSync(join(folder, path), "utf8")));
}

/** The field, which must be there. */
export function fieldOf(file: MarkdownFile, field: string): string {
  const value = file.fields.get(field);
  if (value === undefined) throw new Error(`${file.name}.md has no "${field}"`);
  return value;
}

/** A field of words between commas; none where it is not there. */
export function listOf(file: MarkdownFile, field: string): string[] {
  return (file.fields.get(field) ?? "")
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

function parseMarkdown(name: string, text: string): MarkdownFile {
  const [, head, body] = /^---\n(.*?)\n---\n(.*)$/s.exec(text) ?? [];
  if (head === undefined || body === undefined) throw new Error(`${name}.md does not begin with fields between --- lines`);
  const fields = head.split("\n").map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  return { name, fields: new Map(fields), body: body.trim() };
}
