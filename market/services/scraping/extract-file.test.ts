import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { extractFile } from "./extract-file.ts";

const PAGE = `<h1>Rye flour</h1><p class="price">£2.40</p><p>SKU: RYE-1</p>`;
const URL_OF_PAGE = "https://mill.example/rye";
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pages-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(name: string, bytes: string | Uint8Array, ...more: string[]): Promise<Record<string, unknown>> {
  await writeFile(join(folder, name), bytes);
  return JSON.parse(await extractFile([join(folder, name), "--url", URL_OF_PAGE, ...more]));
}

/** Bytes, of a process that does nothing else. */
function mostMemoryFor(name: string): number {
  const work = `import { extractFile } from ${JSON.stringify(join(import.meta.dirname, "extract-file.ts"))};
    await extractFile([${JSON.stringify(join(folder, name))}, "--url", "${URL_OF_PAGE}"]);
    process.stdout.write(String(process.resourceUsage().maxRSS * 1024));`;
  return Number(execFileSync(process.execPath, ["--input-type=module", "--eval", work]));
}

describe("npm run market -- extract", () => {
  it("prints the product of a file, gzipped or not", async () => {
    const wanted = { name: "Rye flour", price: "2.40", currency: "GBP", sku: "RYE-1", availability: "InStock" };
    expect(await read("page.html", PAGE)).toMatchObject(wanted);
    expect(await read("page.html.gz", gzipSync(PAGE))).toMatchObject(wanted);
  });

  it("takes a supplier's rules and the header's charset", async () => {
    await writeFile(join(folder, "rules.json"), JSON.stringify({ sku: "h1" }));
    expect(
      await read(
        "page.html",
        Buffer.from("<h1>M\xfcsli 7</h1>", "latin1"),
        "--rules",
        join(folder, "rules.json"),
        "--content-type",
        "text/html; charset=latin1",
      ),
    ).toMatchObject({ sku: "Müsli 7" });
  });

  it("unpacks no more of a bomb than of a long page", async () => {
    const [page, bomb] = [Buffer.alloc(100_000_000, " "), gzipSync(Buffer.alloc(400_000_000, " "))];
    expect((await read("bomb.gz", bomb))["doubts"]).toEqual(["page-cut"]);
    expect((await read("long.html", page))["doubts"]).toEqual(["page-cut"]);
    expect(mostMemoryFor("bomb.gz") / mostMemoryFor("long.html")).toBeLessThan(1.3);
  }, 30_000);

  it("says what is wrong in a sentence", async () => {
    await expect(extractFile(["--url", URL_OF_PAGE])).rejects.toThrow("name one file");
    await expect(extractFile([join(folder, "page.html")])).rejects.toThrow("--url is missing");
    await expect(extractFile([join(folder, "page.html"), "--url", "file:///x"])).rejects.toThrow("no http address");
    await expect(extractFile([join(folder, "none.html"), "--url", URL_OF_PAGE])).rejects.toThrow("ENOENT");
    await expect(read("cut.gz", gzipSync(PAGE).subarray(0, 30))).rejects.toThrow("is not whole");
  });
});
