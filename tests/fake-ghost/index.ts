/** The door of this folder: a Ghost that behaves as real ones were measured to. */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { pageOf } from "./query.ts";
import { type Collection, FakeStore, Refusal } from "./store.ts";

export { lexicalOf } from "./lexical.ts";

/** How one request is disturbed: answered so instead; answered by nobody, done or not. */
export type Disturbance = { status: number; headers?: Record<string, string> } | "done-unanswered" | "unanswered";

interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
}

export interface FakeGhost {
  readonly url: string;
  readonly store: FakeStore;
  /** What blog's configuration needs. */
  readonly env: { GHOST_URL: string; GHOST_ADMIN_KEY: string; GHOST_WEBHOOK_SECRET: string };
  readonly asked: Asked[];
  /** Files below /content/, by their paths. */
  readonly files: Map<string, Buffer>;
  /** Disturbs the next requests of this method to addresses with this part. */
  disturb(method: string, part: string, ...disturbances: Disturbance[]): void;
  /** A webhook as it goes over the wire. sentAt: by the clock of who receives it. */
  sign(body: unknown, options?: { sentAt?: Date; secret?: string }): { payload: string; headers: Record<string, string> };
  close(): Promise<void>;
}

const KEY_ID = "6b0491bb32dc4e1e6fe96d99";
const WEBHOOK_SECRET = "a-secret-between-ghost-and-us";

/** Opens one on a port of its own. */
export async function openFakeGhost(): Promise<FakeGhost> {
  const secret = randomBytes(32);
  const store = new FakeStore();
  const asked: Asked[] = [];
  const files = new Map<string, Buffer>();
  const planned: { method: string; part: string; disturbance: Disturbance }[] = [];
  const server = http.createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://ghost.example");
    const method = request.method ?? "GET";
    const file = files.get(url.pathname);
    if (file) return void response.end(file);
    if (!url.pathname.startsWith("/ghost/api/admin/")) return void response.writeHead(404).end();
    const path = url.pathname.slice("/ghost/api/admin/".length);
    asked.push({ method, path, query: url.searchParams });
    response.setHeader("date", store.now().toUTCString());
    const at = planned.findIndex((one) => one.method === method && url.href.includes(one.part));
    const [plan] = at === -1 ? [] : planned.splice(at, 1);
    if (plan?.disturbance === "unanswered") return void request.socket.destroy();
    if (typeof plan?.disturbance === "object") return void response.writeHead(plan.disturbance.status, plan.disturbance.headers).end();
    const body = method === "POST" || method === "PUT" ? JSON.parse((await text(request)).replaceAll(origin, "__GHOST_URL__")) : null;
    const answer = answerOf(() => {
      checkToken(request.headers.authorization, secret);
      return serve(store, { method, path, query: url.searchParams }, body as Record<string, Record<string, unknown>[]> | null);
    });
    if (plan?.disturbance === "done-unanswered") return void request.socket.destroy();
    const written = answer.body === null ? "" : absolute(JSON.stringify(answer.body), origin);
    response.writeHead(answer.status, { "content-type": "application/json" }).end(written);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP
  return {
    url: origin,
    ...{ store, asked, files },
    env: { GHOST_URL: origin, GHOST_ADMIN_KEY: `${KEY_ID}:${secret.toString("hex")}`, GHOST_WEBHOOK_SECRET: WEBHOOK_SECRET },
    disturb: (method, part, ...disturbances) => void planned.push(...disturbances.map((disturbance) => ({ method, part, disturbance }))),
    sign(body, { sentAt = new Date(), secret: by = WEBHOOK_SECRET } = {}) {
      const payload = JSON.stringify(body);
      const time = String(sentAt.getTime());
      const signature = createHmac("sha256", by)
        .update(payload + time)
        .digest("hex");
      return { payload, headers: { "content-type": "application/json", "x-ghost-signature": `sha256=${signature}, t=${time}` } };
    },
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

interface Answer {
  status: number;
  body: unknown;
}

function answerOf(work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: error.status, body: { errors: [{ message: error.message, context: null, type: error.type }] } };
  }
}

function checkToken(authorization: string | undefined, secret: Buffer): void {
  const [, head = "", payload = "", signature = ""] = /^Ghost ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(authorization ?? "") ?? [];
  if (signature === "") throw new Refusal(403, "NoPermissionError", "Authorization failed");
  const expected = createHmac("sha256", secret).update(`${head}.${payload}`).digest();
  const given = Buffer.from(signature, "base64url");
  const { kid } = JSON.parse(Buffer.from(head, "base64url").toString());
  const { aud, iat, exp } = JSON.parse(Buffer.from(payload, "base64url").toString());
  const isWell = kid === KEY_ID && aud === "/admin/" && exp - iat <= 300 && given.length === 32 && timingSafeEqual(expected, given);
  if (!isWell) throw new Refusal(401, "UnauthorizedError", "Invalid token: INVALID_JWT");
}

function serve(store: FakeStore, { method, path, query }: Asked, body: Record<string, Record<string, unknown>[]> | null): Answer {
  const [name = "", id = ""] = path.split("/");
  if (name === "tags" && method === "POST") return { status: 201, body: { tags: [store.addTag(String(body?.["tags"]?.[0]?.["name"]))] } };
  if (name === "tags" && method === "DELETE") {
    store.removeTag(id);
    return { status: 204, body: null };
  }
  if (name === "tags") return { status: 200, body: pageOf("tags", store.tags, query) };
  if (name === "users") return { status: 200, body: pageOf("users", store.staff, query) };
  if (name === "newsletters") return { status: 200, body: pageOf("newsletters", store.newsletters, query) };
  if (name === "settings") return { status: 200, body: { settings: store.settings } };
  if (name === "members") return serveMembers(store, id, query);
  if (name !== "posts" && name !== "pages") throw new Refusal(404, "NotFoundError", "Resource not found");
  return servePieces(store, name, id, { method, query, given: body?.[name]?.[0] ?? {} });
}

function serveMembers(store: FakeStore, id: string, query: URLSearchParams): Answer {
  if (id === "") return { status: 200, body: pageOf("members", store.members, query) };
  const found = store.members.find((member) => member.id === id);
  if (found === undefined) throw new Refusal(404, "NotFoundError", "Member not found.");
  return { status: 200, body: { members: [found] } };
}

function servePieces(
  store: FakeStore,
  name: Collection,
  id: string,
  { method, query, given }: { method: string; query: URLSearchParams; given: Record<string, unknown> },
): Answer {
  if (query.has("newsletter")) store.mailings.push(`${name}/${id}`);
  const html = query.get("source") === "html" ? { lexical: undefined } : {};
  if (method === "POST") return { status: 201, body: { [name]: [store.add(name, { ...given, ...html })] } };
  if (method === "PUT") return { status: 200, body: { [name]: [store.edit(name, id, { ...given, ...html })] } };
  if (id !== "") return { status: 200, body: { [name]: [store.find(name, id)] } };
  return { status: 200, body: pageOf(name, store[name], query) };
}

/** What a real one stores without its own address. */
function absolute(text: string, origin: string): string {
  return text.replaceAll("__GHOST_URL__", origin);
}
