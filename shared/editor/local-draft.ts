/** A text as this browser keeps it. version: the one that the writer began with. */
export interface Draft {
  readonly version: number;
  readonly title: string | null;
  readonly document: string;
  readonly at: string;
}

/** What keeps it: the browser's localStorage, or less in tests. */
export type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Whose work on what: a browser may be shared, and nobody is shown what another wrote. piece: "post/12"; writer: the user's id. */
export interface Whose {
  readonly writer: string;
  readonly piece: string;
}

/** One thing that is kept in this browser, as JSON. */
export class LocalRecord {
  readonly #store: Store;
  readonly #key: string;

  constructor(store: Store, key: string) {
    this.#store = store;
    this.#key = key;
  }

  /** Null: nothing, or nothing that can be read. */
  read(): unknown {
    try {
      return JSON.parse(this.#store.getItem(this.#key) ?? "null");
    } catch {
      return null; // not ours, or no storage: there is nothing to recover
    }
  }

  /** Whether the browser took it: it may be full, or keep nothing for private windows. */
  write(value: object): boolean {
    try {
      this.#store.setItem(this.#key, JSON.stringify(value));
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

/** The text of one piece, kept in this browser until the server has it: it outlives tab, server and network. */
export class LocalDraft {
  readonly #record: LocalRecord;

  constructor(store: Store, { writer, piece }: Whose) {
    this.#record = new LocalRecord(store, `draft:${writer}:${piece}`);
  }

  read(): Draft | null {
    const draft = this.#record.read() as Draft | null; // looked at below
    return typeof draft?.document === "string" && typeof draft.version === "number" ? draft : null;
  }

  /** Whether the browser took it. */
  write(draft: Draft): boolean {
    return this.#record.write(draft);
  }

  forget(): void {
    this.#record.forget();
  }
}
