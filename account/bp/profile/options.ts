import type { SiteConfig } from "@rose-ash/shared/infrastructure/config.ts";
import { ALLERGENS } from "@rose-ash/shared/models/market.ts";
import { DIETS } from "@rose-ash/shared/models/members.ts";

interface Option {
  readonly value: string;
  readonly label: string;
}

/** What members may say that they write in: the same that the form of a post offers. */
const LANGUAGES = ["en", "cy", "de", "es", "fr", "it", "nl", "pl", "pt", "uk"];
const ZONES: readonly string[] = ["UTC", ...Intl.supportedValuesOf("timeZone")];

export const isLanguage = (tag: string): boolean => LANGUAGES.includes(tag);
export const isTimeZone = (name: string): boolean => ZONES.includes(name);

/** The lists that the form offers. */
export function optionsOf({ locale, timeZone }: SiteConfig): Record<"languages" | "zones" | "diets" | "allergens", readonly Option[]> {
  const inWords = new Intl.DisplayNames([locale], { type: "language", fallback: "code" });
  const own = (tag: string) => new Intl.DisplayNames([tag], { type: "language", fallback: "code" }).of(tag) ?? tag;
  const wordsOf = (tag: string) => (own(tag) === inWords.of(tag) ? own(tag) : `${inWords.of(tag)} (${own(tag)})`);
  const plain = (value: string) => ({ value, label: value.replaceAll("-", " ").replace(/^./, (first) => first.toUpperCase()) });
  return {
    languages: [{ value: "", label: "Not said" }, ...LANGUAGES.map((value) => ({ value, label: wordsOf(value) }))],
    zones: [
      { value: "", label: `As the co-operative: ${timeZone.replaceAll("_", " ")}` },
      ...ZONES.map((value) => ({ value, label: value.replaceAll("_", " ") })),
    ],
    diets: DIETS.map((value) => ({ value, label: value.replace(/^./, (first) => first.toUpperCase()) })),
    allergens: ALLERGENS.map(plain),
  };
}
