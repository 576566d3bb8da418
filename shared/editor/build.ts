import { join } from "node:path";
import { build } from "vite";

/** The editor as one script and one style sheet, for the edit route alone. */
export async function buildEditor(): Promise<{ script: string; css: string }> {
  const result = await build({
    root: import.meta.dirname,
    configFile: false,
    logLevel: "silent",
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      write: false,
      modulePreload: false,
      cssCodeSplit: false,
      assetsInlineLimit: 0,
      rollupOptions: { input: join(import.meta.dirname, "editor.ts"), output: { codeSplitting: false } },
    },
  });
  const files = [result].flat().flatMap((one) => ("output" in one ? one.output : []));
  const script = files.find((file) => file.type === "chunk");
  const css = files.find((file) => file.fileName.endsWith(".css"));
  if (files.length !== 2 || script?.type !== "chunk" || css?.type !== "asset") {
    throw new Error(`the editor came to ${files.map(({ fileName }) => fileName).join(", ")}`);
  }
  return { script: script.code, css: String(css.source) };
}
