import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

type Colours = Map<string, string>;
const SCHEMES = ["light", "dark"] as const;
const SURFACES = ["surface", "surface-raised", "surface-sunk"];
const TONES = ["rose", "leaf", "amber", "brick"];
const css = readFileSync(join(import.meta.dirname, "css/tokens.css"), "utf8");

/** Text and what it stands on. */
const TEXT: [string, string][] = [
  ...SURFACES.flatMap((surface): [string, string][] => ["ink", "ink-soft", ...TONES].map((ink) => [ink, surface])),
  ...TONES.flatMap((tone): [string, string][] => [
    [`${tone}-ink`, tone],
    [tone, `${tone}-tint`],
    ["ink", `${tone}-tint`],
  ]),
  ["rose-ink", "rose-strong"],
  ["awning-ink", "awning"],
  ["ink", "line"],
  ["surface", "ink"],
  ["surface-raised", "ink-soft"],
];
const CONTROLS = SURFACES.map((surface): [string, string] => ["control", surface]);

describe.each(SCHEMES)("the %s colours", (scheme) => {
  const colours = readColours(scheme);

  it.each(TEXT)("%s on %s reads: at least 4.5:1", (ink, ground) => {
    expect(contrast(colours, ink, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(CONTROLS)("%s on %s shows: at least 3:1", (edge, ground) => {
    expect(contrast(colours, edge, ground)).toBeGreaterThanOrEqual(3);
  });
});

function readColours(scheme: (typeof SCHEMES)[number]): Colours {
  const found = css.matchAll(/--color-([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g);
  return new Map([...found].map(([, name = "", light = "", dark = ""]) => [name, scheme === "light" ? light : dark]));
}

/** WCAG 2.2: (lighter + 0.05) / (darker + 0.05). */
function contrast(colours: Colours, one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(colours.get(one)), luminance(colours.get(other))].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(hex: string | undefined): number {
  if (hex === undefined) throw new Error("no such colour in tokens.css");
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
