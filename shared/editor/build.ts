import { join } from "node:path";
import { build } from "vite";

/** As much of PostCSS as is used here. */
interface Declaration {
  value: string;
  source?: { input: { file?: string } };
}
interface Sheet {
  walkDecls(change: (declaration: Declaration) => void): void;
}

/** Koenig was drawn for pages whose root letter is 10 px; on ours it is the browser's own, 16 px unless somebody chose another. */
const remOfOurs = {
  postcssPlugin: "rem-of-ours",
  Once: (sheet: Sheet) =>
    sheet.walkDecls((declaration) => {
      if (!declaration.source?.input.file?.includes("koenig-lexical")) return;
      const inOurs = (_rem: string, size: string) => `${Number((Number(size) * 0.625).toFixed(4))}rem`;
      declaration.value = declaration.value.replaceAll(/(\d*\.?\d+)rem\b/g, inOurs);
    }),
};

/** The markdown card's editor would fetch icons and a dictionary from other hosts. It takes no option through Koenig: its code is told here. */
const QUIET: [string, string][] = [
  ["e.autoDownloadFontAwesome === !1 && (t = !1)", "(t = !1)"],
  ["t.spellChecker === !1 ?", "!0 ?"],
];

/** A new version of Koenig in which the words are others stops the build. */
const askNobodyElse = {
  name: "ask-nobody-else",
  transform(code: string, id: string): string | null {
    if (!id.endsWith("/koenig-lexical.js")) return null;
    return QUIET.reduce((text, [words, instead]) => {
      if (!text.includes(words)) throw new Error(`Koenig has no “${words}” any more`);
      return text.replace(words, instead);
    }, code);
  },
};

/** The light editor as one script, for the forms that have a text of some paragraphs. */
export async function buildLightEditor(): Promise<string> {
  const result = await build({
    root: import.meta.dirname,
    configFile: false,
    logLevel: "silent",
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      write: false,
      modulePreload: false,
      rollupOptions: { input: join(import.meta.dirname, "light-editor.ts"), output: { codeSplitting: false } },
    },
  });
  const files = [result].flat().flatMap((one) => ("output" in one ? one.output : []));
  const [script] = files;
  if (files.length !== 1 || script?.type !== "chunk") throw new Error(`the light editor came to ${files.length} files`);
  return script.code;
}

/** The editor as one script and one style sheet, for the edit route alone. */
export async function buildEditor(): Promise<{ script: string; css: string }> {
  const result = await build({
    root: import.meta.dirname,
    configFile: false,
    logLevel: "silent",
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [askNobodyElse],
    css: { postcss: { plugins: [remOfOurs] } },
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
