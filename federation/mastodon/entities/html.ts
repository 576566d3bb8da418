import { sanitiseShort } from "@rose-ash/shared/infrastructure/sanitise-html.ts";

/**
 * Text as apps may show it: a few lines with links, cleaned once more at this border, whatever was stored. Names and tags are marked as
 * Mastodon marks them, which apps look for to open them in themselves.
 */
export function htmlForApps(html: string): string {
  return sanitiseShort(html).replace(/<a href="([^"]*)" rel="[^"]*">(?=([@#]))/g, (_all, href: string, sign: string) => {
    const kind = sign === "#" ? 'class="mention hashtag" rel="tag"' : 'class="u-url mention" rel="nofollow noopener noreferrer"';
    return `<a href="${href}" ${kind}>`;
  });
}
