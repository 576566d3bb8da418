import type { OwnProfile } from "@rose-ash/shared/contracts/people.ts";
import type { Reader } from "@rose-ash/shared/contracts/statuses.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { credentialAccount } from "../../../mastodon/entities/account.ts";
import { makeShow } from "../../../mastodon/show.ts";
import { readForm } from "../../settings/profile/form.ts";
import { saveProfileOf } from "../../settings/profile/save.ts";
import { member, memberReader } from "../access.ts";
import { invalid, notFound } from "../errors.ts";
import { flag, listOf, readParams, text } from "../params.ts";

/** GET /api/v1/accounts/verify_credentials: who the member is, and what forms of apps begin with. */
export const verifyCredentials: Route = {
  method: "GET",
  url: "/api/v1/accounts/verify_credentials",
  config: member("read:accounts", "profile"),
  handler: async (request, reply) => reply.send(await ownAccount(request, memberReader(request))),
};

const field = z.object({ name: text(1000).default(""), value: text(1000).default("") });
const params = z.object({
  display_name: text(1000).optional(),
  note: text(20_000).optional(),
  locked: flag.optional(),
  indexable: flag.optional(),
  fields_attributes: listOf(field, 20).optional(),
});

/** PATCH /api/v1/accounts/update_credentials: as the form under settings does it; what an app does not name stays. Pictures are changed on the site. */
export const updateCredentials: Route = {
  method: "PATCH",
  url: "/api/v1/accounts/update_credentials",
  config: member("write:accounts"),
  async handler(request, reply) {
    const reader = memberReader(request);
    const sent = await readParams(request, params);
    const before = await request.server.services.people.findOwnProfile(reader.userId);
    const read = readForm(formOf(before, sent));
    if (read.kind === "bad") throw invalid(read.errors.map(({ message }) => message).join(" "));
    await saveProfileOf(request.server, reader, read.profile);
    return reply.send(await ownAccount(request, reader));
  },
};

function formOf(before: OwnProfile, { display_name, note, locked, indexable, fields_attributes }: z.output<typeof params>) {
  const fields = fields_attributes === undefined || fields_attributes.length === 0 ? before.fields : fields_attributes;
  return {
    ...{ name: display_name === "" ? before.name : (display_name ?? before.name), bio: note ?? before.bio },
    ...{ locked: yesOrNo(locked ?? before.isLocked), findable: yesOrNo(indexable ?? before.isFindable) },
    ...{ fieldName: fields.map(({ name }) => name), fieldValue: fields.map(({ value }) => value) },
  };
}

const yesOrNo = (is: boolean) => (is ? ("yes" as const) : ("no" as const));

async function ownAccount({ server }: FastifyRequest, reader: Reader) {
  const { uri } = server.fediverse.actors.ofMember(reader.handle);
  const [accounts, profile, requests] = await Promise.all([
    makeShow(server, reader).accounts([uri]),
    server.services.people.findOwnProfile(reader.userId),
    server.services.people.countRequests(uri),
  ]);
  const own = accounts.get(uri);
  if (own === undefined) throw notFound();
  return credentialAccount(own, { bio: profile.bio, fields: profile.fields, requests });
}
