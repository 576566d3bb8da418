const AS = "https://www.w3.org/ns/activitystreams#";
const SECURITY = "https://w3id.org/security#";

/** Names that something is decided by. A context that gives one another meaning would have us read what nobody wrote. */
const GUARDED = new Set([
  ...["id", "type", "actor", "object", "target", "origin", "result", "instrument", "attributedTo", "to", "cc", "bto", "bcc", "audience"],
  ...["inReplyTo", "content", "summary", "name", "url", "href", "published", "updated", "startTime", "endTime", "items", "orderedItems"],
  ...["inbox", "outbox", "followers", "following", "endpoints", "sharedInbox", "preferredUsername", "movedTo", "alsoKnownAs"],
  ...["publicKey", "publicKeyPem", "owner", "assertionMethod", "publicKeyMultibase", "controller", "proof"],
]);

/** Where the guarded names belong that are no part of ActivityStreams; all others are of its vocabulary. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  id: ["@id"],
  type: ["@type"],
  inbox: [`${AS}inbox`, "http://www.w3.org/ns/ldp#inbox"],
  ...Object.fromEntries(
    ["publicKey", "publicKeyPem", "owner", "assertionMethod", "publicKeyMultibase", "controller", "proof"].map((name) => [
      name,
      [`${SECURITY}${name}`, `https://w3id.org/security/v1#${name}`, `https://www.w3.org/ns/did/v1#${name}`, `${AS}${name}`],
    ]),
  ),
};

const PREFIXES = { as: AS, sec: SECURITY, security: SECURITY, ldp: "http://www.w3.org/ns/ldp#" };

/**
 * Why a document's @context can't be gone by; null: names mean what the vocabulary says. Contexts by address are never fetched, known
 * or not: documents are read by the vocabulary's own names, and a context that would change one of those is refused.
 */
export function whyOddContext(context: unknown): string | null {
  const parts = Array.isArray(context) ? context : [context];
  const own = parts.filter((part) => typeof part === "object" && part !== null);
  if (parts.some((part) => !["string", "object", "undefined"].includes(typeof part) || Array.isArray(part)))
    return "a context of an odd kind";
  const prefixes: Record<string, unknown> = Object.assign(Object.create(null), ...own, PREFIXES);
  for (const part of own) {
    for (const [name, meaning] of Object.entries(part)) {
      if (["@base", "@import", "@reverse", "@propagate"].includes(name)) return `a context with ${name}`;
      if (name === "@vocab" && meaning !== AS && meaning !== "_:") return "a context with a vocabulary of its own";
      if (Object.hasOwn(PREFIXES, name) && idOf(meaning) !== PREFIXES[name as keyof typeof PREFIXES])
        return `a context that turns ${name}:`;
      if (GUARDED.has(name) && !isMeant(name, expand(idOf(meaning), prefixes))) return `a context that turns ${name}`;
      if (isReversed(meaning)) return "a context that turns a property round";
    }
  }
  return null;
}

function isMeant(name: string, iri: string | null): boolean {
  return (ELSEWHERE[name] ?? [`${AS}${name}`]).includes(iri ?? "");
}

function idOf(meaning: unknown): string | null {
  if (typeof meaning === "string") return meaning;
  const id = typeof meaning === "object" && meaning !== null && "@id" in meaning ? meaning["@id"] : null;
  return typeof id === "string" ? id : null;
}

function isReversed(meaning: unknown): boolean {
  return typeof meaning === "object" && meaning !== null && ("@reverse" in meaning || "@context" in meaning);
}

function expand(iri: string | null, prefixes: Readonly<Record<string, unknown>>): string | null {
  const [prefix = "", rest] = iri?.split(/:(?!\/\/)/, 2) ?? [];
  const base = rest === undefined ? null : idOf(prefixes[prefix]);
  return base === null ? iri : `${base}${rest}`;
}
