import { fork } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import { fileURLToPath } from "node:url";

/** A process of its own that answers everything with the same bytes: what HTTP itself costs on this machine just now. */
export interface StaticPeer {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

if (import.meta.main) {
  process.once("message", (text: string) => {
    const body = Buffer.from(text, "base64");
    const headers = { "content-type": "text/html; charset=utf-8", "content-length": body.length };
    const server = http.createServer((_request, response) => void response.writeHead(200, headers).end(body));
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      process.send?.(typeof address === "object" ? address?.port : 0);
    });
  });
}

export async function serveBytes(body: Buffer): Promise<StaticPeer> {
  const child = fork(fileURLToPath(import.meta.url), { stdio: "inherit" });
  child.send(body.toString("base64"));
  const [port] = await once(child, "message");
  return {
    url: `http://127.0.0.1:${port}/`,
    pid: child.pid ?? 0,
    async stop() {
      const exited = once(child, "exit");
      child.kill();
      await exited;
    },
  };
}
