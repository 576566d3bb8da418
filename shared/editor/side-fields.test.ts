import { beforeEach, describe, expect, it } from "vitest";
import { type Fields, SideFields } from "./side-fields.ts";

let kept: Map<string, string>;
let form: Record<string, string>;
const saved = { excerpt: "Slow.", tags: "Bread, Rye", slug: "rye" };

beforeEach(() => {
  kept = new Map();
  form = { ...saved };
});

/** A page whose form has these fields. */
function aPage(fields: Fields = saved, { writer = "7", isAgain = false } = {}) {
  form = { ...fields };
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const write = (some: Fields) => void Object.assign(form, some);
  return new SideFields({ store, whose: { writer, piece: "post/12" }, read: () => ({ ...form }), write, isAgain });
}

function fillIn(side: SideFields, fields: Fields) {
  Object.assign(form, fields);
  side.changed();
}

describe("what stands beside title and text", () => {
  it("is unsaved once it is changed, and not when it is changed back", () => {
    const side = aPage();
    expect(side.isUnsaved).toBe(false);
    fillIn(side, { excerpt: "Slower." });
    expect([side.isUnsaved, kept.size]).toEqual([true, 1]);
    fillIn(side, { excerpt: "Slow. " });
    expect([side.isUnsaved, kept.size]).toEqual([false, 0]);
  });

  it("is back on the next page, and only what was filled in", () => {
    fillIn(aPage(), { excerpt: "Slower." });
    const next = aPage({ ...saved, tags: "Bread" }); // somebody else changed these
    const found = next.found();
    expect(found?.isOverwritten).toBe(false);
    found?.take();
    expect([form, next.isUnsaved, kept.size]).toEqual([{ ...saved, tags: "Bread", excerpt: "Slower." }, true, 1]);
    next.goBack();
    expect([form["excerpt"], kept.size]).toEqual(["Slow.", 0]);
  });

  it("says so when somebody else changed the same", () => {
    fillIn(aPage(), { excerpt: "Slower." });
    expect(aPage({ ...saved, excerpt: "Quick." }).found()?.isOverwritten).toBe(true);
  });

  it("is forgotten when the server has it, as it writes it", () => {
    fillIn(aPage(), { tags: "Bread,Rye ,  Oven" });
    expect(aPage({ ...saved, tags: "Bread, Rye, Oven" }).found()).toBeNull();
    expect(kept.size).toBe(0);
  });

  it("in a form that came back is unsaved, and stays kept with what it was before", () => {
    fillIn(aPage(), { slug: "R Y E" });
    const again = aPage({ ...saved, slug: "R Y E" }, { isAgain: true });
    expect([again.found(), again.isUnsaved, kept.size]).toEqual([null, true, 1]);
    fillIn(again, { excerpt: "Slower." });
    const next = aPage();
    next.found()?.take();
    expect(form).toEqual({ ...saved, slug: "R Y E", excerpt: "Slower." });
  });

  it("is nothing to another person in the same browser", () => {
    fillIn(aPage(), { excerpt: "Slower." });
    expect(aPage(saved, { writer: "8" }).found()).toBeNull();
    expect(kept.size).toBe(1);
  });

  it.each(["{", "null", "7", '{"fields":{"a":1},"before":{},"at":""}', '{"fields":{}}'])("that is not ours is passed over: %s", (text) => {
    kept.set("draft:7:post/12:fields", text);
    expect(aPage().found()).toBeNull();
  });
});
