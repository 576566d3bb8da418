import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { EncryptJWT, jwtDecrypt } from "jose";
import { z } from "zod";
import type { App } from "../../models/apps.ts";
import { deriveSecret, isSameSecret, randomToken } from "../keys/index.ts";
import type { Runtime } from "../runtime.ts";
import { hostCookie, isHttps } from "../sessions/index.ts";

const flow = z.object({ state: z.string(), verifier: z.string(), nonce: z.string(), next: z.string(), isSilent: z.boolean() });

/** A sign-in under way in one browser. next: a local path. */
export type Flow = z.output<typeof flow>;

const LIFE_SECONDS = 600;
const MAX_OPEN = 4; // tabs that sign in at the same moment

/** A new flow, with a state, verifier and nonce that nobody can guess. */
export function newFlow(next: string, isSilent: boolean): Flow {
  return { state: randomToken(), verifier: randomToken(), nonce: randomToken(), next, isSilent };
}

/** S256, RFC 7636 §4.2. */
export function challengeOf(verifier: string): string {
  return createHash("sha256").update(verifier).digest("base64url");
}

/** Keeps a flow in the browser: one encrypted HttpOnly cookie each, named by its state, so that tabs don't disturb each other. */
export function makeFlowCookies(name: App, { config, clock }: Runtime) {
  const key = deriveSecret(config.DEPLOYMENT_SECRET, `sign-in-flow:${name}`);
  const secure = isHttps(config);
  const prefix = hostCookie("rose_flow_", secure);
  const options = { path: "/", httpOnly: true, sameSite: "lax", secure } as const;
  const nameOf = (state: string) => `${prefix}${state.slice(0, 8)}`;
  return {
    async keep(request: FastifyRequest, reply: FastifyReply, kept: Flow): Promise<void> {
      const open = Object.keys(request.cookies).filter((cookie) => cookie.startsWith(prefix));
      if (open.length >= MAX_OPEN) for (const cookie of open) reply.clearCookie(cookie, options);
      const token = await new EncryptJWT(kept)
        .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
        .setExpirationTime(new Date(clock.now().getTime() + LIFE_SECONDS * 1000))
        .encrypt(key);
      reply.setCookie(nameOf(kept.state), token, { ...options, maxAge: LIFE_SECONDS });
    },
    /** The flow that this browser began with this state, once; null for a forged, old or foreign one. */
    async take(request: FastifyRequest, reply: FastifyReply, state: string): Promise<Flow | null> {
      const cookie = request.cookies[nameOf(state)];
      if (cookie === undefined) return null;
      reply.clearCookie(nameOf(state), options);
      const opened = await jwtDecrypt(cookie, key, { currentDate: clock.now(), requiredClaims: ["exp"] }).catch(() => null);
      const parsed = flow.safeParse(opened?.payload);
      return parsed.success && isSameSecret(parsed.data.state, state) ? parsed.data : null;
    },
  };
}

export type FlowCookies = ReturnType<typeof makeFlowCookies>;
