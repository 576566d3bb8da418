import helmet from "@fastify/helmet";
import plugin from "fastify-plugin";
import { APPS } from "../../models/apps.ts";
import type { PublicUrl } from "../service-deps.ts";

/** Strict CSP: everything from this host, no inline script or style. Forms may end at our six hosts: a redirect after a POST counts. */
export const securityHeaders = plugin<{ publicUrl: PublicUrl }>(async (app, { publicUrl }) => {
  const origins = APPS.map((name) => publicUrl(name, ""));
  const isHttps = origins.every((origin) => origin.startsWith("https:"));
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
});
