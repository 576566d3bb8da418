import { describe, expect, it } from "vitest";
import { firstFreeHandle, handleOf } from "./handles.ts";

describe("a handle made of a name", () => {
  it.each([
    ["Ada Lovelace", "ada-lovelace"],
    ["Zoë O’Brien", "zoe-o-brien"],
    ["  --  ", "member"],
    ["李雷", "member"],
    ["<script>alert(1)</script>", "script-alert-1-script"],
    ["A".repeat(80), "a".repeat(30)],
  ])("%j becomes %j", (name, handle) => {
    expect(handleOf(name)).toBe(handle);
  });

  it("is never a service's or an office's", () => {
    expect(firstFreeHandle("blog", new Set())).toBe("blog-2");
    expect(firstFreeHandle("admin", new Set(["admin-2"]))).toBe("admin-3");
  });
});
