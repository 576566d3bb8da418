import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyInstance } from "fastify";
import { MISSING } from "../../../mastodon/entities/account.ts";
import { anybody } from "../access.ts";
import { API_VERSIONS, CONFIGURATION, VERSION } from "./facts.ts";

const CLOSED = "Apps can’t join for you. Become a member on the site.";

/** What both versions say. There are no streams: apps ask from time to time. */
function commonOf({ runtime, publicUrl }: FastifyInstance) {
  const { name, tagline, locale } = runtime.site;
  const at = (path: string) => publicUrl("federation", path);
  const domain = new URL(at("/")).host;
  return { name, tagline, domain, languages: [locale.split("-")[0] ?? "en"], thumbnail: at(MISSING.header), home: at("/") };
}

/** GET /api/v2/instance */
export const showInstance: Route = {
  method: "GET",
  url: "/api/v2/instance",
  config: anybody(),
  handler(request, reply) {
    const { name, tagline, domain, languages, thumbnail, home } = commonOf(request.server);
    return reply.send({
      ...{
        domain,
        title: name,
        version: VERSION,
        source_url: home,
        description: tagline,
        languages,
        rules: [],
        api_versions: API_VERSIONS,
      },
      ...{ usage: { users: { active_month: 0 } }, thumbnail: { url: thumbnail, versions: { "@1x": thumbnail } }, icon: [] },
      configuration: {
        urls: { about: home },
        vapid: { public_key: "" },
        ...CONFIGURATION,
        translation: { enabled: false },
        limited_federation: false,
      },
      registrations: { enabled: false, approval_required: false, reason_required: false, message: CLOSED, min_age: null, url: home },
      contact: { email: "", account: null },
    });
  },
};

/** GET /api/v1/instance */
export const showInstanceV1: Route = {
  method: "GET",
  url: "/api/v1/instance",
  config: anybody(),
  handler(request, reply) {
    const { name, tagline, domain, languages, thumbnail } = commonOf(request.server);
    return reply.send({
      ...{ uri: domain, title: name, short_description: tagline, description: tagline, email: "", version: VERSION, urls: {} },
      ...{ stats: { user_count: 0, status_count: 0, domain_count: 0 }, thumbnail, languages, rules: [] },
      ...{ registrations: false, approval_required: false, invites_enabled: false, configuration: CONFIGURATION, contact_account: null },
    });
  },
};
