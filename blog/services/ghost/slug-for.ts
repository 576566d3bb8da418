/** Ghost's addresses may have underscores, ours not. */
export function slugFor(theirs: string): string {
  const plain = theirs.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return plain.slice(0, 180).replace(/^-+|-+$/g, "") || "untitled";
}
