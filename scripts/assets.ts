import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { globSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const ROOT = join(import.meta.dirname, "..");
const BUILD = join(ROOT, "shared/static/build");
const STALE_AFTER_MS = 24 * 60 * 60 * 1000;
const LARGE_BYTES = 500_000; // from here the best compression takes many seconds, and gains a tenth
const COMPRESSED = new Set([".css", ".js", ".svg"]); // fonts are already
const SANS = "node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght";
const EDITOR_STAMP = "editor.json";
const SCANNED = [
  "{blog,market,cart,events,federation,account}/{bp,templates}/**/*.html",
  "shared/{templates,dev,infrastructure/blueprints}/**/*.html",
];

/** Scripts without a library: the first for every page, the others for those that name them. */
const SCRIPTS = ["site.js", "media.js", "arrange.js", "door.js", "door-worker.js", "live.js", "tickets.js", "tickets-worker.js"];

/** Files that go out as they are, by the name that templates ask for. */
const COPIED: Record<string, string> = {
  "fraunces.woff2": "node_modules/@fontsource-variable/fraunces/files/fraunces-latin-wonk-normal.woff2",
  "source-sans.woff2": `${SANS}-normal.woff2`,
  "source-sans-italic.woff2": `${SANS}-italic.woff2`,
  "htmx.js": "node_modules/htmx.org/dist/htmx.min.js",
  "favicon.svg": "shared/static/images/favicon.svg",
};

// `editor` builds that alone, so that an image can keep it while pages change
if (import.meta.main) await (process.argv[2] === "editor" ? namesOfEditor() : buildAssets());

/**
 * Builds style sheet, scripts and fonts into shared/static/build under names with a hash of their content, and writes manifest.json.
 * Does nothing when no input has changed. Two processes may build at once: each file comes into place by a rename.
 */
export async function buildAssets(): Promise<void> {
  const editor = await namesOfEditor();
  const inputs = await hashOfInputs(editor);
  const stamp = join(BUILD, "inputs.txt");
  if ((await readFile(stamp, "utf8").catch(() => "")) === inputs) return;
  const [css, scripts, passkeys, copied] = await Promise.all([buildCss(), minifyScripts(), bundlePasskeys(), copyFiles()]);
  // fonts are named in the style sheet by their plain names
  const linked = Object.entries(copied).reduce((text, [name, hashed]) => text.replaceAll(`url(${name})`, `url(${hashed})`), css);
  const built = { "main.css": linked, ...scripts, "passkeys.js": passkeys };
  const names = await Promise.all(Object.entries(built).map(async ([name, content]) => [name, await put(name, content)] as const));
  const manifest = { ...Object.fromEntries(names), ...copied, ...editor };
  await replace("manifest.json", `${JSON.stringify(manifest, null, 2)}\n`);
  await replace("inputs.txt", inputs);
  await removeStale(Object.values(manifest));
}

/** The editor is larger than all the rest and seldom changes: it is built by itself, when something of its own has changed. */
async function namesOfEditor(): Promise<Record<string, string>> {
  await mkdir(BUILD, { recursive: true });
  const sources = globSync(["shared/editor/*.{ts,css,json}", "shared/infrastructure/light-markup.ts"], {
    cwd: ROOT,
    exclude: ["**/*.test.ts"],
  });
  const packages = ["@tryghost/koenig-lexical", "lexical", "react", "react-dom"].map(
    (name) => `shared/editor/node_modules/${name}/package.json`,
  );
  const inputs = await hashOf([...sources.sort(), ...packages]);
  const built = await readFile(join(BUILD, EDITOR_STAMP), "utf8").then(
    (text): { inputs: string; names: Record<string, string> } => JSON.parse(text),
    () => null,
  );
  if (built?.inputs === inputs) return built.names;
  const { buildEditor, buildLightEditor } = await import("../shared/editor/build.ts");
  const [{ script, css }, light] = await Promise.all([buildEditor(), buildLightEditor()]);
  const names = {
    ...{ "editor.js": await put("editor.js", script), "editor.css": await put("editor.css", css) },
    "light-editor.js": await put("light-editor.js", light),
  };
  await replace(EDITOR_STAMP, JSON.stringify({ inputs, names }));
  return names;
}

/** One hash over this script and everything it reads. Paths count too: a deleted template changes the style sheet. */
async function hashOfInputs(editor: Record<string, string>): Promise<string> {
  const sources = globSync(["scripts/assets.ts", "shared/static/{css,js,images}/**/*.*", ...SCANNED], { cwd: ROOT });
  const versions = ["tailwindcss", "htmx.org", "@fontsource-variable/fraunces", "@fontsource-variable/source-sans-3"];
  const packages = [...versions.map((name) => `node_modules/${name}`), "shared/node_modules/@simplewebauthn/browser"];
  const files = [...sources.sort(), ...packages.map((folder) => `${folder}/package.json`)];
  return `${await hashOf(files)} ${Object.values(editor).join(" ")}`;
}

async function hashOf(files: readonly string[]): Promise<string> {
  const contents = await Promise.all(files.map((file) => readFile(join(ROOT, file))));
  const hash = createHash("sha256");
  for (const [index, file] of files.entries()) hash.update(`${file}\0`).update(contents[index] ?? "");
  return hash.digest("hex");
}

async function buildCss(): Promise<string> {
  const cli = join(ROOT, "node_modules/@tailwindcss/cli/dist/index.mjs");
  const output = join(BUILD, `tailwind-${process.pid}.tmp`);
  await promisify(execFile)(process.execPath, [cli, "--input", "shared/static/css/main.css", "--output", output, "--minify"], {
    cwd: ROOT,
  });
  const css = await readFile(output, "utf8");
  await rm(output);
  return css;
}

async function minifyScripts(): Promise<Record<string, string>> {
  const { minify } = await import("vite"); // late: it takes a third of a second, and mostly nothing has changed
  const minified = SCRIPTS.map(async (name) => {
    const source = await readFile(join(ROOT, "shared/static/js", name), "utf8");
    return [name, (await minify(name, source, { module: true })).code] as const;
  });
  return Object.fromEntries(await Promise.all(minified));
}

/** The one script with a library in it: bundled into one file, for the few pages that name it. */
async function bundlePasskeys(): Promise<string> {
  const { build } = await import("vite");
  const input = join(ROOT, "shared/static/js/passkeys.js");
  const result = await build({
    root: ROOT,
    configFile: false,
    logLevel: "silent",
    build: { write: false, modulePreload: false, rollupOptions: { input, preserveEntrySignatures: false } },
  });
  const [chunk] = [result].flat().flatMap((one) => ("output" in one ? one.output : []));
  if (chunk?.type !== "chunk") throw new Error("passkeys.js was not bundled");
  return chunk.code;
}

async function copyFiles(): Promise<Record<string, string>> {
  const named = Object.entries(COPIED).map(async ([name, path]) => [name, await put(name, await readFile(join(ROOT, path)))]);
  return Object.fromEntries(await Promise.all(named));
}

/** Writes the content under its hashed name, and returns that name. */
async function put(name: string, content: string | Buffer): Promise<string> {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const extension = extname(name);
  const hashed = `${basename(name, extension)}.${hash}${extension}`;
  await Promise.all([replace(hashed, content), ...(COMPRESSED.has(extension) ? [compress(hashed, content)] : [])]);
  return hashed;
}

/** Beside the file, as the static file server looks for them. */
async function compress(name: string, content: string | Buffer): Promise<void> {
  const quality = content.length > LARGE_BYTES ? 9 : constants.BROTLI_MAX_QUALITY;
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality };
  const [br, gz] = await Promise.all([promisify(brotliCompress)(content, { params }), promisify(gzip)(content)]);
  await Promise.all([replace(`${name}.br`, br), replace(`${name}.gz`, gz)]);
}

async function replace(name: string, content: string | Buffer): Promise<void> {
  const temporary = join(BUILD, `${name}-${process.pid}.tmp`);
  await writeFile(temporary, content);
  await rename(temporary, join(BUILD, name));
}

/** Yesterday's files go; newer ones stay, since a running site may still name them. */
async function removeStale(current: string[]): Promise<void> {
  const kept = new Set([...current.flatMap((name) => [name, `${name}.br`, `${name}.gz`]), "manifest.json", "inputs.txt", EDITOR_STAMP]);
  for (const name of await readdir(BUILD)) {
    if (kept.has(name)) continue;
    const info = await stat(join(BUILD, name)).catch(() => null); // null: another build removed it
    if (info && Date.now() - info.mtimeMs > STALE_AFTER_MS) await rm(join(BUILD, name), { force: true });
  }
}
