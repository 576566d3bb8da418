/** A language as those who speak it call it: "Cymraeg" of "cy". A tag that nobody knows stands for itself. */
export function languageName(tag: string): string {
  try {
    const name = new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
    return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
  } catch {
    return tag; // RangeError: the tag is well made by the table's rule, and none by BCP 47
  }
}
