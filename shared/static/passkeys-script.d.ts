/** What the test of js/passkeys.js uses of it; pages only load it. */
declare module "*/passkeys.js" {
  export function wordsFor(error: unknown): string;
  export class Refused extends Error {}
}
