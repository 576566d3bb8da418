import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Answer, isSame, Keeper, type KeeperParts, type State, type Text } from "./keeper.ts";
import { LocalDraft, type Store } from "./local-draft.ts";

const text = (words: string, title = "Rye"): Text => ({ title, document: JSON.stringify({ root: { words } }) });

class Memory implements Store {
  readonly kept = new Map<string, string>();
  isFull = false;
  getItem = (key: string) => this.kept.get(key) ?? null;
  removeItem = (key: string) => void this.kept.delete(key);
  setItem(key: string, value: string) {
    if (this.isFull) throw new Error("QuotaExceededError");
    this.kept.set(key, value);
  }
}

let memory: Memory;
let shown: State[];
let sent: { words: Text; version: number; answer: (answer: Answer | null) => void }[];

beforeEach(() => {
  vi.useFakeTimers();
  memory = new Memory();
  shown = [];
  sent = [];
});
afterEach(() => vi.useRealTimers());

const draft = () => new LocalDraft(memory, { writer: "7", piece: "post/12" });
function aKeeper(parts: Partial<KeeperParts> = {}) {
  const send = (words: Text, version: number) =>
    new Promise<Answer>((resolve, reject) => {
      sent.push({ words, version, answer: (answer) => (answer ? resolve(answer) : reject(new TypeError("Failed to fetch"))) });
    });
  const show = (state: State) => void shown.push(state);
  return new Keeper({ version: 3, saved: text("a"), draft: draft(), send, show, delayMs: 3_000, retryMs: 5_000, ...parts });
}
const answer = async (given: Answer | null) => {
  sent.at(-1)?.answer(given);
  await vi.advanceTimersByTimeAsync(0);
};

describe("a text in work", () => {
  it("is kept in the browser at once, and sent after a pause with the version that it began with", async () => {
    const keeper = aKeeper();
    keeper.changed(text("ab"));
    expect(draft().read()).toMatchObject({ ...text("ab"), version: 3 });
    await vi.advanceTimersByTimeAsync(2_900);
    keeper.changed(text("abc"));
    await vi.advanceTimersByTimeAsync(2_900);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(sent).toMatchObject([{ words: text("abc"), version: 3 }]);
    await answer({ kind: "saved", version: 4 });
    expect([keeper.version, keeper.isUnsaved, draft().read()]).toEqual([4, false, null]);
    expect(shown.map(({ kind }) => kind)).toEqual(["unsaved", "unsaved", "saving", "saved"]);
  });

  it("that changes while it is sent is sent again, with the version that came of the first", async () => {
    const keeper = aKeeper();
    keeper.changed(text("ab"));
    void keeper.saveNow();
    keeper.changed(text("abc"));
    await answer({ kind: "saved", version: 4 });
    expect(draft().read()).toMatchObject({ ...text("abc"), version: 4 });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(sent.map(({ version }) => version)).toEqual([3, 4]);
  });

  it("that the server can't take for now is kept, and sent again and again", async () => {
    const keeper = aKeeper();
    keeper.changed(text("ab"));
    await vi.advanceTimersByTimeAsync(3_000);
    await answer(null);
    expect(shown.at(-1)).toEqual({ kind: "offline", isKept: true });
    await vi.advanceTimersByTimeAsync(5_000);
    await answer(null);
    await vi.advanceTimersByTimeAsync(5_000);
    await answer({ kind: "saved", version: 4 });
    expect([sent.length, keeper.isUnsaved, draft().read()]).toEqual([3, false, null]);
  });

  it("that somebody else saved is never sent again, and stays in this browser", async () => {
    const keeper = aKeeper();
    keeper.changed(text("ab"));
    await vi.advanceTimersByTimeAsync(3_000);
    await answer({ kind: "conflict", version: 4, savedBy: "Bilal" });
    expect(shown.at(-1)).toEqual({ kind: "conflict", version: 4, savedBy: "Bilal" });
    keeper.changed(text("abc"));
    await keeper.saveNow();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([sent.length, keeper.isUnsaved]).toEqual([1, true]);
    expect(draft().read()).toMatchObject({ ...text("abc"), version: 3 });
  });

  it("that is refused is sent again when it changes", async () => {
    const keeper = aKeeper();
    keeper.changed(text("ab"));
    await vi.advanceTimersByTimeAsync(3_000);
    await answer({ kind: "refused", message: "too large." });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toHaveLength(1);
    keeper.changed(text("a"));
    keeper.changed(text("b"));
    await vi.advanceTimersByTimeAsync(3_000);
    expect(sent.at(-1)).toMatchObject({ words: text("b"), version: 3 });
  });

  it("that readers see is not sent by itself, and kept all the same", async () => {
    const keeper = aKeeper({ send: null });
    keeper.changed(text("ab"));
    await vi.advanceTimersByTimeAsync(60_000);
    expect([sent.length, keeper.isUnsaved, draft().read()?.document]).toEqual([0, true, text("ab").document]);
  });

  it("says so when the browser keeps nothing", () => {
    memory.isFull = true;
    aKeeper().changed(text("ab"));
    expect(shown).toEqual([{ kind: "unsaved", isKept: false }]);
  });

  it("is not unsaved for a title that comes back, or keys in another order", () => {
    const keeper = aKeeper({ saved: { title: "Rye", document: '{"a":1,"b":{"c":2,"d":[3]}}' } });
    keeper.changed({ title: "Rye!", document: '{"a":1,"b":{"c":2,"d":[3]}}' });
    expect(keeper.isUnsaved).toBe(true);
    keeper.changed({ title: "Rye", document: '{"b":{"d":[3],"c":2},"a":1}' });
    expect(keeper.isUnsaved).toBe(false);
    expect(isSame(text("a"), text("b"))).toBe(false);
  });
});

describe("what a browser kept", () => {
  const at = "2026-11-26T18:00:00.000Z";

  it("is found by the next page, which learns whether the text was saved from elsewhere since", () => {
    draft().write({ ...text("ab"), version: 3, at });
    expect(aKeeper().found()).toMatchObject({ draft: text("ab"), isOfThisVersion: true });
    expect(aKeeper({ version: 4 }).found()).toMatchObject({ isOfThisVersion: false });
  });

  it("is nothing to another person who writes in the same browser, and stays there", () => {
    new LocalDraft(memory, { writer: "8", piece: "post/12" }).write({ ...text("of Bilal"), version: 3, at });
    expect(aKeeper().found()).toBeNull();
    aKeeper().changed(text("ab"));
    expect(memory.kept.size).toBe(2);
  });

  it("is forgotten when the server has it", () => {
    draft().write({ ...text("a"), version: 2, at });
    expect(aKeeper().found()).toBeNull();
    expect(memory.kept.size).toBe(0);
  });

  it("by another tab stays when this one has saved", async () => {
    const keeper = aKeeper();
    keeper.changed(text("ab"));
    draft().write({ ...text("of the other tab"), version: 3, at });
    await vi.advanceTimersByTimeAsync(3_000);
    await answer({ kind: "saved", version: 4 });
    expect(draft().read()).toMatchObject(text("of the other tab"));
  });

  it.each(["{", "null", '{"document":7}', "[]", '"x"'])("that is not ours is passed over: %s", (kept) => {
    memory.kept.set("draft:7:post/12", kept);
    expect(aKeeper().found()).toBeNull();
  });
});
