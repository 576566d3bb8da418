import { afterAll, expect, it } from "vitest";
import { openTestApp } from "./app.ts";
import { withAppConfig } from "./app-config.ts";

const LIMIT = 3;
const restoreConfig = withAppConfig("requestsPerMinute", LIMIT);
const test = await openTestApp("cart");
afterAll(async () => {
  await test.close();
  restoreConfig();
});

const { host } = new URL(test.origin);
const refusals = [
  { by: "a form of another site", status: 403, method: "POST", url: "/cart/lines", headers: { host, origin: "https://elsewhere.example" } },
  { by: "a foreign host", status: 421, method: "GET", url: "/", headers: { host: "elsewhere.example" } },
] as const;

it.each(refusals)("counts what is refused before it is read: $by", async ({ status, method, url, headers }) => {
  const statuses = [];
  for (let i = 0; i <= LIMIT; i++) {
    const answer = await test.app.inject({
      method,
      url,
      remoteAddress: `203.0.113.${status % 250}`,
      headers: { ...headers, accept: "text/html" },
    });
    statuses.push(answer.statusCode);
  }
  expect(statuses).toEqual([...Array(LIMIT).fill(status), 429]);
});

it("asks PostgreSQL nothing about a visitor who asks too much", async () => {
  const { identity } = test.app.services;
  const asked: string[] = [];
  const findSession = identity.findSession;
  identity.findSession = (name, tokenHash) => {
    asked.push(tokenHash);
    return findSession(name, tokenHash);
  };
  const cookies = { [test.app.sessionCookies.session.name]: "x".repeat(43) };
  for (let i = 0; i < 2 * LIMIT; i++) await test.app.inject({ url: "/", remoteAddress: "203.0.113.99", headers: { host }, cookies });
  identity.findSession = findSession;
  expect(asked).toHaveLength(LIMIT);
});
