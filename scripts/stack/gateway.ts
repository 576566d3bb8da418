/**
 * A container of the proof's stack: stands where the ingress and the reverse proxy are in production. Names resolve to one address per healthy
 * task, so it looks up each new connection, and tries a request that changes nothing again elsewhere when a task goes away under it.
 */
import dns from "node:dns";
import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";

const PORTS: Record<string, number> = { blog: 8001, market: 8002, cart: 8003, events: 8004, federation: 8005, account: 8006 };
const RETRIES = 4;
const pem = process.env["PEM_FILE"] ? readFileSync(process.env["PEM_FILE"]) : null;
const secret = readFileSync(process.env["PROXY_SECRET_FILE"] ?? "", "utf8").trim();

const agent = new http.Agent({
  keepAlive: true,
  timeout: 30_000,
  lookup: (host, options, answer) =>
    dns.lookup(host, { all: true, family: 4 }, (error, addresses) => {
      const picked = error ? undefined : addresses[Math.floor(Math.random() * addresses.length)];
      if (picked === undefined) return answer(error ?? new Error(`${host} has no address`), "", 4);
      options.all ? answer(null, [picked]) : answer(null, picked.address, picked.family);
    }),
});

const answer: http.RequestListener = (request, response) => send(request, response, RETRIES);
const server = pem === null ? http.createServer(answer) : https.createServer({ key: pem, cert: pem }, answer);
server.listen(process.env["PORT"]);
process.on("SIGTERM", () => server.close(() => process.exit(0)));

function send(request: http.IncomingMessage, response: http.ServerResponse, retries: number): void {
  const app = request.headers.host?.split(".")[0] ?? "";
  const port = PORTS[app];
  if (port === undefined) return void response.writeHead(421).end();
  const isSafe = request.method === "GET" || request.method === "HEAD";
  const upstream = http.request({
    agent,
    host: app,
    port,
    method: request.method,
    path: request.url,
    headers: {
      ...request.headers,
      "x-forwarded-for": request.socket.remoteAddress,
      "x-forwarded-host": request.headers.host,
      "x-forwarded-proto": pem === null ? "http" : "https",
      "x-proxy-secret": secret,
    },
  });
  upstream.on("response", (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  upstream.on("error", () => {
    if (response.headersSent) return response.destroy();
    // a request that changes something is tried again only where nothing can have been read of it: on a connection that never stood
    if (retries > 0 && (isSafe || (!upstream.reusedSocket && upstream.socket?.connecting !== false)))
      return setTimeout(() => send(request, response, retries - 1), 50);
    response.writeHead(502, { "content-type": "text/plain" }).end("away for a moment\n");
  });
  isSafe ? upstream.end() : request.pipe(upstream);
}
