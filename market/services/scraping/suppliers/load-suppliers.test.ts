import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadSuppliers, readSupplier } from "./load-suppliers.ts";
import { fitsPattern } from "./url-pattern.ts";

const GOOD = `supplier: green-lane
name: Green Lane
start: ["https://shop.green-lane.example/groceries"]
product: { pages: ["/products/*"] }
`;
const read = (text: string) => readSupplier("green-lane.yaml", text);

describe("a supplier's file", () => {
  it("needs four lines; for the rest there is what a guest would do", () => {
    expect(read(GOOD)).toMatchObject({
      supplier: "green-lane",
      rate: { delaySeconds: 2, jitterSeconds: 1 },
      limits: { pages: 10_000, pageMegabytes: 6 },
      accept: { pricePercent: 0, fields: [], mostMissingPercent: 50, mostRisePercent: 50, mostFallPercent: 50 },
      file: "green-lane.yaml",
    });
  });

  it("has another digest when it says something else, and the same when it is only written otherwise", () => {
    const digestOf = (text: string) => (read(text) as { digest: string }).digest;
    expect(digestOf(`# a note\n${GOOD}hosts: []\n`)).toBe(digestOf(GOOD));
    expect(digestOf(`${GOOD}rate: { delaySeconds: 3 }\n`)).not.toBe(digestOf(GOOD));
  });

  it.each([
    ["supplier: Green Lane", "supplier: is no short name: small letters, digits and hyphens, as green-lane"],
    ["start: [ftp://shop.example/]", "start[1]: is no http address, as https://shop.example/groceries"],
    ["start: []", "start: names no page to begin with"],
    [
      "product: { pages: [products] }",
      "product.pages[1]: is no pattern of addresses: it begins with /, * stands for a part, ** for anything",
    ],
    ["product: { pages: ['/p/*'], selectors: { price: '..' } }", "product.selectors.price: "],
    ["schedule: often", 'schedule: is no time as cron writes it, in UTC, as "0 4 * * 1-5"'],
    ["schedule: 0 24 * * *", "schedule: is no time as cron writes it"],
    ["rate: { delaySeconds: fast }", "rate.delaySeconds: "],
    ["limits: { pages: -1 }", "limits.pages: "],
    ["accept: { pricePercents: 5 }", "accept: "],
    ["hosts: [https://shop.example]", "hosts[1]: is no name of a host, as shop.example"],
    ["rates: 3", "the file: "],
  ])("with the line %s is one sentence: %s", (line, words) => {
    const [key = ""] = line.split(":");
    const others = GOOD.split("\n").filter((one) => !one.startsWith(`${key}:`));
    const said = read([...others, line].join("\n"));
    expect(said).toEqual(expect.stringContaining(`green-lane.yaml: ${words}`));
    expect(String(said)).not.toContain("\n");
  });

  it.each([
    ["name: [x", "is no YAML"],
    [`${GOOD}name: again`, "is no YAML"],
    ["", "the file"],
    ["- a list", "the file"],
    [`a: &a [x, x]\n${Array.from({ length: 60 }, (_, n) => `b${n}: [*a, *a]`).join("\n")}`, "its aliases make too much of it"],
    ["supplier: &a [*a]", "supplier: "],
    ["__proto__: { supplier: green-lane }", "supplier: "],
    [`supplier: ${"[".repeat(20_000)}`, "is no YAML"],
    [`x: &x 1\n${Array.from({ length: 6000 }, (_, n) => `k${n}: *x`).join("\n")}`, "longer than"],
  ])("that is none is one sentence, too", (text, words) => {
    expect(read(text)).toEqual(expect.stringContaining(words));
  });
});

describe("a folder of them", () => {
  it("gives those that are right, and a sentence for each that is wrong, doubled or away", () => {
    const folder = mkdtempSync(join(tmpdir(), "rose-ash-files-"));
    writeFileSync(join(folder, "a.yaml"), GOOD);
    writeFileSync(join(folder, "b.yml"), GOOD);
    writeFileSync(join(folder, "c.yaml"), "supplier: 7");
    writeFileSync(join(folder, "notes.txt"), "no supplier");
    const { suppliers, faults } = loadSuppliers(folder);
    expect(suppliers.map(({ file }) => file)).toEqual([join(folder, "a.yaml")]);
    expect(faults).toEqual([
      `${join(folder, "b.yml")}: supplier: green-lane is in ${join(folder, "a.yaml")} already; expected a name of its own`,
      expect.stringContaining("c.yaml: supplier: "),
    ]);
    rmSync(folder, { recursive: true });
    expect(loadSuppliers(folder).faults).toEqual([
      `${folder}: is no folder that can be read; SUPPLIERS_DIR names the folder of suppliers' files`,
    ]);
  });

  it("is right as it comes with the shop", () => {
    expect(loadSuppliers(join(import.meta.dirname, "../../../config/suppliers")).faults).toEqual([]);
  });
});

describe("a pattern of addresses", () => {
  it.each<[string, string, boolean]>([
    ["/products/*", "/products/rye", true],
    ["/products/*", "/products/rye/", true],
    ["/products/*", "/products/rye/reviews", false],
    ["/products/*", "/products/rye?colour=dark", true],
    ["/shop/**/p/*", "/shop/flour/rye/p/7", true],
    ["/list?page=*", "/list?page=2", true],
    ["/list?page=*", "/list", false],
    ["/a.b/(c)", "/axb/(c)", false],
  ])("%s means %s: %s", (pattern, path, fits) => {
    expect(fitsPattern(pattern, new URL(path, "https://shop.example"))).toBe(fits);
  });

  it("costs no time, whatever it is held against", () => {
    const began = performance.now();
    expect(fitsPattern("/**a**a**a**a**b", new URL(`https://shop.example/${"a".repeat(1900)}`))).toBe(false);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
