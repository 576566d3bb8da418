import { describe, expect, it } from "vitest";
import { noticeOf, withNotice } from "./index.ts";

describe("a notice", () => {
  it("is one of ours, by its code", () => {
    expect(noticeOf({ query: { notice: "added" } })?.title).toBe("It is in your cart.");
  });

  it.each([{}, { notice: "" }, { notice: "<b>You won</b>" }, { notice: "constructor" }, { notice: ["added"] }, null, "added"])(
    "is none for the query %j",
    (query) => {
      expect(noticeOf({ query })).toBeNull();
    },
  );

  it.each([
    ["/", "/?notice=added"],
    ["/posts/rye?page=2#top", "/posts/rye?page=2&notice=added#top"],
    ["/posts/rye?notice=removed", "/posts/rye?notice=added"],
    ["http://cart.rose-ash.localhost:8000/", "http://cart.rose-ash.localhost:8000/?notice=added"],
  ])("goes into the query of %s", (address, expected) => {
    expect(withNotice(address, "added")).toBe(expected);
  });
});
