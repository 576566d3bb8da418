const HTML = /text\/html|text\/\*|\*\/\*/;
const JSON_TYPE = /[/+]json$/;

/**
 * Whether a reader with this Accept takes a page, RFC 9110 §12.5.1: none is as good as everything. One that names JSON as well wants
 * that, unless it names HTML and likes it no less: what programs send with a wildcard behind it is no wish for a page.
 */
export function takesHtml(accept: string | undefined): boolean {
  if (!accept) return true;
  if (!accept.includes("json")) return HTML.test(accept);
  const ranges = accept.split(",").map(readRange);
  const best = (isMeant: (type: string) => boolean) =>
    Math.max(0, ...ranges.filter(({ type }) => isMeant(type)).map(({ quality }) => quality));
  const html = best((type) => type === "text/html");
  return html > 0 && html >= best((type) => JSON_TYPE.test(type));
}

function readRange(range: string): { type: string; quality: number } {
  const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
  const quality = parameters.find((part) => part.startsWith("q="));
  return { type, quality: quality === undefined ? 1 : Number(quality.slice(2)) || 0 };
}
