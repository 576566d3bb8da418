import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fetchOutside } from "./fetch-outside.ts";
import type { Outside } from "./open-outside.ts";
import { isPublicAddress } from "./public-address.ts";

const PAGE = "<title>Oak</title>";
const asked = { accept: ["text/html"], maxBytes: 1_000, timeoutMs: 2_000 };

/** A server on this machine that plays the open internet; every request it got, as "host path". */
let server: Server;
let port = 0;
const got: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    got.push(`${request.headers.host?.split(":")[0]} ${request.url}`);
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://x");
    const html = { "content-type": "text/html; charset=utf-8" };
    if (pathname === "/page") response.writeHead(200, html).end(PAGE);
    else if (pathname === "/to") response.writeHead(302, { location: searchParams.get("url") ?? "" }).end();
    else if (pathname === "/round") response.writeHead(302, { location: "/round" }).end();
    else if (pathname === "/large") response.writeHead(200, html).end("x".repeat(5_000));
    else if (pathname === "/endless") response.writeHead(200, html).write("x");
    else if (pathname === "/silent") return;
    else if (pathname === "/packed") response.writeHead(200, { ...html, "content-encoding": "gzip" }).end("x");
    else if (pathname === "/picture") response.writeHead(200, { "content-type": "image/png" }).end("x");
    else if (pathname === "/broken")
      response.writeHead(200, { ...html, "content-length": "50" }).end("x", () => response.socket?.destroy());
    else response.writeHead(404, html).end("no");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Names of the open internet lead to this machine; whatever else is private stays so. */
const pretend: Outside = {
  lookup: async (host) => {
    if (host === "silent.example") return new Promise(() => {});
    if (host === "nowhere.example") throw new Error("ENOTFOUND");
    if (host === "inside.example") return [{ address: "10.0.0.7", family: 4 }];
    if (host === "both.example") return [...HERE, { address: "169.254.169.254", family: 4 }];
    return HERE;
  },
  isPublic: (address) => address === "127.0.0.1" || isPublicAddress(address),
};
const HERE = [{ address: "127.0.0.1", family: 4 }];
const ask = (path: string, host = "oak.example", limits = {}) =>
  fetchOutside({ ...asked, ...limits, url: `http://${host}:${port}${path}` }, pretend);
const to = (url: string) => `/to?url=${encodeURIComponent(url)}`;

describe("a page from outside", () => {
  it("comes from the address that its name was checked with", async () => {
    expect(await ask("/page")).toEqual({
      kind: "fetched",
      url: `http://oak.example:${port}/page`,
      contentType: "text/html; charset=utf-8",
      body: Buffer.from(PAGE),
    });
    expect(got.at(-1)).toBe("oak.example /page");
  });

  it("is found where its redirects lead, each by a name of its own", async () => {
    expect(await ask(to(`http://elm.example:${port}${to("/page")}`))).toMatchObject({
      kind: "fetched",
      url: `http://elm.example:${port}/page`,
    });
    expect(got.slice(-3).map((line) => line.split(" ")[0])).toEqual(["oak.example", "elm.example", "elm.example"]);
  });

  it.each<[string, string, object]>([
    ["is larger than what is taken", "/large", { reason: "too-large" }],
    ["is of another type", "/picture", { reason: "wrong-type" }],
    ["is packed, though nobody asked for that", "/packed", { reason: "wrong-type" }],
    ["is not there", "/nothing", { reason: "status" }],
    ["leads to itself", "/round", { reason: "redirects" }],
    ["ends in the middle", "/broken", { reason: "unreachable" }],
  ])("that %s is refused", async (_what, path, refusal) => {
    expect(await ask(path)).toEqual({ kind: "refused", ...refusal });
  });

  it.each(["/silent", "/endless"])("that does not come to an end (%s) is waited for no longer than agreed", async (path) => {
    const began = performance.now();
    expect(await ask(path, "oak.example", { timeoutMs: 200 })).toEqual({ kind: "refused", reason: "slow" });
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it("whose name is not answered is slow, and one without a name unreachable", async () => {
    expect(await ask("/page", "silent.example", { timeoutMs: 200 })).toEqual({ kind: "refused", reason: "slow" });
    expect(await ask("/page", "nowhere.example")).toEqual({ kind: "refused", reason: "unreachable" });
  });

  it("that nobody serves is unreachable", async () => {
    const closed = { ...asked, url: "http://oak.example:1/" };
    expect(await fetchOutside(closed, pretend)).toEqual({ kind: "refused", reason: "unreachable" });
  });
});

describe("our own network", () => {
  it.each([
    "http://127.0.0.1/",
    "http://localhost/",
    "http://[::1]/",
    "http://0.0.0.0/",
    "http://10.1.2.3/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[fd00:ec2::254]/",
    "http://[fe80::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://2130706433/", // 127.0.0.1 as one number
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://127.0.0.1.:80/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "ftp://oak.example/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_",
    "data:text/html,x",
    "http://",
    "no address",
  ])("is not asked: %s", async (url) => {
    expect(await fetchOutside({ ...asked, url })).toEqual({ kind: "refused", reason: "not-public" });
  });

  it.each(["inside.example", "both.example"])("is not asked by a name that leads there, were it one of two: %s", async (host) => {
    expect(await ask("/page", host)).toEqual({ kind: "refused", reason: "not-public" });
  });

  it.each([
    "http://10.0.0.7/",
    "http://inside.example/",
    "http://[::1]/",
    "file:///etc/passwd",
    "http://169.254.169.254/",
    "//192.168.0.1/",
  ])("is not reached by a redirect to %s", async (url) => {
    expect(await ask(to(url))).toEqual({ kind: "refused", reason: "not-public" });
  });

  it("is not reached by a name that means another machine the second time", async () => {
    let asks = 0;
    const rebinding: Outside = { ...pretend, lookup: async () => (asks++ === 0 ? HERE : [{ address: "10.0.0.7", family: 4 }]) };
    expect(await fetchOutside({ ...asked, url: `http://turn.example:${port}/page` }, rebinding)).toMatchObject({ kind: "fetched" });
    expect(asks).toBe(1);
    asks = 0;
    expect(await fetchOutside({ ...asked, url: `http://turn.example:${port}${to("/page")}` }, rebinding)).toEqual({
      kind: "refused",
      reason: "not-public",
    });
  });
});

describe("an address", () => {
  it.each(["1.1.1.1", "93.184.215.14", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001::1"])(
    "of the open internet is public: %s",
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    "",
    "x",
    "1.2.3",
    "::",
    "::1",
    "fc00::1",
    "fe80::1%eth0",
    "ff02::1",
    "2001:db8::1",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
    "2002:808:808::",
  ])("that is none, or leads elsewhere, is not: %s", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
