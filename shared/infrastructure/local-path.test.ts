import { describe, expect, it } from "vitest";
import { localPath } from "./local-path.ts";

describe("a local path", () => {
  it.each(["/", "/posts/rye?page=2#top", "/a%2Fb", "/?next=//evil.example"])("keeps %s", (next) => {
    expect(localPath(next, "/home")).toBe(next);
  });

  it.each([
    undefined,
    "",
    "posts",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "https://evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "/.//evil.example",
    "/a/..//evil.example",
    "/ é",
    `/${"a".repeat(2001)}`,
  ])("refuses %j", (next) => {
    expect(localPath(next, "/home")).toBe("/home");
  });
});
