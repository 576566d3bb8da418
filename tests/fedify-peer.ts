import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Context, createFederation, generateCryptoKeyPair, MemoryKvStore } from "@fedify/fedify";
import { Activity, Person } from "@fedify/fedify/vocab";

/** A server of the fediverse that is not ours: Fedify on loopback. It writes down each activity whose signature it verified. */
export interface FedifyPeer {
  readonly origin: string;
  readonly context: Context<void>;
  readonly received: { by: string; activity: Activity; json: Record<string, unknown> }[];
  /** What somebody was called before, by their name here. */
  readonly aliases: Map<string, URL>;
  /** Signs and posts, as one of its actors. */
  send(from: string, to: { id: string; inbox: string }, activity: Activity): Promise<void>;
  close(): void;
}

export async function openFedifyPeer(): Promise<FedifyPeer> {
  const received: FedifyPeer["received"] = [];
  const aliases = new Map<string, URL>();
  const keys = new Map<string, Awaited<ReturnType<typeof generateCryptoKeyPair>>[]>();
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const body = request.method === "POST" ? { body: Buffer.concat(chunks) } : {};
      const asked = new Request(`${origin}${request.url}`, { method: request.method ?? "GET", headers, ...body });
      const answer = await federation.fetch(asked, { contextData: undefined });
      response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(Buffer.from(await answer.arrayBuffer()));
    })();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP
  const federation = createFederation<void>({ kv: new MemoryKvStore(), allowPrivateAddress: true, origin });
  federation
    .setActorDispatcher("/users/{identifier}", async (context, identifier) => {
      const pairs = await context.getActorKeyPairs(identifier);
      const alias = aliases.get(identifier);
      return new Person({
        id: context.getActorUri(identifier),
        preferredUsername: identifier,
        name: `${identifier} of Fedify`,
        inbox: context.getInboxUri(identifier),
        publicKey: pairs[0]?.cryptographicKey ?? null,
        assertionMethods: pairs.map(({ multikey }) => multikey),
        ...(alias === undefined ? {} : { aliases: [alias] }),
      });
    })
    .setKeyPairsDispatcher(async (_context, identifier) => {
      const made = keys.get(identifier) ?? [await generateCryptoKeyPair("RSASSA-PKCS1-v1_5"), await generateCryptoKeyPair("Ed25519")];
      keys.set(identifier, made);
      return made;
    });
  federation.setInboxListeners("/users/{identifier}/inbox", "/inbox").on(Activity, async (_context, activity) => {
    const json = (await activity.toJsonLd()) as Record<string, unknown>; // an object, as activities are
    received.push({ by: activity.actorId?.href ?? "", activity, json });
  });
  const context = federation.createContext(new URL(origin), undefined);
  return {
    ...{ origin, context, received, aliases },
    send: (from, { id, inbox }, activity) =>
      context.sendActivity({ identifier: from }, { id: new URL(id), inboxId: new URL(inbox) }, activity, { immediate: true }),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
