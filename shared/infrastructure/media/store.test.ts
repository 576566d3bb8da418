import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openFakeS3 } from "../../../tests/fake-s3.ts";
import { copyStore, folderStore, type MediaStore, placeOf, sweepIncoming, sweepStore } from "./index.ts";
import { openMediaStore } from "./open-store.ts";
import type { StoredObject } from "./store.ts";

const dir = mkdtempSync(join(tmpdir(), "store-"));
const workDir = mkdtempSync(join(tmpdir(), "store-work-"));
const s3 = await openFakeS3();
const LONG_AGO = new Date("2026-01-01T00:00:00Z");
const put = (store: MediaStore, words: string) => store.put(Readable.from([Buffer.from(words)]), "pdf");
const nameOf = (words: string) => `${createHash("sha256").update(words).digest("hex")}.pdf`;
const keyOf = (name: string) => `pictures/${placeOf(name)}`;

/** A store, its files on their way in, and a hand that reaches behind it. */
interface Kind {
  store: MediaStore;
  incoming: string;
  age(name: string): void;
  /** Something that somebody else put there. */
  drop(path: string): void;
}

const KINDS: readonly (readonly [string, Kind])[] = [
  [
    "a folder",
    {
      store: folderStore(dir),
      incoming: join(dir, ".incoming"),
      age: (name) => utimesSync(join(dir, placeOf(name)), LONG_AGO, LONG_AGO),
      drop: (path) => writeFileSync(join(dir, path), "not stored"),
    },
  ],
  [
    "a bucket",
    {
      store: openMediaStore({ MEDIA_DIR: workDir, ...s3.env }),
      incoming: join(workDir, ".incoming"),
      age: (name) => void s3.kept.set(keyOf(name), { bytes: s3.kept.get(keyOf(name))?.bytes ?? Buffer.of(), at: LONG_AGO }),
      drop: (path) => void s3.kept.set(`pictures/${path}`, { bytes: Buffer.from("not stored"), at: LONG_AGO }),
    },
  ],
];

beforeEach(() => {
  for (const folder of [dir, workDir]) for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  s3.kept.clear();
  s3.asked.length = 0;
  s3.pageSize = 2; // every list has pages
});
afterAll(async () => {
  for (const folder of [dir, workDir]) rmSync(folder, { recursive: true });
  await s3.close();
});

describe.each(KINDS)("%s, as a store", (_kind, { store, incoming, age, drop }) => {
  const listed = async () => {
    const all: StoredObject[] = [];
    for await (const object of store.list()) all.push(object);
    return all;
  };
  const read = async (name: string, part?: { first: number; last: number }) => {
    const opened = await store.open(name, part);
    return opened && [await text(opened.bytes), opened.byteLength];
  };

  it("keeps bytes under their hash, and gives them back", async () => {
    expect(await put(store, "minutes")).toEqual({ sha256: nameOf("minutes").slice(0, 64), byteLength: 7 });
    expect(await read(nameOf("minutes"))).toEqual(["minutes", 7]);
    expect(await store.find(nameOf("minutes"))).toEqual({ byteLength: 7 });
    await store.remove(nameOf("minutes"));
    await store.remove(nameOf("minutes"));
    expect([await store.find(nameOf("minutes")), await read(nameOf("minutes"))]).toEqual([null, null]);
    expect(readdirSync(incoming)).toEqual([]);
  });

  it("gives a part, its ends included, and has none of what is not there", async () => {
    await put(store, "minutes of June");
    expect(await read(nameOf("minutes of June"), { first: 8, last: 9 })).toEqual(["of", 2]);
    expect(await read(nameOf("minutes of July"), { first: 8, last: 9 })).toBeNull();
  });

  it("keeps and gives what is far larger than a stream's buffers", async () => {
    const line = Buffer.alloc(100_000, "flour ");
    const { sha256, byteLength } = await store.put(Readable.from(Array.from({ length: 50 }, () => line)), "mp4");
    const opened = await store.open(`${sha256}.mp4`);
    const hash = createHash("sha256");
    for await (const chunk of opened?.bytes ?? []) hash.update(chunk);
    expect([byteLength, opened?.byteLength, hash.digest("hex")]).toEqual([5_000_000, 5_000_000, sha256]);
  });

  it("leaves nothing of what breaks off on its way", async () => {
    const broken = new Readable({
      read() {
        this.push("half of it");
        this.destroy(new Error("the line went dead"));
      },
    });
    await expect(store.put(broken, "pdf")).rejects.toThrow("the line went dead");
    expect(readdirSync(incoming)).toEqual([]);
    expect(await listed()).toEqual([]);
  });

  it.each(["../../etc/passwd", "", "a.pdf", `${"a".repeat(64)}.pdf/../x`, `${"A".repeat(64)}.pdf`, "%2e%2e/a.pdf"])(
    "has nothing called %j",
    async (name) => {
      drop("a.pdf");
      expect([await store.find(name), await read(name), await read(name, { first: 0, last: 0 })]).toEqual([null, null, null]);
      await store.remove(name);
      expect([...readdirSync(dir), ...s3.kept.keys()].join()).toContain("a.pdf");
    },
  );

  it("lists all of its own, over however many pages, and nothing of others", async () => {
    const words = ["one", "two", "three", "four", "five"];
    for (const each of words) await put(store, each);
    drop("a.pdf");
    drop(`${nameOf("two")}`); // not where it belongs
    expect((await listed()).map(({ name, byteLength }) => `${name} ${byteLength}`).sort()).toEqual(
      words.map((each) => `${nameOf(each)} ${each.length}`).sort(),
    );
  });

  it("has what is put again anew", async () => {
    await put(store, "minutes");
    age(nameOf("minutes"));
    await put(store, "minutes");
    const [found] = await listed();
    expect(found?.storedAt.getTime()).toBeGreaterThan(LONG_AGO.getTime());
  });
});

