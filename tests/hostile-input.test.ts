import { afterAll, describe, expect, it } from "vitest";
import { openRawTarget } from "./builders/raw-target.ts";
import { sendBytes } from "./raw-request.ts";

const target = await openRawTarget();
afterAll(() => target.close());
const { port, origin, host, ask, post } = target;

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
