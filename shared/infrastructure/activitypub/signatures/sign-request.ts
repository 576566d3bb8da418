import { type KeyObject, sign } from "node:crypto";
import { promisify } from "node:util";
import { baseOf as cavageBaseOf } from "./cavage.ts";
import { contentDigestOf, digestOf } from "./digests.ts";
import type { HttpMessage, KeyKind, SignatureStyle } from "./message.ts";
import { baseOf } from "./message-signature.ts";

/** A private key of one of our actors; id: its address, as the actor's document names it. */
export interface SigningKey {
  readonly id: string;
  readonly kind: KeyKind;
  readonly key: KeyObject;
}

const signAside = promisify(sign); // RSA takes a millisecond: on another thread

interface ToSign {
  readonly method: "GET" | "POST";
  readonly url: URL;
  /** null: it has none. */
  readonly body: Buffer | null;
  /** Of the body, as digestOf makes it, where it is known already. */
  readonly digest?: string;
  readonly key: SigningKey;
  readonly style: SignatureStyle;
  readonly now: Date;
}

/** The headers that a request goes out with: what is signed, and the signature. */
export async function signRequest(asked: ToSign): Promise<Record<string, string>> {
  return asked.style === "cavage" ? signByCavage(asked) : signByRfc(asked);
}

async function signByCavage({ method, url, body, digest, key, now }: ToSign): Promise<Record<string, string>> {
  const headers: Record<string, string> = { host: url.host, date: now.toUTCString() };
  if (body !== null) headers["digest"] = digest ?? digestOf(body);
  const names = ["(request-target)", ...Object.keys(headers)];
  const base = cavageBaseOf(messageOf(method, url, headers), names) ?? "";
  const signature = await signText(base, key);
  const parameters = [`keyId="${key.id}"`, `algorithm="rsa-sha256"`, `headers="${names.join(" ")}"`, `signature="${signature}"`];
  return { ...headers, signature: parameters.join(",") };
}

async function signByRfc({ method, url, body, key, now }: ToSign): Promise<Record<string, string>> {
  const headers: Record<string, string> = { host: url.host, date: now.toUTCString() };
  if (body !== null) headers["content-digest"] = contentDigestOf(body);
  const names = ["@method", "@target-uri", ...(body === null ? [] : ["content-digest"])];
  const algorithm = key.kind === "rsa" ? "rsa-v1_5-sha256" : "ed25519";
  const list = names.map((name) => `"${name}"`).join(" ");
  const parameters = `(${list});created=${Math.floor(now.getTime() / 1000)};keyid="${key.id}";alg="${algorithm}"`;
  const base = baseOf(messageOf(method, url, headers), names, parameters) ?? "";
  return { ...headers, "signature-input": `sig1=${parameters}`, signature: `sig1=:${await signText(base, key)}:` };
}

async function signText(text: string, { kind, key }: SigningKey): Promise<string> {
  return (await signAside(kind === "rsa" ? "sha256" : null, Buffer.from(text), key)).toString("base64");
}

function messageOf(method: string, url: URL, headers: Record<string, string>): HttpMessage {
  const scheme = url.protocol === "https:" ? "https" : "http";
  return { method, scheme, authority: url.host, target: `${url.pathname}${url.search}`, headers };
}
