import { DEFAULT_NODES } from "@tryghost/koenig-lexical";

/** Cards about Ghost's members and mails, which this site has not: what came with one keeps it, and nobody makes a new one. */
const NOT_OFFERED = new Set(["signup", "email", "email-cta", "paywall", "call-to-action", "transistor", "header", "product"]);
/** Embeds are links here, and a link says itself where it leads: one entry is enough. */
const EMBEDS_OFFERED = new Set(["Other..."]);
const TIMEOUT_MS = 10_000;

interface Found {
  readonly label: string;
  readonly items: readonly { readonly title: string; readonly url: string }[];
}

/** What Koenig's cards ask of the site that they are on. */
export const cardConfig = {
  siteUrl: location.origin,
  fetchEmbed: (url: string) => ask<object>("page-data", { url }),
  searchLinks: async (term?: string) => {
    const found = await ask<{ groups: Found[] }>("links", { words: term ?? "" }).catch(() => ({ groups: [] }));
    return term === undefined || isStillAsked(term) ? found.groups : undefined; // Koenig shows what answers last, but not undefined
  },
  fetchAutocompleteLinks: async () => [],
};

/** Whether the words still stand in the field: a slow answer to former ones would come between an address and its Enter. */
function isStillAsked(words: string): boolean {
  const field = document.activeElement;
  return !(field instanceof HTMLInputElement) || field.value === words;
}

/** Takes cards out of the menus. Their nodes stay: a document that holds one must open. */
export function trimMenus(): void {
  for (const node of DEFAULT_NODES) {
    const { kgMenu } = node;
    if (!kgMenu) continue;
    if (NOT_OFFERED.has(node.getType?.() ?? "")) node.kgMenu = [];
    else if (node.getType?.() === "embed" && Array.isArray(kgMenu)) node.kgMenu = kgMenu.filter(({ label }) => EMBEDS_OFFERED.has(label));
  }
}

/** Whether Koenig knows nodes of the type. */
export const isKnown = (() => {
  const types = new Set(["root", "paragraph", "text", "linebreak", "tab", "heading", "quote"]);
  for (const node of DEFAULT_NODES) types.add(node.getType?.() ?? "");
  return (type: string) => types.has(type);
})();

async function ask<T>(what: string, query: Record<string, string>): Promise<T> {
  const url = `/admin/editor/${what}?${new URLSearchParams(query)}`;
  const response = await fetch(url, { headers: { accept: "application/json" }, signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${what}: ${response.status}`);
  return response.json();
}
