import type { FastifyReply, FastifyRequest } from "fastify";
import type { DeviceId } from "../../models/ids.ts";
import type { CookieKind } from "./cookies.ts";
import type { ProviderProbe } from "./provider-probe.ts";

const NEVER = /^\/(auth|dev|internal|oauth|sign-in|\.well-known)(\/|$)/;
const MAX_NEXT = 2000;

/**
 * Sends a guest to the provider and back once (prompt=none) when somebody signed in with this browser after this app
 * last asked. The try is remembered before it is made, so whatever comes of it there is no loop. True: the reply is sent.
 */
export async function trySilentSignIn(
  request: FastifyRequest,
  reply: FastifyReply,
  { deviceId, asked, probe }: { deviceId: DeviceId; asked: CookieKind; probe: ProviderProbe },
): Promise<boolean> {
  if (!isPageLoad(request)) return false;
  const { services, runtime } = request.server;
  const signedInAt = await services.identity.findDeviceSignIn(deviceId);
  if (signedInAt === null || signedInAt.getTime() <= Number(request.cookies[asked.name] ?? 0)) return false;
  if (!(await probe.isUp())) return false;
  // never before the sign-in it answers, also when the clocks of two hosts differ
  const now = Math.max(runtime.clock.now().getTime(), signedInAt.getTime());
  reply.setCookie(asked.name, String(now), asked.options);
  reply.redirect(`/auth/login?${new URLSearchParams({ silent: "1", next: request.url })}`, 302);
  return true;
}

/** A person opens a page: not a picture, a frame, a prefetch or a script's request. Browsers without Sec-Fetch-* are told by Accept. */
function isPageLoad({ method, url, headers }: FastifyRequest): boolean {
  if (method !== "GET" || url.length > MAX_NEXT || NEVER.test(url)) return false;
  if (headers["hx-request"] !== undefined || headers["sec-purpose"] !== undefined) return false;
  const destination = headers["sec-fetch-dest"];
  return destination === undefined ? headers.accept?.includes("text/html") === true : destination === "document";
}
