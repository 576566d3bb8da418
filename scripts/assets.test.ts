import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { buildAssets } from "./assets.ts";

const BUILD = join(import.meta.dirname, "../shared/static/build");
const read = (name: string) => readFileSync(join(BUILD, name), "utf8");
const readManifest = (): Record<string, string> => JSON.parse(read("manifest.json"));

describe("the built assets", () => {
  beforeAll(buildAssets);

  it("are there, each under the name that the manifest gives", () => {
    const manifest = readManifest();
    const names = [
      "arrange.js",
      "door-worker.js",
      "door.js",
      "editor.css",
      "editor.js",
      "favicon.svg",
      "fraunces.woff2",
      "htmx.js",
      "light-editor.js",
      "live.js",
      "main.css",
      "media.js",
      "passkeys.js",
      "site.js",
      "source-sans-italic.woff2",
      "source-sans.woff2",
      "tickets-worker.js",
      "tickets.js",
    ];
    expect(Object.keys(manifest).sort()).toEqual(names);
    for (const name of names) expect(statSync(join(BUILD, manifest[name] ?? "")).size).toBeGreaterThan(0);
  });

  it("name the hashed fonts in the style sheet", () => {
    const manifest = readManifest();
    expect(read(manifest["main.css"] ?? "")).toContain(`url(${manifest["fraunces.woff2"]})`);
  });

  it("hold the components and the utilities that templates name, and no inline data from elsewhere", () => {
    const css = read(readManifest()["main.css"] ?? "");
    expect(css).toContain(".product-card");
    expect(css).toContain(".tablet\\:grid-cols-4");
    expect(css).not.toMatch(/https?:\/\/(?!tailwindcss)/);
  });

  it("stay as they are when nothing has changed, also when two ask at once", async () => {
    const before = statSync(join(BUILD, "manifest.json")).mtimeMs;
    await Promise.all([buildAssets(), buildAssets()]);
    expect(statSync(join(BUILD, "manifest.json")).mtimeMs).toBe(before);
    expect(readdirSync(BUILD).filter((name) => name.includes(`-${process.pid}.tmp`))).toEqual([]);
  });
});
