import type { AddressInfo } from "node:net";
import { cartLines } from "@rose-ash/shared/models/cart.ts";
import { afterAll, describe, expect, it } from "vitest";
import { openTestApp } from "./app.ts";
import { type RawRequest, send, sendBytes } from "./raw-request.ts";

const test = await openTestApp("blog", { seeded: true });
test.app.get("/broken", async () => {
  throw new Error("password=hunter2 of db:5432");
});
test.app.get("/broken-frame", async (request) => {
  request.frame = Promise.reject(new Error("password=hunter2 of the frame"));
  request.frame.catch(() => undefined);
  throw new Error("password=hunter2 of db:5432");
});
await test.app.listen({ port: 0, host: "127.0.0.1" });
afterAll(() => test.close());
const { port } = test.app.server.address() as AddressInfo; // it listens on TCP

const { origin } = test;
const { host } = new URL(origin);
const FORM = { "content-type": "application/x-www-form-urlencoded", origin };
const ask = (asked: RawRequest) => send(port, { ...asked, headers: { host, accept: "text/html", ...asked.headers } });
const post = (path: string, body: string | Buffer, headers: RawRequest["headers"] = {}) =>
  ask({ method: "POST", path, body, headers: { ...FORM, ...headers } });
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
    const answer = await test.app.inject({ url: "/", remoteAddress: "203.0.113.7", headers: { host, accept: "text/html", ...headers } });
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
    const { origin: _own, ...form } = FORM;
    for (const path of ["/cart/lines", "/preferences/colour-scheme", "/auth/logout"]) {
      const body = "product=seeded-rye&quantity=1&scheme=dark";
      const answer = await ask({ method: "POST", path, body, headers: { ...form, ...device, ...given } });
      expect([path, answer.status]).toEqual([path, 403]);
      expect(answer.headers["set-cookie"]).toBeUndefined();
    }
    expect(await test.db.select().from(cartLines)).toEqual([]);
  });

  it.each(["PUT", "PATCH", "DELETE"])("is never a form of ours by %s", async (method) => {
    const answer = await ask({ method, path: "/cart/lines", headers: { origin: "https://evil.example" } });
    expect([403, 404]).toContain(answer.status);
  });

  it.each<RawRequest["headers"]>([{ origin }, { "sec-fetch-site": "same-origin", origin }, { "sec-fetch-site": "same-origin" }])(
    "%j is one of ours",
    async (headers) => {
      const { origin: _own, ...form } = FORM;
      const answer = await ask({
        method: "POST",
        path: "/preferences/colour-scheme",
        body: "scheme=dark",
        headers: { ...form, ...headers },
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

describe("a body that is not a form", () => {
  it.each([
    ["multipart", "multipart/form-data; boundary=x", '--x\r\nContent-Disposition: form-data; name="scheme"\r\n\r\ndark\r\n--x--\r\n', 415],
    ["XML", "application/xml", "<scheme>dark</scheme>", 415],
    ["of no type", "", "scheme=dark", 415],
    ["of a type that is none", "form", "scheme=dark", 415],
    ["text", "text/plain", "scheme=dark", 400],
    ["broken JSON", "application/json", "{", 400],
    ["empty JSON", "application/json", "", 400],
    ["JSON null", "application/json", "null", 400],
    ["a JSON list", "application/json", '["dark"]', 400],
    ["JSON with another prototype", "application/json", '{"__proto__":{"scheme":"dark"}}', 400],
    ["JSON with another constructor", "application/json", '{"scheme":"dark","constructor":{"prototype":{"x":1}}}', 400],
    ["deep JSON", "application/json", `${"[".repeat(50_000)}${"]".repeat(50_000)}`, 400],
  ])("%s is refused", async (_what, type, body, status) => {
    for (const accept of ["text/html", "application/json"]) {
      const answer = await post("/preferences/colour-scheme", body, { "content-type": type, accept });
      expect(answer.status).toBe(status);
      expect(answer.headers["content-type"]).toMatch(accept === "text/html" ? /^text\/html/ : /^application\/problem\+json/);
      expect(answer.text).not.toMatch(/SyntaxError|at .*\.js|node_modules/);
    }
  });
});

describe("a form that is not right", () => {
  it.each([
    ["a percent sign alone", "scheme=%"],
    ["no hexadecimal", "scheme=%zz"],
    ["half a character", "scheme=%E0%A4%A"],
    ["half a surrogate pair", "scheme=%ED%A0%80"],
    ["a zero byte", "scheme=dark%00"],
    ["a raw zero byte", "scheme=dark\0"],
    ["bytes that are no text", Buffer.from([0x73, 0xff, 0xfe, 0x3d, 0xc3, 0x28])],
    ["separators only", "&&&==&&="],
    ["nothing", ""],
    ["ten thousand fields", Array.from({ length: 10_000 }, (_, i) => `f${i}=${i}`).join("&")],
    ["ten thousand times the same", "scheme=dark&".repeat(10_000)],
    ["a prototype", "__proto__[scheme]=dark&__proto__.scheme=dark&__proto__=dark"],
    ["a constructor", "constructor=dark&constructor[prototype][scheme]=dark"],
    ["names of every object", "toString=x&hasOwnProperty=x&valueOf=x"],
    ["the same field twice", "scheme=dark&scheme=light"],
    ["a list", "scheme[]=dark"],
    ["an object", "scheme[x]=dark"],
    ["other words", "scheme=DARK"],
  ])("%s is refused by the schema, for every form", async (_what, body) => {
    expect((await post("/preferences/colour-scheme", body)).status).toBe(400);
    expect([404, 422]).toContain((await post("/cart/lines", body)).status);
    expect([400, 404, 409, 422]).toContain((await post("/cart/lines/1", body)).status);
    expect(Reflect.get({}, "scheme")).toBeUndefined();
  });

  it("may hold more than is asked for: it is left out", async () => {
    const answer = await post("/preferences/colour-scheme", "scheme=dark&__proto__=x&isAdmin=true");
    expect(answer.status).toBe(303);
    expect(answer.headers["set-cookie"]?.join()).not.toContain("Admin");
  });

  it.each([
    ["a length that says so", { "content-length": "300000" }],
    ["no length", { "transfer-encoding": "chunked" }],
  ])("is refused when it is too large: %s", async (_what, headers) => {
    for (const path of ["/preferences/colour-scheme", "/cart/lines"]) {
      const answer = await post(path, "x".repeat(300_000), headers);
      expect(answer.status).toBe(413);
      expect(answer.text).toContain("Too large");
    }
  });

  it("is not waited for at an address that takes none", async () => {
    expect((await post("/nowhere", "x".repeat(10))).status).toBe(404);
    expect((await ask({ method: "GET", path: "/", body: "scheme=dark", headers: { "content-length": "11" } })).status).toBe(200);
  });

  it.each([
    ["a length that is none", "Content-Length: x"],
    ["two lengths", "Content-Length: 1\r\nContent-Length: 2"],
    ["a length and chunks", "Content-Length: 4\r\nTransfer-Encoding: chunked"],
    ["chunks that are none", "Transfer-Encoding: xchunked"],
  ])("is refused with %s, so that nobody can hide a second request in it", async (_what, lines) => {
    const head = `POST /preferences/colour-scheme HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nContent-Type: application/x-www-form-urlencoded`;
    expect(await sendBytes(port, `${head}\r\n${lines}\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n`)).toBe(400);
  });
});

describe("an address that makes no sense", () => {
  it.each([
    "/%",
    "/%zz",
    "/posts/%",
    "/posts/%E0%A4%A",
    "/%ED%A0%80",
    "/posts/%00",
    "/%00",
    "/posts/a%2500",
    "/?notice=%00",
    "/tags/x?page=%zz",
    "/?page=1&page=2",
    "/?page[]=1",
    "/?__proto__[page]=2&constructor=x",
    "/?page=99999999999999999999999",
    "/?page=-1",
    "/?page=1e3",
    "/?page=NaN",
    "/?page=1%20or%201=1",
    "/posts/'%20or%20'1'='1",
    "/posts/%F0%9F%A7%80",
    "/posts/..%2f..%2fetc%2fpasswd",
    "/posts/..;/x",
    "//evil.example/",
    "/%2f%2fevil.example/",
    "/\\evil.example",
    "/.git/config",
    "/.env",
    "/constructor",
    "/__proto__",
    "/about/__proto__",
    `/${"a".repeat(10_000)}`,
    `/posts/${"a".repeat(101)}`,
    `/posts/${"a".repeat(10_000)}`,
    `/${"a/".repeat(5_000)}`,
    `/?${"a=b&".repeat(2_500)}`,
    "*",
  ])("%j is not found or not understood, never our fault, and leads nowhere", async (path) => {
    const answer = await ask({ path });
    expect([200, 301, 400, 404]).toContain(answer.status);
    expect(answer.headers.location ?? "/").toMatch(/^\/(?![/\\])/);
    expect(answer.headers["content-security-policy"]).toContain("default-src 'self'");
    expect(answer.headers["content-type"]).toMatch(/^text\/html/);
    expect((await ask({ path, headers: { accept: "application/json" } })).status).toBeLessThan(500);
  });

  it.each([
    ["a zero byte", "GET /\0 HTTP/1.1"],
    ["a space", "GET /a b HTTP/1.1"],
    ["bytes above ASCII", "GET /caf\xe9 HTTP/1.1"],
    ["no method", "/ HTTP/1.1"],
    ["a method that is none", "BREW / HTTP/1.1"],
    ["another protocol", "GET / SIP/2.0"],
    ["twenty thousand characters", `GET /${"a".repeat(20_000)} HTTP/1.1`],
  ])("%s ends before it reaches us, or is refused", async (_what, line) => {
    const status = await sendBytes(port, `${line}\r\nHost: ${host}\r\nAccept: text/html\r\n\r\n`);
    expect([400, 404, 431]).toContain(status);
  });

  it.each([
    "/static/../../package.json",
    "/static/%2e%2e/%2e%2e/package.json",
    "/static/..%2f..%2fpackage.json",
    "/static/..%5c..%5cpackage.json",
    "/static/%252e%252e%252fpackage.json",
    "/static/....//package.json",
    "/static//etc/passwd",
    "/static/%2fetc%2fpasswd",
    "/static/manifest.json%00.css",
    "/static/",
    "/static",
    "/media/../../../../../../etc/passwd",
    "/media/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "/media/..%2f..%2fpackage.json",
    "/media/.%00./",
    "/media/",
    "/media/ab",
  ])("%s gives no file and no list of files", async (path) => {
    const answer = await ask({ path });
    expect([400, 403, 404]).toContain(answer.status);
    expect(answer.text).not.toMatch(/"private"|root:x|<a[^>]*\.svg"/);
  });
});

describe("an error", () => {
  const HIDDEN = /hunter2|db:5432|Error:|at .*\.ts/;

  it("of ours shows a page without the exception's text, and the number to find it by", async () => {
    const { status, headers, text } = await ask({ path: "/broken" });
    expect([status, headers["content-type"]]).toEqual([500, "text/html; charset=utf-8"]);
    expect(text).not.toMatch(HIDDEN);
    expect(text).toContain("Something broke");
    expect(text).toContain(String(headers["x-request-id"]));
    expect(headers["cache-control"]).toMatch(/no-store/);
  });

  it("of ours is a problem for programs, RFC 9457", async () => {
    const { status, headers, text } = await ask({ path: "/broken", headers: { accept: "application/json" } });
    expect([status, headers["content-type"]]).toEqual([500, "application/problem+json; charset=utf-8"]);
    expect(text).not.toMatch(HIDDEN);
    expect(JSON.parse(text)).toEqual({
      type: "/problems/internal",
      title: "Something broke",
      status: 500,
      detail: expect.any(String),
      instance: `urn:request:${headers["x-request-id"]}`,
    });
  });

  it("on the way to the error page is answered in plain words", async () => {
    const { status, headers, text } = await ask({ path: "/broken-frame" });
    expect([status, headers["content-type"]]).toEqual([500, "text/plain; charset=utf-8"]);
    expect(text).toContain("Something broke");
    expect(text).not.toMatch(HIDDEN);
  });

  it.each([undefined, "*/*", "application/json", "text/plain", "image/png", "TEXT/HTML;q=x"])(
    "is no page for who accepts %s",
    async (accept) => {
      const headers = accept === undefined ? { host } : { host, accept };
      const answer = await send(port, { path: "/nowhere", headers });
      expect([answer.status, answer.headers["content-type"]]).toEqual([404, "application/problem+json; charset=utf-8"]);
    },
  );

  it("does not repeat the address it was asked for", async () => {
    for (const accept of ["text/html", "application/json"]) {
      const { text } = await ask({ path: "/nowhere-%3Cscript%3Ealert(1)?x=<script>alert(1)</script>", headers: { accept } });
      expect(text).not.toMatch(/<script>alert/);
    }
  });
});

describe("every answer", () => {
  const asked: [string, RawRequest, number][] = [
    ["a page", { path: "/" }, 200],
    ["a page that is not there", { path: "/nowhere" }, 404],
    ["an address that can't be read", { path: "/%zz" }, 404],
    ["a fault of ours", { path: "/broken" }, 500],
    ["a fault of the fault", { path: "/broken-frame" }, 500],
    ["another host", { path: "/", headers: { host: "evil.example" } }, 421],
    ["another site's form", { method: "POST", path: "/cart/lines", headers: { origin: "https://evil.example" } }, 403],
    ["a large form", { method: "POST", path: "/cart/lines", headers: FORM, body: "x".repeat(300_000) }, 413],
    ["a strange body", { method: "POST", path: "/cart/lines", headers: { ...FORM, "content-type": "text/csv" }, body: "x" }, 415],
    ["a form that is wrong", { method: "POST", path: "/preferences/colour-scheme", headers: FORM, body: "x" }, 400],
    ["a redirect", { method: "POST", path: "/preferences/colour-scheme", headers: FORM, body: "scheme=dark" }, 303],
    ["another service's door", { path: "/internal/fragments/nav-tree" }, 404],
    ["health", { path: "/healthz" }, 200],
    ["a file that is not there", { path: "/static/nothing.css" }, 404],
  ];

  it.each(asked)("%s carries the headers that protect", async (_what, request, status) => {
    const answer = await ask(request);
    expect(answer.status).toBe(status);
    const policy = String(answer.headers["content-security-policy"]);
    for (const part of ["default-src 'self'", "base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'", "form-action 'self'"])
      expect(policy).toContain(part);
    expect(policy).not.toMatch(/unsafe|\*|https?:\/\/(?!\w+\.rose-ash\.localhost:8000)|nonce|blob:/);
    expect(answer.headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "strict-origin-when-cross-origin",
      "cross-origin-opener-policy": "same-origin",
      "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(answer.headers["x-powered-by"] ?? answer.headers["server"]).toBeUndefined();
  });

  it("that is a page holds no script, style or handler of its own, and asks no other host for anything", async () => {
    const { text } = await ask({ path: "/" });
    expect(text).not.toMatch(/<script(?![^>]* src="\/static\/)|<style|<[^>]* (on[a-z]+|style)=/);
    expect(text).not.toMatch(/<(script|link|img|source|iframe|video|form)[^>]* (src|srcset|action)="(https?:)?\/\//);
  });

  it("that is a picture can do nothing where it is opened alone", async () => {
    const { text } = await ask({ path: "/" });
    const path = /"(\/media\/[0-9a-f]{2}\/[0-9a-f]{64}\.svg)"/.exec(text)?.[1] ?? "";
    const answer = await ask({ path });
    expect([answer.status, answer.headers["content-type"]]).toEqual([200, "image/svg+xml"]);
    expect(answer.headers["content-security-policy"]).toBe("default-src 'none'; style-src 'unsafe-inline'; sandbox");
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
    expect(answer.headers["cache-control"]).toContain("immutable");
    expect(answer.headers["set-cookie"]).toBeUndefined();
  });

  const OURS = "0190b3a4-5c6d-7e8f-9a0b-1c2d3e4f5a6b";
  it.each([
    OURS.toUpperCase(),
    `${OURS}0`,
    OURS.slice(1),
    `../../${OURS.slice(6)}`,
    "<script>alert(1)</script>",
    '{"level":60,"msg":"forged"}',
    "",
  ])("keeps a request's id only when it looks like ours: not %j", async (given) => {
    const { headers } = await ask({ path: "/healthz", headers: { "x-request-id": given } });
    expect(headers["x-request-id"]).not.toBe(given);
    expect((await ask({ path: "/healthz", headers: { "x-request-id": OURS } })).headers["x-request-id"]).toBe(OURS);
  });
});
