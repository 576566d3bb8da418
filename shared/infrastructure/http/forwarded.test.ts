import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { dropForgedForwarding } from "./forwarded.ts";

const SECRET = "what only the proxy in front of us knows";
const said = { "x-forwarded-for": "203.0.113.7", "x-forwarded-host": "evil.example", forwarded: "for=203.0.113.7", host: "blog" };

describe("what a request says it was forwarded from", () => {
  it("is believed beside the proxy's secret, which goes no further", () => {
    expect(after({ ...said, "x-proxy-secret": SECRET }, SECRET)).toEqual(said);
  });

  it.each([{}, { "x-proxy-secret": "" }, { "x-proxy-secret": `${SECRET} ` }])("is taken away beside %j", (proof) => {
    expect(after({ ...said, ...proof }, SECRET)).toEqual({ host: "blog" });
  });

  it("is left to the proxy's address where no secret is set", () => {
    expect(after(said, undefined)).toEqual(said);
  });
});

function after(headers: Record<string, string>, secret: string | undefined): unknown {
  const request = { headers: { ...headers } };
  dropForgedForwarding(request as unknown as IncomingMessage, secret);
  return request.headers;
}
