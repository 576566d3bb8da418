import { createHash } from "node:crypto";
import { type SiteColours, tokensOf } from "../../models/site-colours.ts";

/** A style sheet of its own, named by its content. */
export interface Sheet {
  readonly path: string;
  readonly css: string;
  /** In its quotes. */
  readonly etag: string;
}

/** The tokens that follow from the colours; what stands in no layer goes before what does. */
export function sheetOf(colours: SiteColours): Sheet {
  const [light, dark] = [tokensOf(colours, "light"), tokensOf(colours, "dark")];
  const lines = Object.entries(light).map(
    ([name, value]) => `  --color-${name}: light-dark(${value}, ${dark[name as keyof typeof dark]});`,
  );
  const css = `:root {\n${lines.join("\n")}\n}\n`;
  const hash = createHash("sha256").update(css).digest("base64url").slice(0, 16);
  return { path: `/static/site/${hash}.css`, css, etag: `"${hash}"` };
}
