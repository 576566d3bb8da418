import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import { openTestApp, type TestApp } from "../app.ts";
import { type Answer, type RawRequest, send } from "../raw-request.ts";

/** A seeded blog that listens, to send raw requests to. */
export interface RawTarget extends Pick<TestApp, "app" | "db" | "origin" | "close"> {
  port: number;
  /** The host of its own origin. */
  host: string;
  /** The headers of a form of its own page. */
  form: { "content-type": string; origin: string };
  /** With its own host, as a browser that wants a page; the headers given here win. */
  ask(asked: RawRequest): Promise<Answer>;
  /** Sends a form from its own page; the headers given here win. */
  post(path: string, body: string | Buffer, headers?: RawRequest["headers"]): Promise<Answer>;
}

/** addRoutes: what only a test's target has. */
export async function openRawTarget(addRoutes: (app: FastifyInstance) => void = () => undefined): Promise<RawTarget> {
  const { app, db, origin, close } = await openTestApp("blog", { seeded: true });
  addRoutes(app);
  await app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.server.address() as AddressInfo; // it listens on TCP
  const { host } = new URL(origin);
  const form = { "content-type": "application/x-www-form-urlencoded", origin };
  const ask = (asked: RawRequest) => send(port, { ...asked, headers: { host, accept: "text/html", ...asked.headers } });
  return {
    ...{ app, db, origin, close, port, host, form, ask },
    post: (path, body, headers = {}) => ask({ method: "POST", path, body, headers: { ...form, ...headers } }),
  };
}
