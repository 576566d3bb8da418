import type { Page } from "../page/parse-page.ts";
import { type Json, parseLenient } from "./lenient-json.ts";
import { bareName, type Thing } from "./thing.ts";

const MAX_DEPTH = 60;
const MAX_THINGS = 20_000;

/** The things that a page states in JSON-LD, however its scripts are broken: those of @graph and of arrays one by one. */
export function readJsonLd({ scripts }: Page): Thing[] {
  const things: Thing[] = [];
  const byId = new Map<string, Thing>();
  for (const { type, text } of scripts) {
    if (!/^application\/(?:[\w.-]+\+)?ld\+json/.test(type.trim())) continue;
    for (const value of valuesIn(text)) collect(value, things, byId);
  }
  return things;
}

/** Some put several documents into one script, or quote the whole in entities. */
function valuesIn(text: string): Json[] {
  const body = text.replace(/^\s{0,1000}(?:\/\/\s{0,100})?<!\[CDATA\[/, "").replace(/(?:\/\/\s{0,100})?\]\]>\s{0,1000}$/, "");
  const whole = parseStrict(body);
  if (whole !== undefined) return [whole];
  const plain = /^\s*[[{]\s*&quot;/.test(body) ? body.replaceAll("&quot;", '"').replaceAll("&amp;", "&") : body;
  const values: Json[] = [];
  for (let at = nextDocument(plain, 0); at >= 0; ) {
    const parsed = parseLenient(plain, at);
    if (!parsed) break;
    values.push(parsed.value);
    at = nextDocument(plain, parsed.end);
  }
  return values;
}

function parseStrict(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // read leniently instead
  }
}

function nextDocument(text: string, from: number): number {
  const found = text.slice(from).search(/[[{]/);
  return found < 0 ? -1 : from + found;
}

function collect(value: Json, things: Thing[], byId: Map<string, Thing>, depth = 0): void {
  if (value === null || typeof value !== "object" || depth > MAX_DEPTH || things.length > MAX_THINGS) return;
  if (isArray(value)) {
    for (const each of value) collect(each, things, byId, depth + 1);
    return;
  }
  const graph = value["@graph"];
  if (graph !== undefined && graph !== null) collect(graph, things, byId, depth + 1);
  if (value["@type"] !== undefined || graph === undefined) things.push(thingOf(value, byId, depth));
}

function thingOf(value: { readonly [key: string]: Json }, byId: Map<string, Thing>, depth: number): Thing {
  const id = typeof value["@id"] === "string" ? value["@id"] : null;
  const known = id === null ? undefined : byId.get(id);
  if (known && Object.keys(value).length === 1) return known; // a reference to what stands elsewhere
  const properties = new Map<string, readonly (string | Thing)[]>();
  const thing: Thing = { types: textsOf(value["@type"]).map(bareName), id, properties };
  if (id !== null && !known && Object.keys(value).length > 1) byId.set(id, thing);
  if (depth > MAX_DEPTH) return thing;
  for (const [key, each] of Object.entries(value)) {
    if (!key.startsWith("@")) properties.set(bareName(key), valuesOf(each, byId, depth + 1));
  }
  return thing;
}

function valuesOf(value: Json | undefined, byId: Map<string, Thing>, depth: number): (string | Thing)[] {
  if (value === null || value === undefined || depth > MAX_DEPTH) return [];
  if (typeof value !== "object") return [String(value)];
  if (isArray(value)) return value.flatMap((each) => valuesOf(each, byId, depth + 1));
  const literal = value["@value"];
  return literal === undefined ? [thingOf(value, byId, depth)] : valuesOf(literal, byId, depth + 1);
}

const textsOf = (value: Json | undefined): string[] =>
  typeof value === "string" ? [value] : isArray(value) ? value.filter((each) => typeof each === "string") : [];

function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
