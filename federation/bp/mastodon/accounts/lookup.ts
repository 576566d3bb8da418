import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { makeShow } from "../../../mastodon/show.ts";
import { anybody, readerOf } from "../access.ts";
import { notFound } from "../errors.ts";
import { readParams, text } from "../params.ts";

const params = z.object({ acct: text(400) });

/** GET /api/v1/accounts/lookup?acct=: of those who are known here; nobody's host is asked. */
export const lookUpAccount: Route = {
  method: "GET",
  url: "/api/v1/accounts/lookup",
  config: anybody("read:accounts"),
  async handler(request, reply) {
    const { server } = request;
    const { acct } = await readParams(request, params);
    const [, handle = "", host] = /^@?([\w.-]{1,100})(?:@([\w.:-]{1,255}))?$/.exec(acct.trim()) ?? [];
    const isOurs = host === undefined || host.toLowerCase() === new URL(server.publicUrl("federation", "")).host;
    const { people } = server.services;
    const uri = isOurs ? null : await people.findUri(handle, host.toLowerCase());
    const who = isOurs ? { handle: handle.toLowerCase() } : uri === null ? null : { uri };
    const profile = who === null || handle === "" ? null : await people.findProfile(who);
    const account = profile === null ? undefined : (await makeShow(server, readerOf(request)).accounts([profile.uri])).get(profile.uri);
    if (account === undefined) throw notFound();
    return reply.send(account);
  },
};
