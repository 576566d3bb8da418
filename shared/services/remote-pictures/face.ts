/** The address of the first picture that an actor's "icon" names; null: none that could be asked for. */
export function faceOf(icon: unknown): string | null {
  const first: unknown = Array.isArray(icon) ? icon[0] : icon;
  if (typeof first === "string") return addressOf(first);
  if (typeof first !== "object" || first === null) return null;
  const { url, href } = first as { url?: unknown; href?: unknown }; // each is looked at
  const one: unknown = Array.isArray(url) ? url[0] : (url ?? href);
  return addressOf(typeof one === "object" && one !== null ? (one as { href?: unknown }).href : one);
}

const addressOf = (text: unknown): string | null =>
  typeof text === "string" && text.length <= 2000 && /^https?:\/\//.test(text) && URL.canParse(text) ? text : null;
