import { createServer } from "node:http";

/** Every other server there is, in one process: takes whatever is posted, and says when which came when it is asked. */
const arrivals: { path: string; at: number }[] = [];
const server = createServer((request, response) => {
  request.resume().on("end", () => {
    arrivals.push({ path: request.url ?? "", at: Date.now() });
    response.writeHead(202, { "content-length": 0 }).end();
  });
});
server.listen({ port: 0, host: "127.0.0.1", backlog: 2048 }, () => {
  const address = server.address();
  process.send?.(typeof address === "object" ? address?.port : 0);
});
process.on("message", () => process.send?.(arrivals.splice(0)));
