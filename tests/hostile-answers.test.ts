import { afterAll, describe, expect, it } from "vitest";
import { openRawTarget } from "./builders/raw-target.ts";
import { type RawRequest, send } from "./raw-request.ts";

const target = await openRawTarget((app) => {
  app.get("/broken", async () => {
    throw new Error("password=hunter2 of db:5432");
  });
  app.get("/broken-frame", async (request) => {
    request.frame = Promise.reject(new Error("password=hunter2 of the frame"));
    request.frame.catch(() => undefined);
    throw new Error("password=hunter2 of db:5432");
  });
});
afterAll(() => target.close());
const { port, host, form, ask } = target;

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
    ["a large form", { method: "POST", path: "/cart/lines", headers: form, body: "x".repeat(300_000) }, 413],
    ["a strange body", { method: "POST", path: "/cart/lines", headers: { ...form, "content-type": "text/csv" }, body: "x" }, 415],
    ["a form that is wrong", { method: "POST", path: "/preferences/colour-scheme", headers: form, body: "x" }, 400],
    ["a redirect", { method: "POST", path: "/preferences/colour-scheme", headers: form, body: "scheme=dark" }, 303],
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
    const code = text.replaceAll(/<script type="application\/ld\+json">[^<]*<\/script>/g, ""); // data, which nothing runs
    expect(code).not.toMatch(/<script(?![^>]* src="\/static\/)|<style|<[^>]* (on[a-z]+|style)=/);
    expect(code).not.toMatch(
      /<(script|link|img|source|iframe|video|form)[^>]* (src|srcset|action)="(https?:)?\/\/(?!blog\.rose-ash\.localhost)/,
    );
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

  it("about a file that is not there costs no page", async () => {
    for (const path of ["/static/nothing.css", "/media/nothing.svg"]) {
      const { status, headers, text } = await ask({ path, headers: { accept: "text/html" } });
      expect([status, headers["content-type"]]).toEqual([404, "text/plain; charset=utf-8"]);
      expect(text).toMatch(/^Not found\n\n/);
    }
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
