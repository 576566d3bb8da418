import { whyOddContext } from "./contexts.ts";
import { type ApDocument, type DocumentValue, isDocument } from "./document.ts";

const MOST_DEPTH = 24;
const MOST_VALUES = 20_000;
const NAMESPACE =
  /^(?:https?:\/\/www\.w3\.org\/ns\/activitystreams#|as:|https:\/\/w3id\.org\/security(?:\/v1)?#|sec:|http:\/\/www\.w3\.org\/ns\/ldp#|ldp:)/;

/** JSON as it came, and in our normal form; or why it has none. */
export type Normalised =
  | { readonly kind: "document"; readonly raw: Readonly<Record<string, unknown>>; readonly document: ApDocument }
  | { readonly kind: "odd"; readonly reason: string };

/** Ends the walk through a document that can't be taken. */
class Odd extends Error {}

/**
 * Reads a document of ActivityStreams, compact or fully expanded, and gives it in normal form. It must mean the same to everyone:
 * what reshapes it (@graph, @reverse, contexts of its own meaning, a name said twice) is refused, not interpreted.
 */
export function normalise(bytes: Buffer): Normalised {
  const value = readJson(bytes);
  const root = Array.isArray(value) && value.length === 1 ? value[0] : value; // as expanded documents are
  if (typeof root !== "object" || root === null || Array.isArray(root)) return { kind: "odd", reason: "it is no object of JSON" };
  const { "@context": context, ...members } = root;
  const reason = whyOddContext(context);
  if (reason !== null) return { kind: "odd", reason };
  try {
    const document = new Walk().object(members, 1);
    return isDocument(document) ? { kind: "document", raw: root, document } : { kind: "odd", reason: "it is a value, no object" };
  } catch (error) {
    if (error instanceof Odd) return { kind: "odd", reason: error.message };
    throw error;
  }
}

function readJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

class Walk {
  #values = 0;

  value(value: unknown, depth: number): DocumentValue {
    if (depth > MOST_DEPTH) throw new Odd("it is nested too deep");
    if (++this.#values > MOST_VALUES) throw new Odd("it holds too much");
    if (typeof value === "string") return plain(value);
    if (typeof value !== "object" || value === null) return value as number | boolean | null; // JSON has nothing else
    return Array.isArray(value) ? value.flatMap((one) => this.value(one, depth + 1)) : this.object(value, depth);
  }

  object(members: object, depth: number): DocumentValue {
    const entries = Object.entries(members);
    const container = entries.find(([name]) => name === "@list" || name === "@set" || name === "@value");
    if (container !== undefined) return this.contained(container, entries, depth);
    const found: Record<string, DocumentValue> = {};
    for (const [name, value] of entries) {
      if (name === "@context") {
        const reason = whyOddContext(value);
        if (reason !== null) throw new Odd(reason);
        continue; // it says nothing new, as in actors that are sent along
      }
      const own = nameOf(name);
      if (Object.hasOwn(found, own)) throw new Odd(`it says ${own} twice`);
      found[own] = own === "type" ? this.types(value, depth) : this.value(value, depth + 1);
    }
    return found;
  }

  /** {"@value": "Hello", "@language": "en"} is "Hello" */
  contained([name, value]: [string, unknown], entries: readonly [string, unknown][], depth: number): DocumentValue {
    if (entries.some(([other]) => ![name, "@type", "@language", "@direction"].includes(other)))
      throw new Odd(`it has ${name} among other things`);
    return this.value(value, depth + 1);
  }

  types(value: unknown, depth: number): DocumentValue {
    const types = this.value(value, depth + 1);
    const short = (one: DocumentValue) => (typeof one === "string" ? one.replace(NAMESPACE, "") : one);
    return Array.isArray(types) ? types.map(short) : short(types);
  }
}

function nameOf(name: string): string {
  if (name === "@id" || name === "@type") return name.slice(1);
  const own = plain(name.replace(NAMESPACE, ""));
  if (own.startsWith("@") || own === "__proto__") throw new Odd(`it has ${own.slice(0, 40)}`);
  return own;
}

/** What PostgreSQL can hold: no U+0000, no half of a pair. */
const plain = (text: string) => text.replaceAll("\u0000", "").toWellFormed();
