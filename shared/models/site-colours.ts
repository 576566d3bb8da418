/** The two colours that stewards choose, each for light and for dark, as "#rrggbb": what acts, and what all stands on. */
export interface SiteColours {
  readonly accentLight: string;
  readonly accentDark: string;
  readonly paperLight: string;
  readonly paperDark: string;
}

export type Scheme = "light" | "dark";

/** As tokens.css has them; a test holds the two together. */
export const OWN_COLOURS: SiteColours = { accentLight: "#a62b50", accentDark: "#e6869d", paperLight: "#f8f2e7", paperDark: "#1d1a18" };

/** What stewards can't choose, and what has to be read on their paper. */
export const FIXED: Readonly<Record<Scheme, Readonly<Record<"ink" | "ink-soft" | "leaf" | "amber" | "brick" | "control", string>>>> = {
  light: { ink: "#2c2522", "ink-soft": "#645a52", leaf: "#3f6a37", amber: "#865200", brick: "#9a3517", control: "#8a7d6f" },
  dark: { ink: "#f1e9dd", "ink-soft": "#b9ad9f", leaf: "#a2c98d", amber: "#ebba69", brick: "#ea8e6d", control: "#8b8075" },
};

type Token =
  | ("surface" | "surface-raised" | "surface-sunk" | "line")
  | ("rose" | "rose-strong" | "rose-ink" | "rose-tint" | "awning" | "awning-ink");

/** A pair that can't be read. ratio: theirs; least: what WCAG 2.2 wants, AA: 4.5 for text (1.4.3), 3 for edges of controls (1.4.11). */
export interface ColourFault {
  readonly scheme: Scheme;
  readonly field: keyof SiteColours;
  readonly words: string;
  readonly ratio: number;
  readonly least: number;
}

/** The colours of the style sheet that follow from the chosen ones, in one scheme. */
export function tokensOf(colours: SiteColours, scheme: Scheme): Readonly<Record<Token, string>> {
  const isLight = scheme === "light";
  const paper = isLight ? colours.paperLight : colours.paperDark;
  const accent = isLight ? colours.accentLight : colours.accentDark;
  const strong = isLight ? mix(accent, "#000000", 0.2) : mix(accent, "#ffffff", 0.3);
  const awning = isLight ? accent : mix(accent, "#000000", 0.4);
  return {
    surface: paper,
    "surface-raised": mix(paper, "#ffffff", isLight ? 0.65 : 0.05),
    "surface-sunk": mix(paper, "#000000", isLight ? 0.05 : 0.25),
    line: mix(paper, isLight ? "#000000" : "#ffffff", isLight ? 0.12 : 0.18),
    rose: accent,
    "rose-strong": strong,
    "rose-ink": inkOn([accent, strong]),
    "rose-tint": mix(paper, accent, isLight ? 0.1 : 0.18),
    awning,
    "awning-ink": inkOn([awning]),
  };
}

/** Everything that can't be read with these colours; none: they can be taken. */
export function faultsOfColours(colours: SiteColours): readonly ColourFault[] {
  return (["light", "dark"] as const).flatMap((scheme) => faultsIn(colours, scheme));
}

/** The nearest colour to `field`'s with which nothing is unreadable any more, darker or lighter; null: there is none. */
export function nearestReadable(colours: SiteColours, field: keyof SiteColours): string | null {
  const scheme: Scheme = field.endsWith("Light") ? "light" : "dark";
  for (let step = 1; step <= 40; step++)
    for (const towards of ["#000000", "#ffffff"]) {
      const tried = mix(colours[field], towards, step / 40);
      if (faultsIn({ ...colours, [field]: tried }, scheme).length === 0) return tried;
    }
  return null;
}

function faultsIn(colours: SiteColours, scheme: Scheme): ColourFault[] {
  const tokens = tokensOf(colours, scheme);
  const fixed = FIXED[scheme];
  const [accent, paper] = scheme === "light" ? (["accentLight", "paperLight"] as const) : (["accentDark", "paperDark"] as const);
  const surfaces = [tokens.surface, tokens["surface-raised"], tokens["surface-sunk"]];
  const worst = (ink: string, grounds: readonly string[]) => Math.min(...grounds.map((ground) => contrast(ink, ground)));
  const inks = (["ink", "ink-soft", "leaf", "amber", "brick"] as const).map((name) => fixed[name]);
  const checks: readonly Omit<ColourFault, "scheme">[] = [
    { field: accent, words: "Links on the paper", ratio: worst(tokens.rose, [...surfaces, tokens["rose-tint"]]), least: 4.5 },
    { field: accent, words: "Words on a button", ratio: worst(tokens["rose-ink"], [tokens.rose, tokens["rose-strong"]]), least: 4.5 },
    { field: accent, words: "Words on a tinted box", ratio: contrast(fixed.ink, tokens["rose-tint"]), least: 4.5 },
    { field: accent, words: "Words on the awning", ratio: contrast(tokens["awning-ink"], tokens.awning), least: 4.5 },
    { field: paper, words: "Text on the paper", ratio: Math.min(...inks.map((ink) => worst(ink, surfaces))), least: 4.5 },
    { field: paper, words: "Text on a line", ratio: contrast(fixed.ink, tokens.line), least: 4.5 },
    { field: paper, words: "Edges of fields and buttons", ratio: worst(fixed.control, surfaces), least: 3 },
  ];
  return checks.filter(({ ratio, least }) => ratio < least).map((fault) => ({ scheme, ...fault }));
}

/** WCAG 2.2: (lighter + 0.05) / (darker + 0.05). */
export function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

/** What reads best on all of them, of paper and ink. */
function inkOn(grounds: readonly string[]): string {
  const worst = (ink: string) => Math.min(...grounds.map((ground) => contrast(ink, ground)));
  const [best = "#ffffff"] = ["#fff8f5", "#2c0f18", "#ffffff", "#000000"].toSorted((a, b) => worst(b) - worst(a));
  return worst("#fff8f5") >= 4.5 ? "#fff8f5" : worst("#2c0f18") >= 4.5 ? "#2c0f18" : best;
}

function channels(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = channels(hex)
    .map((value) => value / 255)
    .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function mix(from: string, to: string, share: number): string {
  const [a, b] = [channels(from), channels(to)];
  return `#${a
    .map((value, at) =>
      Math.round(value + ((b[at] ?? 0) - value) * share)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}
