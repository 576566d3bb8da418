import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { folderStore, sweepIncoming, sweepStore } from "./index.ts";

const dir = mkdtempSync(join(tmpdir(), "store-"));
const store = folderStore(dir);
const LONG_AGO = new Date("2026-01-01T00:00:00Z");
const put = (words: string) => store.put(Readable.from([Buffer.from(words)]), "pdf");
const nameOf = (words: string) => `${createHash("sha256").update(words).digest("hex")}.pdf`;
const pathOf = (name: string) => join(dir, name.slice(0, 2), name);

async function listed() {
  const all = [];
  for await (const one of store.list()) all.push(one);
  return all;
}

beforeEach(() => {
  for (const name of readdirSync(dir)) rmSync(join(dir, name), { recursive: true });
});
afterAll(() => rmSync(dir, { recursive: true }));

describe("the folder store", () => {
  it("keeps bytes under their hash, and gives them back", async () => {
    expect(await put("minutes")).toEqual({ sha256: nameOf("minutes").slice(0, 64), byteLength: 7 });
    const opened = await store.open(nameOf("minutes"));
    expect(opened && (await text(opened))).toBe("minutes");
    expect(await store.has(nameOf("minutes"))).toBe(true);
    await store.remove(nameOf("minutes"));
    await store.remove(nameOf("minutes"));
    expect([await store.has(nameOf("minutes")), await store.open(nameOf("minutes"))]).toEqual([false, null]);
  });

  it("leaves nothing of what breaks off on its way", async () => {
    const broken = new Readable({
      read() {
        this.push("half of it");
        this.destroy(new Error("the line went dead"));
      },
    });
    await expect(store.put(broken, "pdf")).rejects.toThrow("the line went dead");
    expect(readdirSync(join(dir, ".incoming"))).toEqual([]);
    expect(await listed()).toEqual([]);
  });

  it.each(["../../etc/passwd", "", "a.pdf", `${"a".repeat(64)}.pdf/../x`, `${"A".repeat(64)}.pdf`])(
    "has nothing called %j",
    async (name) => {
      writeFileSync(join(dir, "a.pdf"), "not stored");
      expect([await store.has(name), await store.open(name)]).toEqual([false, null]);
      await store.remove(name);
      expect(readdirSync(dir)).toContain("a.pdf");
    },
  );

  it("has what is put again anew", async () => {
    await put("minutes");
    utimesSync(pathOf(nameOf("minutes")), LONG_AGO, LONG_AGO);
    await put("minutes");
    const [found] = await listed();
    expect(found?.storedAt.getTime()).toBeGreaterThan(LONG_AGO.getTime());
  });
});

describe("a sweep", () => {
  const before = new Date("2026-06-01T00:00:00Z");
  const unknown =
    (...words: string[]) =>
    async (names: readonly string[]) =>
      names.filter((name) => words.map(nameOf).includes(name));

  it("removes what is old and unknown, and nothing else", async () => {
    for (const words of ["known", "unknown", "unknown but new"]) await put(words);
    for (const words of ["known", "unknown"]) utimesSync(pathOf(nameOf(words)), LONG_AGO, LONG_AGO);
    expect(await sweepStore(store, before, unknown("unknown", "unknown but new"))).toBe(1);
    expect(await Promise.all(["known", "unknown", "unknown but new"].map((words) => store.has(nameOf(words))))).toEqual([
      true,
      false,
      true,
    ]);
  });

  it("removes nothing where nothing is known: the database is another one", async () => {
    await put("known elsewhere");
    utimesSync(pathOf(nameOf("known elsewhere")), LONG_AGO, LONG_AGO);
    await expect(sweepStore(store, before, async (names) => names)).rejects.toThrow("nothing is swept");
    expect(await store.has(nameOf("known elsewhere"))).toBe(true);
  });

  it("takes away what a process left on its way in, and not what is on its way now", async () => {
    for (const name of ["old", "new"]) mkdirSync(join(dir, ".incoming", name), { recursive: true });
    utimesSync(join(dir, ".incoming", "old"), LONG_AGO, LONG_AGO);
    await sweepIncoming(dir, before);
    expect(readdirSync(join(dir, ".incoming"))).toEqual(["new"]);
    await sweepIncoming(join(dir, "nowhere"), before);
  });
});
