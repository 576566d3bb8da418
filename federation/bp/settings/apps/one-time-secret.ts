import { deriveSecret } from "@rose-ash/shared/infrastructure/keys/index.ts";
import { isHttps } from "@rose-ash/shared/infrastructure/sessions/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { EncryptJWT, jwtDecrypt } from "jose";
import { z } from "zod";

const LIFE_SECONDS = 120;
const NAME = "rose_app_secret";
const kept = z.object({ clientId: z.string(), secret: z.string() });

/** Carries a new secret over the redirect to the page that shows it once; only its hash is stored. */
export async function keepSecret(request: FastifyRequest, reply: FastifyReply, clientId: string, secret: string): Promise<void> {
  const token = await new EncryptJWT({ clientId, secret })
    .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
    .setExpirationTime(new Date(request.server.runtime.clock.now().getTime() + LIFE_SECONDS * 1000))
    .encrypt(keyOf(request));
  reply.setCookie(NAME, token, { ...optionsOf(request), maxAge: LIFE_SECONDS });
}

/** The secret that was just made for this app; null when it was shown, or was not made here and now. */
export async function takeSecret(request: FastifyRequest, reply: FastifyReply, clientId: string): Promise<string | null> {
  const token = request.cookies[NAME];
  if (token === undefined) return null;
  reply.clearCookie(NAME, optionsOf(request));
  const opened = await jwtDecrypt(token, keyOf(request), { currentDate: request.server.runtime.clock.now() }).catch(() => null);
  const parsed = kept.safeParse(opened?.payload);
  return parsed.success && parsed.data.clientId === clientId ? parsed.data.secret : null;
}

const keyOf = ({ server }: FastifyRequest) => deriveSecret(server.runtime.config.DEPLOYMENT_SECRET, "one-time-app-secret");

const optionsOf = ({ server }: FastifyRequest) =>
  ({ path: "/settings/apps", httpOnly: true, sameSite: "strict", secure: isHttps(server.runtime.config) }) as const;
