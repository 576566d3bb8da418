import { createHash, createHmac } from "node:crypto";

/** The SHA-256 of no bytes: what a request without a body is signed with. */
export const NO_BODY = createHash("sha256").digest("hex");

/** What signs requests: the two halves of an access key, and where its bucket lies. */
export interface Signer {
  readonly keyId: string;
  readonly secret: string;
  readonly region: string;
}

/** A request as it is signed; payloadSha256: lower-case hex of its body. */
export interface Unsigned {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly payloadSha256: string;
}

/**
 * The headers of a request with its signature (AWS Signature Version 4, as S3 does it: the path is encoded once). Names of headers
 * are lower case. The store checks body and clock against them: a request is good for a quarter of an hour.
 */
export function signed(
  { method, url, headers, payloadSha256 }: Unsigned,
  { keyId, secret, region }: Signer,
  now: Date,
): Record<string, string> {
  const time = now.toISOString().replaceAll(/[-:]|\.\d{3}/g, "");
  const all = { ...headers, host: url.host, "x-amz-content-sha256": payloadSha256, "x-amz-date": time };
  const names = Object.keys(all).sort();
  const lines = names.map((name) => `${name}:${all[name as keyof typeof all].trim()}\n`).join("");
  const canonical = [method, encodePath(url.pathname), encodeQuery(url.searchParams), lines, names.join(";"), payloadSha256].join("\n");
  const scope = [time.slice(0, 8), region, "s3", "aws4_request"];
  const text = ["AWS4-HMAC-SHA256", time, scope.join("/"), createHash("sha256").update(canonical).digest("hex")].join("\n");
  const key = scope.reduce<Buffer | string>((from, step) => hmac(from, step), `AWS4${secret}`);
  const signature = hmac(key, text).toString("hex");
  const credential = `${keyId}/${scope.join("/")}`;
  return { ...all, authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(";")}, Signature=${signature}` };
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function encodePath(path: string): string {
  return path.split("/").map(decodeURIComponent).map(encode).join("/");
}

function encodeQuery(query: URLSearchParams): string {
  const pairs = [...query].map(([name, value]) => [encode(name), encode(value)] as const);
  pairs.sort(([one], [other]) => (one < other ? -1 : 1)); // no name comes twice
  return pairs.map((pair) => pair.join("=")).join("&");
}

/** Everything but letters, digits and -._~ (RFC 3986 §2.3). */
function encode(words: string): string {
  return encodeURIComponent(words).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
