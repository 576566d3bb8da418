import { createHash } from "node:crypto";
import { once } from "node:events";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { AwsV4Signer } from "aws4fetch";

/** How one request is disturbed; "slow…" ends when the client has had enough. */
export type Disturbance =
  | { status: number; code: string }
  | "slow"
  | "slow-body"
  | "cut-body"
  | "other-bytes"
  | "short-length"
  | "no-length"
  | "gone";

interface Kept {
  bytes: Buffer;
  at: Date;
}

/** A bucket in memory that speaks as much of S3 as we do, and checks each signature with another's implementation. */
export interface FakeS3 {
  /** What a service's configuration needs: a folder of the bucket. */
  readonly env: { MEDIA_S3_URL: string; MEDIA_S3_REGION: string; MEDIA_S3_KEY: string };
  /** What lies in the bucket, by keys; those of ours begin with "pictures/". */
  readonly kept: Map<string, Kept>;
  /** Each request that came, as "GET pictures/ab/…". */
  readonly asked: string[];
  /** How many keys one page of a list has. */
  pageSize: number;
  /** Disturbs the next requests with this method. */
  disturb(method: string, ...disturbances: Disturbance[]): void;
  close(): Promise<void>;
}

const KEY = { accessKeyId: "AKIAFLOUR", secretAccessKey: "rye/and+wheat" };
const REGION = "eu-oven-1";
const BUCKET = "/rose-ash/";

/** Opens one on a port of its own. */
export async function openFakeS3(): Promise<FakeS3> {
  const kept = new Map<string, Kept>();
  const asked: string[] = [];
  const planned: { method: string; disturbance: Disturbance }[] = [];
  const server = http.createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
    const key = url.pathname.slice(BUCKET.length);
    asked.push(`${request.method} ${key}`);
    const at = planned.findIndex(({ method }) => method === request.method);
    const disturbance = at === -1 ? undefined : planned.splice(at, 1)[0]?.disturbance;
    const body = await buffer(request).catch(() => null);
    if (body === null) return; // it broke off, and nothing is kept
    if (disturbance === "gone") return void request.socket.destroy();
    if (disturbance === "slow") return;
    if (typeof disturbance === "object") return refuse(response, disturbance.status, disturbance.code);
    const wrong = await whatIsWrong(request, url, body);
    if (wrong !== null) return refuse(response, wrong === "BadDigest" ? 400 : 403, wrong);
    answer({ request, response, url, key, body, disturbance }, fake);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP
  const fake: FakeS3 = {
    env: {
      ...{ MEDIA_S3_URL: `${origin}${BUCKET}pictures`, MEDIA_S3_REGION: REGION },
      MEDIA_S3_KEY: `${KEY.accessKeyId}:${KEY.secretAccessKey}`,
    },
    ...{ kept, asked, pageSize: 1000 },
    disturb: (method, ...disturbances) => void planned.push(...disturbances.map((disturbance) => ({ method, disturbance }))),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;
}

interface Asked {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  key: string;
  body: Buffer;
  disturbance: Disturbance | undefined;
}

function answer(to: Asked, { kept, pageSize }: FakeS3): void {
  const { request, response, key, body } = to;
  const found = kept.get(key);
  if (to.url.searchParams.get("list-type") === "2") list(to, kept, pageSize);
  else if (request.method === "PUT") {
    kept.set(key, { bytes: body, at: new Date() });
    response.writeHead(200).end();
  } else if (request.method === "DELETE") {
    kept.delete(key);
    response.writeHead(204).end();
  } else if (found === undefined) refuse(response, 404, "NoSuchKey");
  else send(to, found.bytes);
}

/** The error code of S3 for a request that is not signed as it should be. */
async function whatIsWrong({ method, headers }: IncomingMessage, url: URL, body: Buffer): Promise<string | null> {
  const given = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/.*, SignedHeaders=([^,]+), Signature=/.exec(headers.authorization ?? "");
  const datetime = String(headers["x-amz-date"]);
  if (given === null) return "AccessDenied";
  if (given[1] !== KEY.accessKeyId) return "InvalidAccessKeyId";
  const sent = Date.parse(datetime.replace(/^(....)(..)(..T..)(..)(..Z)$/, "$1-$2-$3:$4:$5"));
  if (!(Math.abs(Date.now() - sent) < 15 * 60_000)) return "RequestTimeTooSkewed";
  const names = given[2]?.split(";").filter((name) => name !== "host") ?? [];
  const signer = new AwsV4Signer({
    ...{ ...KEY, url: url.href, region: REGION, service: "s3", datetime, allHeaders: true },
    method: method ?? "GET",
    headers: Object.fromEntries(names.map((name) => [name, String(headers[name])])),
  });
  if ((await signer.authHeader()) !== headers.authorization) return "SignatureDoesNotMatch";
  return createHash("sha256").update(body).digest("hex") === headers["x-amz-content-sha256"] ? null : "BadDigest";
}

function send({ request, response, disturbance }: Asked, bytes: Buffer): void {
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "");
  const part = range ? bytes.subarray(Number(range[1]), Number(range[2]) + 1) : bytes;
  const headers: Record<string, string | number> = { "content-type": "binary/octet-stream", "content-length": part.length };
  if (range) headers["content-range"] = `bytes ${range[1]}-${range[2]}/${bytes.length}`;
  if (disturbance === "short-length") headers["content-length"] = part.length - 1;
  if (disturbance === "no-length") delete headers["content-length"];
  response.strictContentLength = false;
  response.writeHead(range ? 206 : 200, headers);
  const half = part.subarray(0, part.length >> 1);
  if (request.method === "HEAD") response.end();
  else if (disturbance === "slow-body") response.write(half);
  else if (disturbance === "cut-body") response.write(half, () => setTimeout(() => request.socket.destroy(), 20));
  else response.end(disturbance === "other-bytes" ? Buffer.alloc(part.length) : part);
}

function list({ url, response }: Asked, kept: FakeS3["kept"], pageSize: number): void {
  const keys = [...kept.keys()].filter((key) => key.startsWith(url.searchParams.get("prefix") ?? "")).sort();
  const from = url.searchParams.get("continuation-token");
  const rest = from === null ? keys : keys.filter((key) => `after <${key}> &` > from);
  const page = rest.slice(0, pageSize);
  const isCut = rest.length > page.length;
  const token = `after <${page.at(-1)}> &`.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&#62;");
  response.writeHead(200, { "content-type": "application/xml" });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>rose-ash</Name><KeyCount>${page.length}</KeyCount>
<IsTruncated>${isCut}</IsTruncated>${isCut ? `<NextContinuationToken>${token}</NextContinuationToken>` : ""}
${page.map((key) => contents(key, kept.get(key))).join("")}</ListBucketResult>`);
}

function contents(key: string, found: Kept | undefined): string {
  const name = key.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const size = `<ETag>&quot;x&quot;</ETag><Size>${found?.bytes.length}</Size><StorageClass>STANDARD</StorageClass>`;
  return `<Contents><Key>${name}</Key><LastModified>${found?.at.toISOString()}</LastModified>${size}</Contents>`;
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { "content-type": "application/xml" });
  response.end(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>No.</Message></Error>`);
}