describe.each(KINDS)("a sweep of %s", (_kind, { store, age }) => {
  const before = new Date("2026-06-01T00:00:00Z");
  const unknown =
    (...words: string[]) =>
    async (names: readonly string[]) =>
      names.filter((name) => words.map(nameOf).includes(name));

  it("removes what is old and unknown, and nothing else", async () => {
    for (const words of ["known", "unknown", "unknown but new"]) await put(store, words);
    for (const words of ["known", "unknown"]) age(nameOf(words));
    expect(await sweepStore(store, before, unknown("unknown", "unknown but new"))).toBe(1);
    const left = await Promise.all(["known", "unknown", "unknown but new"].map((words) => store.find(nameOf(words))));
    expect(left.map(Boolean)).toEqual([true, false, true]);
  });

  it("removes nothing where nothing is known: the database is another one", async () => {
    await put(store, "known elsewhere");
    age(nameOf("known elsewhere"));
    await expect(sweepStore(store, before, async (names) => names)).rejects.toThrow("nothing is swept");
    expect(await store.find(nameOf("known elsewhere"))).not.toBeNull();
  });
});

it("takes away what a process left on its way in, and not what is on its way now", async () => {
  const before = new Date("2026-06-01T00:00:00Z");
  for (const name of ["old", "new"]) mkdirSync(join(dir, ".incoming", name), { recursive: true });
  utimesSync(join(dir, ".incoming", "old"), LONG_AGO, LONG_AGO);
  await sweepIncoming(dir, before);
  expect(readdirSync(join(dir, ".incoming"))).toEqual(["new"]);
  await sweepIncoming(join(dir, "nowhere"), before);
});

describe("a copy from one store to the other", () => {
  const [[, folder], [, bucket]] = KINDS as [[string, Kind], [string, Kind]];
  const silent = () => undefined;

  it("goes on where it was cut off, and says what is damaged instead of copying it", async () => {
    const words = ["one", "two", "three", "four", "five"];
    for (const each of words) await put(folder.store, each);
    writeFileSync(join(dir, placeOf(nameOf("five"))), "fire!");
    s3.disturb("PUT", { status: 403, code: "AccessDenied" });
    await expect(copyStore(folder.store, bucket.store, silent)).rejects.toThrow("AccessDenied");
    await expect.poll(() => s3.kept.size).toBeGreaterThan(0); // what was under way beside it
    const { copied, there, damaged } = await copyStore(folder.store, bucket.store, silent);
    expect([copied + there, damaged]).toEqual([4, [nameOf("five")]]);
    expect(there).toBeGreaterThan(0);
    expect([...s3.kept.keys()].sort()).toEqual(words.slice(0, 4).map(nameOf).map(keyOf).sort());
    expect(await copyStore(folder.store, bucket.store, silent)).toEqual({ copied: 0, there: 4, damaged: [nameOf("five")] });
  });

  it("goes back as well, into a folder that is not there yet", async () => {
    for (const words of ["one", "two", "three"]) await put(bucket.store, words);
    rmSync(dir, { recursive: true });
    expect(await copyStore(bucket.store, folder.store, silent)).toEqual({ copied: 3, there: 0, damaged: [] });
    expect(await folder.store.find(nameOf("two"))).toEqual({ byteLength: 3 });
  });
});
