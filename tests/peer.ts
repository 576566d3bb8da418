import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { signRequest } from "@rose-ash/shared/infrastructure/activitypub/signatures/index.ts";

/** Another server of the fediverse, on loopback: it has actors, shows documents, and writes down what is posted to it. */
export interface Peer {
  readonly origin: string;
  readonly host: string;
  /** An actor of it, made when it is named first. */
  actor(name: string): PeerActor;
  /** Shows this at a path. What is given as text goes as it is. */
  show(path: string, body: object | string, how?: { status?: number; type?: string; headers?: Record<string, string> }): string;
  /** Shows nothing there any more: 410. */
  drop(path: string): void;
  /** What it answers to whatever is posted; 202 at first. */
  answer: (request: Received) => number | Promise<number>;
  readonly received: Received[];
  /** Paths that were asked for. */
  readonly asked: string[];
  close(): Promise<void>;
}

export interface Received {
  path: string;
  headers: IncomingMessage["headers"];
  body: string;
}

export interface PeerActor {
  readonly uri: string;
  readonly keyId: string;
  readonly key: KeyObject;
  readonly document: Record<string, unknown>;
}

interface Shown {
  status: number;
  type: string;
  headers: Record<string, string>;
  body: string;
}

/** So many different keys there are; who is named after another has another. */
const KEYS = 4;
const pairs: { publicKey: KeyObject; privateKey: KeyObject }[] = []; // making one takes a while, and nobody minds whose it was

/** host: under localhost, which is this machine. */
export async function openPeer(host = "theirs.localhost"): Promise<Peer> {
  const shown = new Map<string, Shown>();
  const actors = new Map<string, PeerActor>();
  const received: Received[] = [];
  const asked: string[] = [];
  const server = createServer((request, response) => void respond(request, response));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const origin = `http://${host}:${port}`;
  const peer: Peer = {
    ...{ origin, received, asked, host: `${host}:${port}` },
    answer: () => 202,
    show(path, body, { status = 200, type = "application/activity+json", headers = {} } = {}) {
      shown.set(path, { status, type, headers, body: typeof body === "string" ? body : JSON.stringify(body) });
      return `${origin}${path}`;
    },
    drop: (path) => void peer.show(path, "", { status: 410 }),
    actor(name) {
      const known = actors.get(name);
      if (known !== undefined) return known;
      const place = actors.size % KEYS;
      const pair = pairs[place] ?? generateKeyPairSync("rsa", { modulusLength: 2048 });
      pairs[place] = pair;
      const actor = actorOf(origin, name, pair);
      actors.set(name, actor);
      peer.show(`/users/${name}`, actor.document);
      return actor;
    },
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "/";
    if (request.method === "POST") {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const one = { path, headers: request.headers, body: Buffer.concat(chunks).toString() };
      received.push(one);
      return void response.writeHead(await peer.answer(one)).end();
    }
    asked.push(path);
    const found = shown.get(path);
    if (found === undefined) return void response.writeHead(404).end();
    response.writeHead(found.status, { "content-type": found.type, ...found.headers }).end(found.body);
  }
  return peer;
}

function actorOf(origin: string, name: string, { publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }): PeerActor {
  const uri = `${origin}/users/${name}`;
  const keyId = `${uri}#main-key`;
  const document = {
    "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
    ...{ id: uri, type: "Person", preferredUsername: name, name: `${name} from afar` },
    ...{ inbox: `${uri}/inbox`, outbox: `${uri}/outbox`, followers: `${uri}/followers`, endpoints: { sharedInbox: `${origin}/inbox` } },
    publicKey: { id: keyId, owner: uri, publicKeyPem: publicKey.export({ format: "pem", type: "spki" }).toString() },
  };
  return { uri, keyId, key: privateKey, document };
}

/** Headers and body of an activity that is posted to one of ours, signed by an actor. changed: headers that are put on afterwards. */
export async function signed(
  actor: Pick<PeerActor, "keyId" | "key">,
  inbox: string,
  activity: object | string,
  { now = new Date(), style = "cavage" as "cavage" | "rfc9421", changed = {} as Record<string, string> } = {},
): Promise<{ headers: Record<string, string>; payload: Buffer }> {
  const payload = Buffer.from(typeof activity === "string" ? activity : JSON.stringify(activity));
  const key = { id: actor.keyId, kind: "rsa", key: actor.key } as const;
  const headers = await signRequest({ method: "POST", url: new URL(inbox), body: payload, key, style, now });
  return { headers: { "content-type": "application/activity+json", ...headers, ...changed }, payload };
}
