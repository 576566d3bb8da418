import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openTestApp } from "./app.ts";
import { withAppConfig } from "./app-config.ts";

const LIMIT = 4;
const restoreConfig = withAppConfig("requestsPerMinute", LIMIT);
const test = await openTestApp("cart");
afterAll(async () => {
  await test.close();
  restoreConfig();
});

let visitor = 0;
let address: string;
beforeEach(() => {
  address = `203.0.113.${++visitor}`;
});
const { host } = new URL(test.origin);
const ask = (url: string, headers: Record<string, string> = {}, remoteAddress = address) =>
  test.app.inject({ url, remoteAddress, headers: { host, accept: "text/html", ...headers } });

/** The statuses of one request more than is allowed. */
async function overdo(url: string, headers: (i: number) => Record<string, string> = () => ({}), remoteAddress?: string) {
  const statuses = [];
  for (let i = 0; i <= LIMIT; i++) statuses.push((await ask(url, headers(i), remoteAddress)).statusCode);
  return statuses;
}

describe("who asks too much", () => {
  it("is told so on a page, and when to come back", async () => {
    expect(await overdo("/")).toEqual([...Array(LIMIT).fill(200), 429]);
    const { statusCode, headers, payload } = await ask("/");
    expect(statusCode).toBe(429);
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(payload).toContain("Too many requests");
    expect(Number(headers["retry-after"])).toBeGreaterThan(0);
    expect(Number(headers["retry-after"])).toBeLessThanOrEqual(60);
    expect(headers["content-security-policy"]).toContain("default-src 'self'");
  });

  it("is told so as a problem when a program asks", async () => {
    await overdo("/");
    const { headers, payload } = await ask("/", { accept: "application/json" });
    expect(headers["content-type"]).toMatch(/^application\/problem\+json/);
    expect(JSON.parse(payload)).toMatchObject({ type: "/problems/too-many-requests", status: 429 });
  });

  it("does not take the others' turn", async () => {
    await overdo("/");
    expect((await ask("/", {}, "203.0.113.200")).statusCode).toBe(200);
  });

  it("is counted where nothing is, too: an error page costs as much as another", async () => {
    expect(await overdo("/nowhere")).toEqual([...Array(LIMIT).fill(404), 429]);
  });

  it("is counted for refused forms, too", async () => {
    const form = { method: "POST", url: "/preferences/colour-scheme", remoteAddress: address, payload: "x" } as const;
    const headers = { host, accept: "text/html", "content-type": "application/x-www-form-urlencoded", origin: test.origin };
    for (let i = 0; i < LIMIT; i++) expect((await test.app.inject({ ...form, headers })).statusCode).toBe(400);
    expect((await test.app.inject({ ...form, headers })).statusCode).toBe(429);
  });

  it("can't pass for somebody else by a header", async () => {
    const statuses = await overdo("/", (i) => ({ "x-forwarded-for": `198.51.100.${i}`, "x-real-ip": `198.51.100.${i}` }));
    expect(statuses.at(-1)).toBe(429);
  });

  it("is known behind our proxy by the address that the proxy saw", async () => {
    const through = (client: string) => () => ({ "x-forwarded-for": client });
    expect((await overdo("/", through("198.51.100.7"), "127.0.0.1")).at(-1)).toBe(429);
    expect((await overdo("/", through("198.51.100.8"), "127.0.0.1"))[0]).toBe(200);
    const pretending = await overdo("/", (i) => ({ "x-forwarded-for": `10.0.0.${i}, 198.51.100.8` }), "127.0.0.1");
    expect(pretending).toEqual(Array(LIMIT + 1).fill(429));
  });

  it.each(["/healthz", "/static/nothing.css", "/media/nothing.svg", "/internal/fragments/cart-mini"])(
    "may ask for %s as ever",
    async (url) => {
      expect(await overdo(url)).not.toContain(429);
    },
  );

  it.each(["/staticky", "/mediation", "/internals", "/static-", "/media."])("is not fooled by %s", async (url) => {
    expect((await overdo(url)).at(-1)).toBe(429);
  });
});
