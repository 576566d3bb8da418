import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { envOfWorker, makeChild } from "./worker-child.ts";

const folder = mkdtempSync(join(tmpdir(), "rose-ash-child-"));
afterAll(() => rmSync(folder, { recursive: true }));
const worker = (name: string, code: string) => {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, code);
  return file;
};

it("gets what reading pages needs of the environment, and no key of the service's", () => {
  const env = { PATH: "/bin", DATABASE_PASSWORD_FILE: "/run/secrets/password", SESSION_KEYS: "secret", OAUTH_CLIENT_SECRET: "secret" };
  expect(envOfWorker(env)).toEqual({ PATH: "/bin", DATABASE_PASSWORD_FILE: "/run/secrets/password" });
});

it("is killed once it says nothing any more, and its faults end nobody else", { timeout: 60_000 }, async () => {
  const faults: string[] = [];
  const onFault = (error: Error) => void faults.push(error.message);
  const stuck = makeChild({ worker: worker("stuck", "for (;;);"), env: process.env, silentMs: 1000, onFault });
  stuck.begin();
  expect(stuck.isAlive()).toBe(true);
  await expect.poll(() => stuck.isAlive(), { timeout: 40_000 }).toBe(false);
  expect(faults).toEqual([expect.stringContaining("said nothing for 1 seconds")]);
});

it("that can't be started at all is told of", { timeout: 60_000 }, async () => {
  const faults: string[] = [];
  const long = "x".repeat(200_000); // longer than the system lets a variable be
  const none = makeChild({ worker: worker("none", ""), env: { APP_CONFIG: long }, onFault: (error) => void faults.push(error.message) });
  none.begin();
  await expect.poll(() => faults.length, { timeout: 40_000 }).toBe(1);
  expect(none.isAlive()).toBe(false);
});
