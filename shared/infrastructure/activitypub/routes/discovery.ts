import type { FastifyPluginAsync } from "fastify";
import { z } from "zod";
import { CodedError } from "../../../contracts/errors.ts";
import type { Route } from "../../http/index.ts";
import type { LocalActor } from "../actors/index.ts";
import { usernameOf } from "../documents/index.ts";

const query = z.object({ resource: z.string().max(1000) });

/** Where others find who and what is here: WebFinger (RFC 7033), host-meta (RFC 6415) and NodeInfo 2.1. Open to every page of the web. */
export const discoveryRoutes: FastifyPluginAsync = async (app) => {
  app.addHook("onSend", async (_request, reply) => {
    reply.header("access-control-allow-origin", "*").header("cache-control", "public, max-age=300");
  });
  app.route(webFinger);
  app.get("/.well-known/host-meta", (_request, reply) =>
    reply
      .type("application/xrd+xml; charset=utf-8")
      .send(
        `<?xml version="1.0" encoding="UTF-8"?>\n<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0"><Link rel="lrdd" template="${app.publicUrl(app.appName, "/.well-known/webfinger")}?resource={uri}"/></XRD>\n`,
      ),
  );
  app.get("/.well-known/nodeinfo", (_request, reply) =>
    reply.send({ links: [{ rel: "http://nodeinfo.diaspora.software/ns/schema/2.1", href: app.publicUrl(app.appName, "/nodeinfo/2.1") }] }),
  );
  app.get("/nodeinfo/2.1", async (_request, reply) => {
    const { site } = app.runtime;
    const posts = await app.services.fediverse.countOutbox(app.fediverse.actors.ofApp(app.appName).uri);
    return reply.type('application/json; profile="http://nodeinfo.diaspora.software/ns/schema/2.1#"').send({
      version: "2.1",
      software: { name: "rose-ash", version: "1.0.0" },
      protocols: ["activitypub"],
      services: { inbound: [], outbound: ["rss2.0"] },
      openRegistrations: false,
      usage: { users: {}, localPosts: posts },
      metadata: { nodeName: site.name, nodeDescription: site.tagline },
    });
  });
};

const webFinger: Route<{ Querystring: z.output<typeof query> }> = {
  method: "GET",
  url: "/.well-known/webfinger",
  schema: { querystring: query },
  async handler(request, reply) {
    const { fediverse, services, publicUrl, appName } = request.server;
    const host = new URL(publicUrl(appName, "")).host;
    const actor = findNamed(request.query.resource, host, (name) => fediverse.actors.findByName(appName, name), fediverse.actors.find);
    const isThere =
      actor !== null && actor.app === appName && (actor.kind !== "member" || (await services.identity.findPublicPerson(actor.name)));
    if (!isThere) throw new CodedError("not-found", "Nobody is called so here.");
    const links = [
      { rel: "self", type: "application/activity+json", href: actor.uri },
      {
        rel: "http://webfinger.net/rel/profile-page",
        type: "text/html",
        href: publicUrl(appName, actor.kind === "member" ? `/@${actor.name}` : "/"),
      },
    ];
    return reply
      .type("application/jrd+json; charset=utf-8")
      .send({ subject: `acct:${usernameOf(actor)}@${host}`, aliases: [actor.uri], links });
  },
};

type Find = (name: string) => LocalActor | null;

/** By acct:name@host, whatever the case of its letters, or by address. */
function findNamed(resource: string, host: string, findByName: Find, findByUri: Find): LocalActor | null {
  const [, name = "", at] = /^(?:acct:)?@?([^@/?#]+)@([^@/?#]+)$/i.exec(resource) ?? [];
  if (at === undefined) return findByUri(resource);
  if (at.toLowerCase() !== host) return null;
  const lower = name.toLowerCase();
  return lower === new URL(`http://${host}`).hostname ? findByName("instance") : findByName(lower);
}
