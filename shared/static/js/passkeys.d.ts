/** What the test of passkeys.js uses of it; pages only load it. */
export declare function wordsFor(error: unknown): string;
export declare class Refused extends Error {}
