import { type ClaimedSignature, type HttpMessage, headerOf, isNear, type KeyKind, type Unsigned, unsigned } from "./message.ts";

const ALGORITHMS: Readonly<Record<string, KeyKind>> = { "rsa-v1_5-sha256": "rsa", ed25519: "ed25519" };

/** label=("a" "b");created=1;keyid="k" : one inner list of plain names with its parameters, RFC 8941 §3.1.1. */
const INPUT =
  /^\s*([a-z*][a-z0-9_.*-]*)=(\(\s*((?:"[^"\\]*"\s*)*)\)((?:;[a-z][a-z0-9_.*-]*=(?:"(?:[^"\\]|\\["\\])*"|-?\d{1,15}|\?[01]|[A-Za-z*][\w:/.*!#$%&'+^`|~-]*))*))\s*$/;
const PARAMETER = /;([a-z][a-z0-9_.*-]*)=(?:"((?:[^"\\]|\\["\\])*)"|([^;]*))/g;
const VALUE = /^\s*([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/=]*):\s*$/;

/** What the headers "Signature-Input" and "Signature" of RFC 9421 claim of a request. More than one signature is none. */
export function readMessageSignature(message: HttpMessage, now: Date): ClaimedSignature | Unsigned {
  const input = INPUT.exec(headerOf(message, "signature-input") ?? "");
  const value = VALUE.exec(headerOf(message, "signature") ?? "");
  if (input === null || value === null) return unsigned("the signature headers can't be read, or there is more than one signature");
  const [, label, parametersText = "", list = "", tail = ""] = input;
  if (value[1] !== label) return unsigned("the signature is of another label");
  const names = [...list.matchAll(/"([^"]*)"/g)].map(([, name = ""]) => name);
  if (new Set(names).size !== names.length) return unsigned("a component is covered twice");
  const parameters = parametersOf(tail);
  const { keyid, alg, created, expires } = parameters;
  if (keyid === undefined) return unsigned("a signature needs a keyid");
  const algorithm = alg === undefined ? null : ALGORITHMS[alg];
  if (algorithm === undefined) return unsigned(`the algorithm ${alg} is not taken`);
  if (created === undefined || !isNear(Number(created), now)) return unsigned("the signature is not of this hour");
  if (expires !== undefined && Number(expires) < now.getTime() / 1000) return unsigned("the signature has expired");
  const base = baseOf(message, names, parametersText);
  if (base === null) return unsigned("a component that is covered is not there");
  return { kind: "claimed", style: "rfc9421", keyId: keyid, algorithm, names, base, signature: Buffer.from(value[2] ?? "", "base64") };
}

/** The signature base, §2.5. parameters: of the inner list, as they stand in the header. Null: it covers what is not there. */
export function baseOf(message: HttpMessage, names: readonly string[], parameters: string): string | null {
  const lines: string[] = [];
  for (const name of names) {
    const value = componentOf(message, name);
    if (value === null) return null;
    lines.push(`"${name}": ${value}`);
  }
  return [...lines, `"@signature-params": ${parameters}`].join("\n");
}

/** §2.1 and §2.2 */
function componentOf(message: HttpMessage, name: string): string | null {
  const { method, scheme, authority, target } = message;
  if (!name.startsWith("@")) return headerOf(message, name);
  const at = target.indexOf("?");
  if (name === "@method") return method;
  if (name === "@authority") return authority.toLowerCase();
  if (name === "@scheme") return scheme;
  if (name === "@target-uri") return `${scheme}://${authority}${target}`;
  if (name === "@request-target") return target;
  if (name === "@path") return at < 0 ? target : target.slice(0, at);
  if (name === "@query") return at < 0 ? "?" : target.slice(at);
  return null;
}

function parametersOf(text: string): Partial<Record<string, string>> {
  const found: Record<string, string> = Object.create(null);
  for (const [, name = "", quoted, plain] of text.matchAll(PARAMETER)) found[name] = quoted?.replace(/\\(.)/g, "$1") ?? plain ?? "";
  return found;
}
