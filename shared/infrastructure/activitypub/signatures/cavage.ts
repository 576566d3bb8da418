import { type ClaimedSignature, type HttpMessage, headerOf, isNear, type Unsigned, unsigned } from "./message.ts";

interface Parameters {
  keyId?: string;
  algorithm?: string;
  headers?: string;
  signature?: string;
  created?: string;
  expires?: string;
}

const PARAMETER = /\s*([a-zA-Z]+)=(?:"([^"]*)"|(\d+))\s*(,|$)/y;
const NAMES = new Set(["keyId", "algorithm", "headers", "signature", "created", "expires"]);
/** RSA by name, or by the key; what has an owner's public key for a secret, or nothing, is never taken. */
const ALGORITHMS = new Set([undefined, "rsa-sha256", "hs2019"]);

/** What a header "Signature" of draft-cavage-http-signatures-12 claims of a request. */
export function readCavage(message: HttpMessage, now: Date): ClaimedSignature | Unsigned {
  const parameters = parse(headerOf(message, "signature") ?? "");
  if (parameters === null) return unsigned("the Signature header can't be read");
  const { keyId, algorithm, signature } = parameters;
  if (keyId === undefined || !signature) return unsigned("a signature needs a keyId and a value");
  if (!ALGORITHMS.has(algorithm)) return unsigned(`the algorithm ${algorithm} is not taken`);
  const names = (parameters.headers ?? "(created)").toLowerCase().split(" ");
  if (new Set(names).size !== names.length) return unsigned("a header is covered twice");
  const base = baseOf(message, names, parameters);
  if (base === null) return unsigned("something that is covered is not there");
  if (!isTimely(message, names, parameters, now)) return unsigned("the signature is not of this hour");
  return { kind: "claimed", style: "cavage", keyId, algorithm: null, names, base, signature: Buffer.from(signature, "base64") };
}

/** The text that is signed, §2.3. Null: it covers what is not there. */
export function baseOf(message: HttpMessage, names: readonly string[], times: Pick<Parameters, "created" | "expires"> = {}): string | null {
  const lines: string[] = [];
  for (const name of names) {
    const value = coveredValue(message, name, times);
    if (value === null) return null;
    lines.push(`${name}: ${value}`);
  }
  return lines.join("\n");
}

function coveredValue(message: HttpMessage, name: string, { created, expires }: Pick<Parameters, "created" | "expires">): string | null {
  if (name === "(request-target)") return `${message.method.toLowerCase()} ${message.target}`;
  if (name === "(created)") return created ?? null;
  if (name === "(expires)") return expires ?? null;
  return headerOf(message, name);
}

/** §2.3: "(created)" and "(expires)" are of hs2019 alone. */
function isTimely(message: HttpMessage, names: readonly string[], { algorithm, created, expires }: Parameters, now: Date): boolean {
  const isNew = algorithm === "hs2019";
  if (!isNew && (names.includes("(created)") || names.includes("(expires)"))) return false;
  if (expires !== undefined && Number(expires) < now.getTime() / 1000) return false;
  if (names.includes("(created)") && !isNear(Number(created), now)) return false;
  if (names.includes("date")) return isNear(Date.parse(headerOf(message, "date") ?? "") / 1000, now);
  return names.includes("(created)");
}

/** Null for anything but a list of the known parameters, each once. */
function parse(text: string): Parameters | null {
  const found: Record<string, string> = {};
  PARAMETER.lastIndex = 0;
  while (PARAMETER.lastIndex < text.length) {
    const match = PARAMETER.exec(text);
    if (match === null) return null;
    const [, name = "", quoted, digits, end] = match;
    if (!NAMES.has(name) || Object.hasOwn(found, name)) return null;
    found[name] = quoted ?? digits ?? "";
    if (end === "" && PARAMETER.lastIndex < text.length) return null;
  }
  return found;
}
