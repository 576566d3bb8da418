import { cartLines } from "@rose-ash/shared/models/cart.ts";
import { afterAll, describe, expect, it } from "vitest";
import { openRawTarget } from "./builders/raw-target.ts";
import { type RawRequest, sendBytes } from "./raw-request.ts";

const target = await openRawTarget();
afterAll(() => target.close());
const { port, origin, host, form, ask } = target;

const NAMES = [
  "evil.example",
  "evil.example:8000",
  `${host}.evil.example`,
  `evil.example/${host}`,
  `${host}@evil.example`,
  "blog.rose-ash.localhost",
  "blog.rose-ash.localhost:80",
  "market.rose-ash.localhost:8000",
  "127.0.0.1:8000",
  "[::1]:8000",
  "<script>alert(1)</script>",
  "",
];

describe("a Host that is not ours", () => {
  it.each(NAMES)("%j is refused, and does not come back in the answer", async (name) => {
    const answer = await ask({ path: "/", headers: { host: name } });
    expect(answer.status).toBe(421);
    expect(answer.headers.location).toBeUndefined();
    expect(answer.text).not.toMatch(/evil|<script>alert/);
  });

  it.each([...NAMES.filter(Boolean), `${host}, evil.example`])("X-Forwarded-Host %j is refused when our proxy says it", async (name) => {
    const answer = await ask({ path: "/", headers: { "x-forwarded-host": name } });
    expect(answer.status).toBe(421);
    expect(answer.text).not.toMatch(/evil|<script>alert/);
  });

  it("X-Forwarded-Host, -Proto and their like count for nothing when a stranger says them", async () => {
    const headers = {
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "gopher",
      forwarded: "host=evil.example",
      "x-host": "evil.example",
      "x-original-url": "/evil",
      "x-rewrite-url": "/evil",
    };
    const answer = await target.app.inject({ url: "/", remoteAddress: "203.0.113.7", headers: { host, accept: "text/html", ...headers } });
    expect(answer.statusCode).toBe(200);
    expect(answer.payload + JSON.stringify(answer.headers)).not.toMatch(/evil|gopher/);
  });

  it.each([
    ["two of them, ours second", `GET / HTTP/1.1\r\nHost: evil.example\r\nHost: ${host}\r\n\r\n`],
    ["none", "GET / HTTP/1.1\r\n\r\n"],
    ["none in the old way", "GET / HTTP/1.0\r\n\r\n"],
    ["a whole address", `GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n`],
    ["a line's end in it", "GET / HTTP/1.1\r\nHost: evil.example\rX: y\r\n\r\n"],
    ["a zero byte in it", `GET / HTTP/1.1\r\nHost: ${host}\0evil\r\n\r\n`],
  ])("%s: is refused", async (_what, bytes) => {
    expect([400, 421]).toContain(await sendBytes(port, bytes));
  });
});

describe("a changing request that no page of this host sent", () => {
  const market = origin.replace("blog", "market");
  const strange = [
    { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
    { "sec-fetch-site": "cross-site", origin: undefined },
    { "sec-fetch-site": "cross-site", origin },
    { "sec-fetch-site": "same-site", origin: market },
    { "sec-fetch-site": "same-site", origin },
    { "sec-fetch-site": "none", origin },
    { "sec-fetch-site": "none", origin: undefined },
    { "sec-fetch-site": "", origin },
    { "sec-fetch-site": "same-origin, cross-site", origin },
    { origin: undefined },
    { origin: "null" },
    { origin: "" },
    { origin: "https://evil.example" },
    { origin: market },
    { origin: `${origin}.evil.example` },
    { origin: origin.replace("http:", "https:") },
    { origin: origin.replace(/:\d+$/, "") },
    { origin: `${origin}/` },
    { origin: `${origin}, https://evil.example` },
    { origin: undefined, referer: `${origin}/` },
  ];
  const device = { cookie: "rose_device=0123456789abcdefABCDEF" };

  it.each(strange)("%j is refused, and nothing happens", async (headers) => {
    const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
    const { origin: _own, ...unsigned } = form;
    for (const path of ["/cart/lines", "/preferences/colour-scheme", "/auth/logout"]) {
      const body = "product=seeded-rye&quantity=1&scheme=dark";
      const answer = await ask({ method: "POST", path, body, headers: { ...unsigned, ...device, ...given } });
      expect([path, answer.status]).toEqual([path, 403]);
      expect(answer.headers["set-cookie"]).toBeUndefined();
    }
    expect(await target.db.select().from(cartLines)).toEqual([]);
  });

  it.each(["PUT", "PATCH", "DELETE"])("is never a form of ours by %s", async (method) => {
    const answer = await ask({ method, path: "/cart/lines", headers: { origin: "https://evil.example" } });
    expect([403, 404]).toContain(answer.status);
  });

  it.each<RawRequest["headers"]>([{ origin }, { "sec-fetch-site": "same-origin", origin }, { "sec-fetch-site": "same-origin" }])(
    "%j is one of ours",
    async (headers) => {
      const { origin: _own, ...unsigned } = form;
      const answer = await ask({
        method: "POST",
        path: "/preferences/colour-scheme",
        body: "scheme=dark",
        headers: { ...unsigned, ...headers },
      });
      expect(answer.status).toBe(303);
    },
  );
});

describe("/internal from outside", () => {
  const nobody = { accept: "application/json" };
  const wants = JSON.stringify({ wants: [{ type: "nav-tree", params: {} }] });
  const tokens = [
    {},
    { authorization: "" },
    { authorization: "Bearer" },
    { authorization: "Bearer x.y.z" },
    { authorization: `Bearer ${"x".repeat(8_000)}` },
    { authorization: "Basic YWRhOmFkYQ==" },
    {
      authorization:
        "Bearer eyJhbGciOiJub25lIiwidHlwIjoiZnJhZ21lbnQrand0In0.eyJzdWIiOiJ1c2VyOjEiLCJpc3MiOiJjYXJ0IiwiYXVkIjoiYmxvZyIsImV4cCI6OTk5OTk5OTk5OX0.",
    },
  ];

  it.each(tokens)("with %j there is nothing: the answer is that of a path that does not exist", async (given) => {
    const json = { ...nobody, "content-type": "application/json", ...given };
    const unknown = shape(await ask({ method: "POST", path: "/internal/nothing", body: wants, headers: json }));
    expect(unknown.status).toBe(404);
    for (const body of [wants, "{", "", '{"wants":[]}', "x".repeat(300_000)]) {
      expect(shape(await ask({ method: "POST", path: "/internal/fragments", body, headers: json }))).toEqual(unknown);
    }
    for (const path of ["/internal/fragments/nav-tree", "/internal/fragments/nothing", "/internal/fragments/nav-tree?x=1"]) {
      expect(shape(await ask({ path, headers: { ...nobody, ...given } })).status).toBe(404);
    }
  });

  it("is nowhere under another host, either", async () => {
    expect((await ask({ path: "/internal/fragments/nav-tree", headers: { host: "evil.example" } })).status).toBe(404);
    expect((await ask({ path: "/internal", headers: { host: "evil.example" } })).status).toBe(421);
  });

  function shape({ status, headers, text }: Awaited<ReturnType<typeof ask>>) {
    const { instance: _id, ...problem }: Record<string, unknown> = JSON.parse(text);
    return { status, type: headers["content-type"], problem };
  }
});
