import { readFileSync } from "node:fs";
import { Pool } from "undici";

/** Requests to send, each once and in turn, over and over: what is different in each stands in a file, as JSON. */
export interface Press {
  origin: string;
  file: string;
  perSecond: number;
  seconds: number;
  /** The status that is right. */
  status: number;
}

export interface Shot {
  method: "GET" | "POST";
  path: string;
  headers: Record<string, string>;
  body?: string;
}

export interface Pressed {
  perSecond: number;
  p50Ms: number;
  /** From when the request was due, answered or not. */
  p95Ms: number;
  failures: number;
  /** Where each answer led. */
  locations: readonly string[];
}

const CONNECTIONS = 64;

if (import.meta.main) process.stdout.write(JSON.stringify(await press(JSON.parse(process.argv[2] ?? ""))));

async function press({ origin, file, perSecond, seconds, status }: Press): Promise<Pressed> {
  const shots: Shot[] = JSON.parse(readFileSync(file, "utf8"));
  const pool = new Pool(origin, { connections: CONNECTIONS, pipelining: 1 });
  const times: number[] = [];
  const locations: string[] = [];
  let failures = 0;
  const fire = async ({ method, path, headers, body }: Shot, dueAt: number) => {
    try {
      const answer = await pool.request({ method, path, headers, body: body ?? null });
      await answer.body.dump({ limit: 10_000_000 });
      times.push(performance.now() - dueAt);
      if (answer.statusCode !== status) failures += 1;
      if (typeof answer.headers["location"] === "string") locations.push(answer.headers["location"]);
    } catch {
      failures += 1;
    }
  };
  const began = performance.now();
  const underWay: Promise<void>[] = [];
  for (let due = 0; due < perSecond * seconds; due += 1) {
    const dueAt = began + (due / perSecond) * 1000;
    while (performance.now() < dueAt) await new Promise((resolve) => setTimeout(resolve, 1));
    const shot = shots[due % shots.length];
    if (shot !== undefined) underWay.push(fire(shot, dueAt));
  }
  await Promise.all(underWay);
  const took = (performance.now() - began) / 1000;
  await pool.close();
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
  return { perSecond: times.length / took, p50Ms: at(0.5), p95Ms: at(0.95), failures, locations };
}
