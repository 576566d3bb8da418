import helmet from "@fastify/helmet";
import Fastify from "fastify";
import plugin from "fastify-plugin";
import { APPS } from "../../models/apps.ts";
import type { PublicUrl } from "../service-deps.ts";

/** Strict CSP: everything from this host, no inline script or style. Forms may end at our six hosts: a redirect after a POST counts. */
export const securityHeaders = plugin<{ publicUrl: PublicUrl }>(async (app, { publicUrl }) => {
  const headers = await headersOf(APPS.map((name) => publicUrl(name, "")));
  app.addHook("onRequest", (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
});

/** They are the same for every answer: helmet is asked for them once, as it would write them anew for each. */
async function headersOf(origins: readonly string[]): Promise<Record<string, string>> {
  const isHttps = origins.every((origin) => origin.startsWith("https:"));
  const asked = Fastify();
  const bare = (await asked.inject("/")).headers;
  const app = Fastify();
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'", ...origins],
        frameAncestors: ["'none'"],
        imgSrc: ["'self'", "data:"],
        objectSrc: ["'none'"],
      },
    },
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: "strict-origin-when-cross-origin" },
    crossOriginOpenerPolicy: { policy: "same-origin" },
    xFrameOptions: { action: "deny" },
  });
  const { headers } = await app.inject("/");
  await Promise.all([asked.close(), app.close()]);
  const own = Object.entries(headers).filter(([name]) => !(name in bare));
  return Object.fromEntries(own.map(([name, value]) => [name, String(value)]));
}
