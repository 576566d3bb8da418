const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Plain text as it may stand in HTML. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");

/** HTML of ours for readers elsewhere: paths become addresses. */
export function absoluteHtml(html: string, origin: string): string {
  return html.replace(/(\s(?:src|href|poster))="\/(?!\/)/g, `$1="${origin}/`);
}
