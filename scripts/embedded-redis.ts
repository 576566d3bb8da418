import { type ChildProcess, spawnSync } from "node:child_process";
import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { findFreePort } from "./free-port.ts";
import type { Processes } from "./processes.ts";

/** Whether this machine has a Redis to start. */
export function hasRedis(): boolean {
  return spawnSync("redis-server", ["--version"], { stdio: "ignore" }).status === 0;
}

/** Starts redis-server from the PATH on a free port of the loopback, without a disk: it is a cache. Returns its URL. */
export async function startRedis(processes: Processes, port?: number): Promise<{ url: string; port: number; child: ChildProcess }> {
  const at = port ?? (await findFreePort());
  const argv = [
    "--port",
    String(at),
    "--bind",
    "127.0.0.1",
    "--save",
    "",
    "--appendonly",
    "no",
    "--dbfilename", // it would begin with what another Redis once left in its folder
    `rose-ash-${at}-${process.pid}.rdb`,
    "--repl-diskless-load", // as one that copies another; its folder may not be its user's to write
    "on-empty-db",
    "--maxmemory",
    "64mb",
    "--maxmemory-policy",
    "allkeys-lru",
  ];
  const child = processes.start("redis-server", argv, { cwd: "/", stdio: "ignore" });
  for (let tries = 0; !(await answers(at)); tries++) {
    if (tries > 100 || child.exitCode !== null) throw new Error("redis-server did not start; take it off the PATH to go on without it");
    await sleep(20);
  }
  return { url: `redis://127.0.0.1:${at}`, port: at, child };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
