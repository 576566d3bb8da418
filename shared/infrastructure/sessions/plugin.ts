import type { FastifyReply, FastifyRequest } from "fastify";
import plugin from "fastify-plugin";
import type { Guest, Viewer } from "../../contracts/viewer.ts";
import type { App } from "../../models/apps.ts";
import type { DeviceId } from "../../models/ids.ts";
import { internalOriginOf } from "../config.ts";
import { isNoPage } from "../http/index.ts";
import { hashToken, randomDeviceSecret } from "../keys/index.ts";
import type { Runtime } from "../runtime.ts";
import { type SessionCookies, sessionCookies } from "./cookies.ts";
import { makeFindMember } from "./find-member.ts";
import { makeProviderProbe, type ProviderProbe } from "./provider-probe.ts";
import { trySilentSignIn } from "./silent-sign-in.ts";

declare module "fastify" {
  interface FastifyInstance {
    sessionCookies: SessionCookies;
    providerProbe: ProviderProbe;
  }
  interface FastifyRequest {
    /** Who asks. A guest until the session was looked up, and where it never is: static files, health, other services. */
    readonly viewer: Viewer;
    /** The browser's id; the first call gives a browser without one its cookie. */
    ensureDevice(reply: FastifyReply): DeviceId;
  }
}

const NOBODY: Guest = { kind: "guest", deviceId: null };
const SESSION = /^[\w-]{43}$/; // 256 bits, base64url
/** Mastodon's client API: apps show tokens there, and a browser's cookies count for nothing. */
const CLIENT_API = /^\/api\//;
const DEVICE = /^[\w-]{22}$/; // 128 bits

/** Says who asks, from the session of this app; signs a guest in silently who is signed in at another one. */
export const sessions = plugin<{ name: App; runtime: Runtime }>(async (app, { name, runtime }) => {
  const cookies = sessionCookies(runtime.config, runtime.site);
  const probe = makeProviderProbe(internalOriginOf(runtime.config)("federation"));
  const findMember = makeFindMember({ name, cache: runtime.cache, clock: runtime.clock, identity: app.services.identity });
  const viewers = new WeakMap<FastifyRequest, Viewer>();
  const devices = new WeakMap<FastifyRequest, DeviceId>();
  app.decorate("sessionCookies", cookies).decorate("providerProbe", probe);
  app.decorateRequest("viewer", {
    getter(this: FastifyRequest) {
      return viewers.get(this) ?? NOBODY;
    },
  });
  app.decorateRequest("ensureDevice", function (this: FastifyRequest, reply: FastifyReply) {
    const deviceId = devices.get(this) ?? deviceOf(this, cookies) ?? giveDevice(reply, cookies);
    devices.set(this, deviceId);
    return deviceId;
  });

  app.addHook("onRequest", async (request, reply) => {
    if (isNoPage(request.url) || CLIENT_API.test(request.url)) return;
    const viewer = await findViewer(request, findMember, cookies);
    viewers.set(request, viewer);
    if (viewer === NOBODY) return;
    reply.header("cache-control", "private, no-store"); // shown to this browser alone
    if (viewer.kind === "member" || viewer.deviceId === null) return;
    if (await trySilentSignIn(request, reply, { deviceId: viewer.deviceId, asked: cookies.asked, probe })) return reply;
  });
});

type FindMember = ReturnType<typeof makeFindMember>;

/** An expired, forged or another app's session is a guest, never an error. */
async function findViewer(request: FastifyRequest, findMember: FindMember, cookies: SessionCookies): Promise<Viewer> {
  const token = request.cookies[cookies.session.name];
  const member = token !== undefined && SESSION.test(token) ? await findMember(hashToken(token)) : null;
  if (member !== null) return member;
  const deviceId = deviceOf(request, cookies);
  return deviceId === null ? NOBODY : { kind: "guest", deviceId };
}

function deviceOf(request: FastifyRequest, cookies: SessionCookies): DeviceId | null {
  const secret = request.cookies[cookies.device.name];
  return secret !== undefined && DEVICE.test(secret) ? toDeviceId(secret) : null;
}

function giveDevice(reply: FastifyReply, { device }: SessionCookies): DeviceId {
  const secret = randomDeviceSecret();
  reply.setCookie(device.name, secret, device.options);
  return toDeviceId(secret);
}

const toDeviceId = (secret: string) => hashToken(secret) as DeviceId;
