import { loadConfig } from "@rose-ash/shared/infrastructure/config.ts";
import { describe, expect, it } from "vitest";
import { schema } from "./schema.ts";

const ENV = {
  PORT: "0",
  DATABASE_URL: "postgres://rose@127.0.0.1/ash",
  DEPLOYMENT_SECRET: "a-secret-for-tests-that-nobody-else-uses",
  MAIL_URL: "smtp://127.0.0.1:9",
};
const DOORS = { DEPLOYMENT: "development", SITE_DOMAIN: "rose-ash.localhost", HOST: "127.0.0.1" };

describe("where SumUp is", () => {
  it.each([
    ["http://api.sumup.example", {}, false],
    ["http://127.0.0.1:9999", {}, false],
    ["http://127.0.0.1:9999", { ...DOORS, HOST: "0.0.0.0" }, false],
    ["http://127.0.0.1:9999", DOORS, true],
    ["https://api.sumup.example", {}, true],
    ["", {}, true],
  ])("%s with %j: starts %s", (SUMUP_HOST, env, starts) => {
    const load = () => loadConfig(schema, { ...ENV, ...env, SUMUP_HOST });
    if (starts) expect(load().PORT).toBe(0);
    else expect(load).toThrow(/is https, where the development doors are shut[\s\S]*SUMUP_HOST/);
  });
});
