import { type ChangeObject, diffLines, diffWordsWithSpace } from "diff";

/** A stretch of text that both have, or only the old or the new one. */
export interface Part {
  kind: "same" | "removed" | "added";
  text: string;
}

const PATIENCE_MS = 300;

/**
 * What became of a text, word by word within the lines that changed. Texts so different that finding out takes longer than a
 * moment are shown as one that went and one that came.
 */
export function compareTexts(before: string, after: string): Part[] {
  const until = performance.now() + PATIENCE_MS;
  const lines = diffLines(before, after, { timeout: PATIENCE_MS });
  if (lines === undefined) return wholly(before, after);
  const parts: Part[] = [];
  for (let at = 0; at < lines.length; at++) {
    const [line, next] = [lines[at], lines[at + 1]];
    if (line === undefined) continue;
    if (line.removed && next?.added) {
      parts.push(...compareWords(line.value, next.value, until));
      at++;
    } else parts.push(partOf(line));
  }
  return parts;
}

function compareWords(before: string, after: string, until: number): Part[] {
  const left = until - performance.now();
  const words = left > 0 ? diffWordsWithSpace(before, after, { timeout: left }) : undefined;
  return words?.map(partOf) ?? wholly(before, after);
}

function wholly(before: string, after: string): Part[] {
  const both: Part[] = [
    { kind: "removed", text: before },
    { kind: "added", text: after },
  ];
  return both.filter(({ text }) => text !== "");
}

function partOf({ added, removed, value }: ChangeObject<string>): Part {
  return { kind: added ? "added" : removed ? "removed" : "same", text: value };
}
