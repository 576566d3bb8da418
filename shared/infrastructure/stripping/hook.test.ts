import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { STRIPPED } from "./index.ts";

const { strippedPath }: { strippedPath(path: string): string } = await import(join(import.meta.dirname, "stripped-path.js"));
const folder = mkdtempSync(join(tmpdir(), "rose-ash-stripping-"));
const file = join(folder, "bread.ts");
const stripped = strippedPath(file);
afterAll(() => {
  for (const path of [folder, dirname(stripped)]) rmSync(path, { recursive: true });
});

describe("a process that finds its files stripped", () => {
  it("takes what is kept while it is as old as its source, and the source when somebody wrote it anew", () => {
    writeFileSync(file, 'export const said: string = "source";');
    mkdirSync(dirname(stripped), { recursive: true });
    writeFileSync(stripped, 'export const said = "kept";');
    for (const path of [file, stripped]) utimesSync(path, 1_700_000_000.123, 1_700_000_000.123);
    expect(saidBy(file)).toBe("kept");
    utimesSync(file, 1_700_000_001, 1_700_000_001);
    expect(saidBy(file)).toBe("source");
  });

  it("needs nothing else: each file of ours is kept by strip.js", () => {
    execFileSync(process.execPath, [join(import.meta.dirname, "strip.js")], { stdio: "ignore" });
    const models = join(import.meta.dirname, "../../models/apps.ts");
    const code = `const { APPS } = await import(${JSON.stringify(models)}); process.stdout.write(APPS.join());`;
    const argv = ["--no-strip-types", ...STRIPPED, "--input-type=module", "-e", code];
    expect(execFileSync(process.execPath, argv, { encoding: "utf8" })).toBe("blog,market,cart,events,federation,account");
  });
});

function saidBy(path: string): string {
  const code = `const { said } = await import(${JSON.stringify(path)}); process.stdout.write(said);`;
  return execFileSync(process.execPath, [...STRIPPED, "--input-type=module", "-e", code], { encoding: "utf8" });
}
