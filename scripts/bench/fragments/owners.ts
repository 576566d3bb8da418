import http, { type IncomingMessage, type ServerResponse } from "node:http";
import { json } from "node:stream/consumers";

/** What every piece is: 1.9 KB, as a card or a menu is. */
const HTML = `<article class="card">${"bread ".repeat(312)}</article>`;
let delayMs = 3;
let isDown = false;
let calls = 0;

/**
 * A process that stands for every owner: pieces in a batch for us, one by one for the peers, each answer after the same
 * time. It is told that time, or that it is down, and tells how often it was called.
 */
if (import.meta.main) {
  const server = http.createServer((request, response) => void answer(request, response));
  process.on("message", (told: { delayMs?: number; isDown?: boolean }) => {
    delayMs = told.delayMs ?? delayMs;
    isDown = told.isDown ?? isDown;
    process.send?.({ calls });
    calls = 0;
  });
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    process.send?.({ port: typeof address === "object" ? address?.port : 0 });
  });
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url?.endsWith("/manifest.json")) return sendJson(response, { name: "piece", version: "1", content: "/", fallback: "" });
  calls++;
  if (isDown) return void response.destroy();
  const wants = request.method === "POST" ? await wantsOf(request) : [];
  setTimeout(() => {
    if (request.method === "POST") return sendJson(response, { pieces: wants.map(() => ({ html: HTML, audience: "public" })) });
    const headers = { "content-type": "text/html", "content-length": HTML.length, "podlet-version": "1" };
    response.writeHead(200, headers).end(HTML);
  }, delayMs);
}

async function wantsOf(request: IncomingMessage): Promise<unknown[]> {
  const body: unknown = await json(request);
  return typeof body === "object" && body !== null && "wants" in body && Array.isArray(body.wants) ? body.wants : [];
}

function sendJson(response: ServerResponse, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(text) }).end(text);
}
