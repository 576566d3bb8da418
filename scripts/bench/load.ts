import { execFile } from "node:child_process";
import net from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";

export interface Load {
  url: string;
  headers: Record<string, string>;
  connections: number;
  seconds: number;
  /** Requests are due at this rate, answered or not; null: each connection sends as soon as it has its answer. */
  perSecond?: number | null;
}

export interface Measured {
  perSecond: number;
  /** 99th percentile of the answers' times, in ms, counted from when the request was due. */
  p99Ms: number;
  failures: number;
}

if (import.meta.main) process.stdout.write(JSON.stringify(await press(JSON.parse(process.argv[2] ?? ""))));

/** Sends requests over a fixed number of connections from a process of its own, which core says where. */
export async function measure(load: Load, core: number | null): Promise<Measured> {
  const argv = [process.execPath, join(import.meta.dirname, "load.ts"), JSON.stringify(load)];
  const [command = "", ...args] = core === null ? argv : ["taskset", "-c", String(core), ...argv];
  const { stdout } = await promisify(execFile)(command, args);
  return JSON.parse(stdout);
}

async function press({ url, headers, connections, seconds, perSecond = null }: Load): Promise<Measured> {
  const began = performance.now();
  const until = began + seconds * 1000;
  const times: number[] = [];
  let failures = 0;
  const note = (isOk: boolean, dueAt: number) => void (isOk ? times.push(performance.now() - dueAt) : failures++);
  const lines = await Promise.all(Array.from({ length: connections }, () => openLine(url, headers)));
  if (perSecond === null) {
    await Promise.all(
      lines.map(async (line) => {
        while (performance.now() < until) {
          const sent = performance.now();
          note(await line.ask(), sent);
        }
      }),
    );
  } else {
    let due = 0;
    const idle = [...lines];
    const underWay = new Set<Promise<void>>();
    while (performance.now() < until || underWay.size > 0) {
      const isOver = performance.now() >= until;
      while (!isOver && idle.length > 0 && began + (due / perSecond) * 1000 <= performance.now()) {
        const line = idle.pop();
        if (line === undefined) break;
        const dueAt = began + (due++ / perSecond) * 1000;
        const asked = line.ask().then((isOk) => {
          note(isOk, dueAt);
          idle.push(line);
          underWay.delete(asked);
        });
        underWay.add(asked);
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
  const took = (performance.now() - began) / 1000;
  for (const line of lines) line.close();
  times.sort((a, b) => a - b);
  return { perSecond: times.length / took, p99Ms: times[Math.floor(times.length * 0.99)] ?? Number.NaN, failures };
}

interface Line {
  /** Sends the request; whether 200 came back. */
  ask(): Promise<boolean>;
  close(): void;
}

/** One kept connection that writes and reads HTTP/1.1 by hand: node:http as a client takes more time than what is measured. */
async function openLine(url: string, headers: Record<string, string>): Promise<Line> {
  const { hostname, port, pathname, search } = new URL(url);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const request = Buffer.from(`GET ${pathname}${search} HTTP/1.1\r\n${lines.join("")}\r\n`);
  const socket = net.connect({ host: hostname, port: Number(port), noDelay: true });
  let answered: (isOk: boolean) => void = () => undefined;
  let [missing, isOk, head] = [0, false, ""];
  socket.on("error", () => answered(false)).on("close", () => answered(false));
  socket.on("data", (chunk: Buffer) => {
    let body = chunk.length;
    if (missing === 0) {
      head += chunk.toString("latin1");
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(head.slice(0, end + 2))?.[1]);
      if (Number.isNaN(length)) return void socket.destroy(new Error("an answer without a length"));
      isOk = head.startsWith("HTTP/1.1 200");
      body = head.length - end - 4;
      head = "";
      missing = length;
    }
    missing -= body;
    if (missing <= 0) {
      missing = 0;
      answered(isOk);
    }
  });
  await new Promise((resolve) => socket.once("connect", resolve).once("error", resolve));
  return {
    ask: () =>
      new Promise((resolve) => {
        answered = resolve;
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}
