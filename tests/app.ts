import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { Clock } from "@rose-ash/shared/infrastructure/clock.ts";
import { openRuntime, type Runtime, serviceDeps } from "@rose-ash/shared/infrastructure/runtime.ts";
import type { App } from "@rose-ash/shared/models/apps.ts";
import { makeServices } from "@rose-ash/shared/services/registry.ts";
import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import { inject } from "vitest";
import { buildApp as account } from "../account/app.ts";
import { schema as accountSchema } from "../account/config/schema.ts";
import { buildApp as blog } from "../blog/app.ts";
import { schema as blogSchema } from "../blog/config/schema.ts";
import { buildApp as cart } from "../cart/app.ts";
import { schema as cartSchema } from "../cart/config/schema.ts";
import { buildApp as events } from "../events/app.ts";
import { schema as eventsSchema } from "../events/config/schema.ts";
import { buildApp as federation } from "../federation/app.ts";
import { buildApp as market } from "../market/app.ts";
import { schema as marketSchema } from "../market/config/schema.ts";
import { newDatabase, newSeededDatabase } from "./database.ts";

/** How each app is built. */
export const BUILDERS = { account, blog, cart, events, federation, market };

/** What any of them reads. */
export const schema = blogSchema.extend(accountSchema.shape).extend(marketSchema.shape).extend(cartSchema.shape).extend(eventsSchema.shape);

export const TEST_SECRET = "a-secret-for-tests-that-nobody-else-uses";

/** An app that does not listen, on a database of its own. Requests carry the headers of a browser on the app's own host. */
export interface TestApp {
  app: FastifyInstance;
  db: Runtime["db"];
  services: Services;
  /** The app's own origin, as http://blog.rose-ash.localhost:8000. */
  origin: string;
  get(path: string, options?: RequestOptions): Promise<LightMyRequestResponse>;
  post(path: string, form: Record<string, string>, options?: RequestOptions): Promise<LightMyRequestResponse>;
  close(): Promise<void>;
}

export interface RequestOptions {
  cookies?: Record<string, string>;
  headers?: Record<string, string>;
}

/** seeded: with the seeded co-operative in it. Other services are down: pages show their fallbacks. */
export async function openTestApp(
  name: App,
  options: { seeded?: boolean; clock?: Clock; env?: Record<string, string> } = {},
): Promise<TestApp> {
  const config = schema.parse({
    PORT: "0",
    PORTS: "blog=9,market=9,cart=9,events=9,federation=9,account=9", // the discard port: nobody answers
    DATABASE_URL: options.seeded ? await newSeededDatabase() : await newDatabase(),
    DATABASE_POOL: "4",
    DEPLOYMENT_SECRET: TEST_SECRET,
    MAIL_URL: "smtp://127.0.0.1:9",
    MEDIA_DIR: inject("mediaDir"),
    LOG_LEVEL: "silent",
    PAGE_CACHE: "off", // tests change what is in the database behind the app's back
    ...options.env,
  });
  const runtime = openRuntime(config, options.clock);
  const services = makeServices(serviceDeps(runtime));
  const app = await BUILDERS[name](runtime, services);
  const origin = runtime.publicUrl(name, "");
  const headers = { host: new URL(origin).host, accept: "text/html,*/*" };
  return {
    app,
    db: runtime.db,
    services,
    origin,
    get: (url, asked = {}) => app.inject({ method: "GET", url, headers: { ...headers, ...asked.headers }, cookies: asked.cookies ?? {} }),
    post: (url, form, asked = {}) =>
      app.inject({
        method: "POST",
        url,
        payload: new URLSearchParams(form).toString(),
        headers: { ...headers, origin, "content-type": "application/x-www-form-urlencoded", ...asked.headers },
        cookies: asked.cookies ?? {},
      }),
    async close() {
      await app.close();
      await runtime.close();
    },
  };
}
