import http from "node:http";
import net from "node:net";
import plugin from "fastify-plugin";
import helmet from "helmet";
import { APPS } from "../../models/apps.ts";
import type { PublicUrl } from "../service-deps.ts";

/** Strict CSP: everything from this host, no inline script or style. Forms may end at our six hosts: a redirect after a POST counts. */
export const securityHeaders = plugin<{ publicUrl: PublicUrl }>(async (app, { publicUrl }) => {
  const headers = headersOf(APPS.map((name) => publicUrl(name, "")));
  app.addHook("onRequest", (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
});

/** They are the same for every answer: helmet is asked for them once, as it would write them anew for each. */
function headersOf(origins: readonly string[]): Record<string, string> {
  const isHttps = origins.every((origin) => origin.startsWith("https:"));
  const setHeaders = helmet({
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
  const request = new http.IncomingMessage(new net.Socket());
  const answer = new http.ServerResponse(request);
  setHeaders(request, answer, (error?: unknown) => {
    if (error) throw error;
  });
  return Object.fromEntries(Object.entries(answer.getHeaders()).map(([name, value]) => [name, String(value)]));
}
