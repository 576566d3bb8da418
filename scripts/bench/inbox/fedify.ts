import { createServer } from "node:http";
import { createFederation, MemoryKvStore } from "@fedify/fedify";
import { Create } from "@fedify/fedify/vocab";

/** Fedify with what it has at hand for one process: keys and seen activities in memory, nothing stored. Says when it listens. */
const [port = "0"] = process.argv.slice(2);
const origin = process.env["BENCH_ORIGIN"] ?? "";
const federation = createFederation<void>({ kv: new MemoryKvStore(), allowPrivateAddress: true, origin });
federation.setActorDispatcher("/users/{identifier}", () => null);
federation.setInboxListeners("/users/{identifier}/inbox", "/ap/inbox").on(Create, () => undefined);
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const asked = new Request(`${origin}${request.url}`, { method: "POST", headers, body: Buffer.concat(chunks) });
  const answer = await federation.fetch(asked, { contextData: undefined });
  const body = Buffer.from(await answer.arrayBuffer());
  response.writeHead(answer.status, { "content-length": body.length }).end(body);
});
await new Promise<void>((resolve) => server.listen(Number(port), "127.0.0.1", resolve));
process.send?.("listening");
