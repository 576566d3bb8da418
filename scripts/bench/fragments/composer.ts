import http from "node:http";
import { openWays } from "./ways.ts";

/** A process that composes pages: GET /<way> has six pieces in that way and sends them joined. */
const [ownersUrl = "", redisUrl] = process.argv.slice(2);
const ways = await openWays(ownersUrl, redisUrl === "" ? undefined : redisUrl);

const server = http.createServer(async (request, response) => {
  const way = ways[request.url?.slice(1) ?? ""];
  const pieces = (await way?.()) ?? [];
  const isWhole = pieces.length === 6 && pieces.every((html) => html.length > 1000);
  const page = pieces.join("");
  response.writeHead(isWhole ? 200 : 500, { "content-type": "text/html", "content-length": page.length }).end(page);
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ port: typeof address === "object" ? address?.port : 0 });
});
