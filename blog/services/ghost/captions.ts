/** Ghost has a caption as HTML, we have words. */
export function plain(html: string): string {
  const words = html.replace(/<[^>]*>/g, "");
  return words
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replace(/&(?:quot|#34);/g, '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&amp;", "&");
}
