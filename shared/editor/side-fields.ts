import { LocalRecord, type Store, type Whose } from "./local-draft.ts";

/** What stands in the fields beside title and text, by their names. */
export type Fields = Readonly<Record<string, string>>;

/** before: as the page had them that they were filled in on. */
interface Kept {
  readonly before: Fields;
  readonly fields: Fields;
  readonly at: string;
}

export interface SideParts {
  readonly store: Store;
  readonly whose: Whose;
  readonly read: () => Fields;
  readonly write: (fields: Fields) => void;
  /** Whether the page is a form that came back: what stands in it is not saved. */
  readonly isAgain: boolean;
}

/** What is found of before. isOverwritten: one of them was saved from elsewhere since. */
export interface FoundFields {
  readonly at: string;
  readonly isOverwritten: boolean;
  readonly take: () => void;
}

/** Excerpt, address, tags and all that is saved with the form alone: kept in this browser until a page comes that has it. */
export class SideFields {
  readonly #parts: SideParts;
  readonly #record: LocalRecord;
  readonly #saved: Fields;

  constructor(parts: SideParts) {
    this.#parts = parts;
    this.#record = new LocalRecord(parts.store, `draft:${parts.whose.writer}:${parts.whose.piece}:fields`);
    this.#saved = (parts.isAgain ? this.#kept()?.before : null) ?? parts.read();
  }

  get isUnsaved(): boolean {
    return this.#parts.isAgain || differing(this.#parts.read(), this.#saved).length > 0;
  }

  /** Keeps what is filled in now. */
  changed(): void {
    if (this.isUnsaved) this.#record.write({ before: this.#saved, fields: this.#parts.read(), at: new Date().toISOString() });
    else this.#record.forget();
  }

  /** What was filled in and is not in the page; null: nothing. What the page has is forgotten, unless the page is not saved either. */
  found(): FoundFields | null {
    const kept = this.#kept();
    if (kept === null || this.#parts.isAgain) return null;
    const now = this.#parts.read();
    const filledIn = Object.fromEntries(differing(kept.fields, kept.before).map((name) => [name, kept.fields[name] ?? ""]));
    const names = differing(filledIn, now).filter((name) => name in now);
    if (names.length === 0) {
      this.#record.forget();
      return null;
    }
    const take = () => {
      this.#parts.write(Object.fromEntries(names.map((name) => [name, filledIn[name] ?? ""])));
      this.changed();
    };
    return { at: kept.at, isOverwritten: names.some((name) => !isSame(kept.before[name], now[name])), take };
  }

  /** Back to what the server has. */
  goBack(): void {
    this.#parts.write(this.#saved);
    this.#record.forget();
  }

  forget(): void {
    this.#record.forget();
  }

  #kept(): Kept | null {
    const kept = this.#record.read() as Kept | null; // looked at here
    return isFields(kept?.before) && isFields(kept?.fields) && typeof kept?.at === "string" ? kept : null;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && Object.values(value).every((one) => typeof one === "string");
}

function differing(fields: Fields, others: Fields): string[] {
  return Object.keys(fields).filter((name) => !isSame(fields[name], others[name]));
}

/** The server takes blanks away around words, and gives lists back with one behind each comma. */
function isSame(one = "", other = ""): boolean {
  return tidy(one) === tidy(other);
}

function tidy(value: string): string {
  return value
    .replace(/\s*,\s*/g, ",")
    .replace(/\s+/g, " ")
    .trim();
}
