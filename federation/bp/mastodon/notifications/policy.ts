import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { member } from "../access.ts";

const KINDS = ["for_not_following", "for_not_followers", "for_new_accounts", "for_private_mentions", "for_limited_accounts"];
const SUMMARY = { pending_requests_count: 0, pending_notifications_count: 0 };

/** GET /api/v1/notifications/policy, and v2: nobody's notifications are held back to be asked about; kinds are turned off on the site. */
export const showPolicy: readonly Route[] = [
  {
    ...{ method: "GET", url: "/api/v2/notifications/policy", config: member("read:notifications") },
    handler: (_request, reply) => reply.send({ ...Object.fromEntries(KINDS.map((kind) => [kind, "accept"])), summary: SUMMARY }),
  },
  {
    ...{ method: "GET", url: "/api/v1/notifications/policy", config: member("read:notifications") },
    handler: (_request, reply) =>
      reply.send({ ...Object.fromEntries(KINDS.map((kind) => [kind.replace("for", "filter"), false])), summary: SUMMARY }),
  },
];
