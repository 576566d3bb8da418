import { execFile } from "node:child_process";
import http from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";

export interface Load {
  url: string;
  headers: Record<string, string>;
  connections: number;
  seconds: number;
}

export interface Measured {
  perSecond: number;
  /** 99th percentile of the answers' times, in ms. */
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

async function press({ url, headers, connections, seconds }: Load): Promise<Measured> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const until = performance.now() + seconds * 1000;
  const times: number[] = [];
  let failures = 0;
  const began = performance.now();
  const worker = async () => {
    while (performance.now() < until) {
      const sent = performance.now();
      if ((await get(url, headers, agent)) === 200) times.push(performance.now() - sent);
      else failures++;
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const took = (performance.now() - began) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  return { perSecond: times.length / took, p99Ms: times[Math.floor(times.length * 0.99)] ?? Number.NaN, failures };
}

function get(url: string, headers: Record<string, string>, agent: http.Agent): Promise<number> {
  return new Promise((resolve) => {
    const request = http.get(url, { headers, agent }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer.statusCode ?? 0));
    });
    request.on("error", () => resolve(0));
  });
}
