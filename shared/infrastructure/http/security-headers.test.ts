import Fastify from "fastify";
import { describe, expect, it } from "vitest";
import { publicUrlOf } from "../config.ts";
import { securityHeaders } from "./security-headers.ts";

describe("the headers that protect", () => {
  it.each([
    ["https://{app}.rose-ash.com", "max-age=31536000; includeSubDomains"],
    ["http://{app}.rose-ash.localhost:8000", undefined],
  ])("of %s ask browsers to stay with https only where it is", async (origin, expected) => {
    const { headers } = await answerAt(origin);
    expect(headers["strict-transport-security"]).toBe(expected);
  });

  it("let a form end at each of the six hosts, and at no other", async () => {
    const { headers } = await answerAt("https://{app}.rose-ash.com");
    const targets = /form-action ([^;]*)/.exec(String(headers["content-security-policy"]))?.[1]?.split(" ");
    const hosts = ["blog", "market", "cart", "events", "federation", "account"].map((app) => `https://${app}.rose-ash.com`);
    expect(targets).toEqual(["'self'", ...hosts]);
  });
});

async function answerAt(PUBLIC_ORIGIN: string) {
  const app = Fastify();
  await app.register(securityHeaders, { publicUrl: publicUrlOf({ PUBLIC_ORIGIN }) });
  app.get("/", async () => "bread");
  return app.inject("/");
}
