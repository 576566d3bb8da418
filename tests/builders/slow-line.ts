import { once } from "node:events";
import net from "node:net";

/** A line from this machine to a server that can be made slow, cut and mended. */
export interface SlowLine {
  port: number;
  /** How much later than sent every byte arrives, each way together. */
  delayMs: number;
  cut(): void;
  mend(): void;
  close(): void;
}

export async function openSlowLine(to: number, host = "127.0.0.1"): Promise<SlowLine> {
  const open = new Set<net.Socket>();
  let isCut = false;
  const server = net.createServer((near) => {
    if (isCut) return void near.destroy();
    const far = net.connect(to, host);
    for (const socket of [near, far]) open.add(socket.on("error", () => undefined));
    near.on("data", (bytes) => void far.write(bytes));
    far.on("data", (bytes) => {
      if (line.delayMs === 0) near.write(bytes);
      else setTimeout(() => near.write(bytes), line.delayMs);
    });
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  const destroyAll = () => {
    for (const socket of open) socket.destroy();
    open.clear();
  };
  const line: SlowLine = {
    port: typeof address === "object" && address !== null ? address.port : 0,
    delayMs: 0,
    cut() {
      isCut = true;
      destroyAll();
    },
    mend() {
      isCut = false;
    },
    close() {
      destroyAll();
      server.close();
    },
  };
  return line;
}
