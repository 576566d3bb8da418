import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import net, { type AddressInfo } from "node:net";
import { signRequest } from "@rose-ash/shared/infrastructure/activitypub/signatures/index.ts";

const AS = "https://www.w3.org/ns/activitystreams";
const ACTORS = 50;

/** A server whose actors have something to say, with all of it signed beforehand. */
export interface Senders {
  /** One of each actor: after these everybody is known. */
  readonly greetings: readonly Buffer[];
  readonly requests: readonly Buffer[];
  close(): void;
}

/** inbox: where all of it goes, by the name that is signed. Each request is another activity, a note of some size. */
export async function openSenders(inbox: URL, count: number): Promise<Senders> {
  const server = createServer((request, response) => {
    const actor = actors[Number(/^\/users\/(\d+)$/.exec(request.url ?? "")?.[1])];
    if (actor === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": "application/activity+json" }).end(actor.document);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP
  const actors = Array.from({ length: ACTORS }, (_, index) => anActor(origin, index));
  const make = (from: number, to: number) =>
    Promise.all(
      Array.from({ length: to - from }, (_, index) => aRequest(inbox, actors[index % ACTORS] ?? actors[0], origin, from + index)),
    );
  const greetings = await make(0, ACTORS);
  const requests = await make(ACTORS, ACTORS + count);
  return { greetings, requests, close: () => server.close() };
}

interface Sender {
  uri: string;
  key: KeyObject;
  document: string;
}

function anActor(origin: string, index: number): Sender {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const uri = `${origin}/users/${index}`;
  const document = {
    "@context": [AS, "https://w3id.org/security/v1"],
    ...{ id: uri, type: "Person", preferredUsername: `user${index}`, inbox: `${uri}/inbox`, outbox: `${uri}/outbox` },
    publicKey: { id: `${uri}#main-key`, owner: uri, publicKeyPem: publicKey.export({ format: "pem", type: "spki" }).toString() },
  };
  return { uri, key: privateKey, document: JSON.stringify(document) };
}

async function aRequest(inbox: URL, actor: Sender | undefined, origin: string, number: number): Promise<Buffer> {
  if (actor === undefined) throw new Error("nobody sends");
  const { uri, key } = actor;
  const id = `${origin}/notes/${number}`;
  const addressed = { to: [`${AS}#Public`], cc: [`${uri}/followers`] };
  const words = `<p>Number ${number}. ${"The bread is in the oven, and the door of the bakery stands open. ".repeat(8)}</p>`;
  const object = { id, type: "Note", attributedTo: uri, content: words, published: "2026-11-27T12:00:00Z", ...addressed };
  const activity = {
    "@context": AS,
    id: `${id}/activity`,
    type: "Create",
    actor: uri,
    published: "2026-11-27T12:00:00Z",
    ...addressed,
    object,
  };
  const body = Buffer.from(JSON.stringify(activity));
  const signing = { id: `${uri}#main-key`, kind: "rsa", key } as const;
  const signed = await signRequest({ method: "POST", url: inbox, body, key: signing, style: "cavage", now: new Date() });
  const headers = { ...signed, "content-type": "application/activity+json", "content-length": String(body.length) };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST ${inbox.pathname} HTTP/1.1\r\n${lines.join("")}\r\n`), body]);
}

/** Sends all of them over so many connections, each the next as soon as it has its answer; how many a second were answered 202. Throws where one was not. */
export async function sendAll(port: number, requests: readonly Buffer[], connections: number): Promise<number> {
  const began = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = net.connect({ host: "127.0.0.1", port, noDelay: true });
      await once(socket, "connect");
      while (next < requests.length) {
        const request = requests[next++];
        if (request === undefined) break;
        socket.write(request);
        const head = await answerOf(socket);
        if (!/^HTTP\/1\.1 20[02]/.test(head)) throw new Error(`it answered ${head}`);
      }
      socket.destroy();
    }),
  );
  return (requests.length / (performance.now() - began)) * 1000;
}

async function answerOf(socket: net.Socket): Promise<string> {
  let text = "";
  for (;;) {
    const [chunk] = (await once(socket, "data")) as [Buffer];
    text += chunk.toString("latin1");
    const end = text.indexOf("\r\n\r\n");
    if (end < 0) continue;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(text.slice(0, end + 2))?.[1] ?? 0);
    const isChunked = /transfer-encoding: chunked/i.test(text.slice(0, end));
    if (isChunked ? text.endsWith("0\r\n\r\n") : text.length >= end + 4 + length) return text;
  }
}
