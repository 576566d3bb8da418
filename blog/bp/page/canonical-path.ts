const MAX_LENGTH = 300;
const PATH = /^[a-z0-9-]+(\/[a-z0-9-]+)*$/;

/** A path as the tree of pages spells it: lower case, no slash at the end. null for what can't be a page's. */
export function canonicalPath(asked: string): string | null {
  const path = asked.toLowerCase().replace(/\/+$/, "");
  return path.length <= MAX_LENGTH && PATH.test(path) ? path : null;
}
