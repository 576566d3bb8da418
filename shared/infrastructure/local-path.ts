const HERE = "http://here.invalid";

/**
 * `next` when it is a path on this very host, otherwise `fallback`: never another site, whatever a browser makes of
 * backslashes, tabs and doubled slashes. Query and fragment are kept.
 */
export function localPath(next: string | undefined, fallback: string): string {
  if (next === undefined || next.length > 2000 || !next.startsWith("/")) return fallback;
  if (!/^[\x21-\x7e]*$/.test(next) || next.includes("\\")) return fallback; // the URL parser drops tabs and turns "\" into "/"
  const url = URL.parse(next, HERE);
  if (url === null || url.origin !== HERE || url.pathname.startsWith("//")) return fallback;
  return url.pathname + url.search + url.hash;
}
