import type { Draft, LocalDraft } from "./local-draft.ts";

/** What the writer has on the screen. title null: the page has no field for it. */
export interface Text {
  readonly title: string | null;
  readonly document: string;
}

/** What the server says to a save. conflict: somebody else saved first; nothing was overwritten. */
export type Answer =
  | { readonly kind: "saved"; readonly version: number }
  | { readonly kind: "conflict"; readonly version: number; readonly savedBy: string | null }
  | { readonly kind: "refused"; readonly message: string };

/** How it stands with the text; words for it are the page's business. */
export type State =
  | { readonly kind: "saved" }
  | { readonly kind: "unsaved"; readonly isKept: boolean }
  | { readonly kind: "saving" }
  | { readonly kind: "offline"; readonly isKept: boolean }
  | Exclude<Answer, { kind: "saved" }>;

export interface KeeperParts {
  /** The version that the page came with. */
  readonly version: number;
  readonly saved: Text;
  readonly draft: LocalDraft;
  /** Null: this text is public, and is saved by hand only. */
  readonly send: ((text: Text, version: number) => Promise<Answer>) | null;
  readonly show: (state: State) => void;
  readonly delayMs: number;
  readonly retryMs: number;
}

/**
 * Sees to it that nothing written is lost: keeps each change in this browser at once, and sends it to the server after a pause. One
 * save is under way at a time; after a conflict none is sent, until the writer has looked.
 */
export class Keeper {
  readonly #parts: KeeperParts;
  #version: number;
  #saved: Text;
  #text: Text;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #sending: Promise<void> | null = null;
  #isStopped = false;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#version = parts.version;
    this.#saved = parts.saved;
    this.#text = parts.saved;
  }

  get version(): number {
    return this.#version;
  }

  get isUnsaved(): boolean {
    return !isSame(this.#text, this.#saved);
  }

  /** What this browser has beyond the server; null when it has nothing more. A draft that the server has is forgotten. */
  found(): { draft: Draft; isOfThisVersion: boolean } | null {
    const draft = this.#parts.draft.read();
    if (draft === null) return null;
    if (isSame(draft, this.#saved)) {
      this.#parts.draft.forget();
      return null;
    }
    return { draft, isOfThisVersion: draft.version === this.#version };
  }

  /** The saved text as the editor writes it down. */
  settle(text: Text): void {
    this.#saved = text;
    this.#text = text;
  }

  changed(text: Text): void {
    if (isSame(text, this.#text)) return;
    this.#text = text;
    const isKept = this.#keep();
    if (this.#isStopped) return;
    this.#parts.show({ kind: "unsaved", isKept });
    this.#schedule(this.#parts.delayMs);
  }

  /** Sends what there is now. */
  async saveNow(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#sending) await this.#sending;
    const { send } = this.#parts;
    if (send === null || this.#isStopped || !this.isUnsaved) return;
    this.#sending = this.#send(send, this.#text).finally(() => {
      this.#sending = null;
    });
    await this.#sending;
  }

  async #send(send: NonNullable<KeeperParts["send"]>, text: Text): Promise<void> {
    this.#parts.show({ kind: "saving" });
    const answer = await send(text, this.#version).catch(() => null);
    if (answer === null) {
      this.#parts.show({ kind: "offline", isKept: this.#keep() });
      this.#schedule(this.#parts.retryMs);
    } else if (answer.kind === "saved") {
      this.#accept(text, answer.version);
    } else {
      this.#isStopped = answer.kind === "conflict";
      this.#parts.show(answer); // what is refused is sent again with the next change
    }
  }

  #accept(text: Text, version: number): void {
    this.#saved = text;
    this.#version = version;
    if (this.isUnsaved) {
      this.#parts.show({ kind: "unsaved", isKept: this.#keep() });
      this.#schedule(this.#parts.delayMs);
    } else {
      this.#forgetOwn(text);
      this.#parts.show({ kind: "saved" });
    }
  }

  /** Another tab may have put its own there. */
  #forgetOwn(text: Text): void {
    const draft = this.#parts.draft.read();
    if (draft !== null && isSame(draft, text)) this.#parts.draft.forget();
  }

  #schedule(ms: number): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.saveNow(), ms);
  }

  #keep(): boolean {
    return this.#parts.draft.write({ ...this.#text, version: this.#version, at: new Date().toISOString() });
  }
}

/** Two texts are the same when they say the same: Lexical writes keys in an order of its own. */
export function isSame(one: Text, other: Text): boolean {
  return one.title === other.title && (one.document === other.document || canonical(one.document) === canonical(other.document));
}

function canonical(document: string): string {
  const sorted = (_key: string, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  try {
    return JSON.stringify(JSON.parse(document), sorted);
  } catch {
    return document;
  }
}
