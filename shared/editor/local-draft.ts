/** A text as this browser keeps it. version: the one that the writer began with. */
export interface Draft {
  readonly version: number;
  readonly title: string | null;
  readonly document: string;
  readonly at: string;
}

/** What keeps it: the browser's localStorage, or less in tests. */
export type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** The text of one piece, kept in this browser until the server has it: it outlives tab, server and network. */
export class LocalDraft {
  readonly #store: Store;
  readonly #key: string;

  /** piece: "post/12". */
  constructor(store: Store, piece: string) {
    this.#store = store;
    this.#key = `draft:${piece}`;
  }

  read(): Draft | null {
    try {
      const draft: Draft = JSON.parse(this.#store.getItem(this.#key) ?? "null");
      return draft !== null && typeof draft.document === "string" && typeof draft.version === "number" ? draft : null;
    } catch {
      return null; // not ours, or no storage: there is nothing to recover
    }
  }

  /** Whether the browser took it: it may be full, or keep nothing for private windows. */
  write(draft: Draft): boolean {
    try {
      this.#store.setItem(this.#key, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  }

  forget(): void {
    try {
      this.#store.removeItem(this.#key);
    } catch {
      // a browser that keeps nothing has nothing to forget
    }
  }
}
