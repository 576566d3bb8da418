import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { ActivityHandler, Transaction } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { Fediverse } from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import type { Clock } from "@rose-ash/shared/infrastructure/clock.ts";
import { fetchOutside } from "@rose-ash/shared/infrastructure/http/outside/index.ts";
import { leadsBack } from "../people/leads-back.ts";

interface VerifyingParts {
  readonly services: Services;
  readonly fediverse: Pick<Fediverse, "actors" | "outside">;
  readonly clock: Clock;
}

const LIMITS = { accept: ["text/html", "application/xhtml+xml"], maxBytes: 1024 * 1024, timeoutMs: 10_000 };
const AGAIN_AFTER_MS = 3_600_000;

/**
 * A profile was changed: the pages that it names are looked at, whether they lead back to it. Pages of our own hosts prove nothing: they
 * show what members wrote.
 */
export const verifyLinks = ({ services, fediverse, clock }: VerifyingParts, transaction: Transaction): ActivityHandler => ({
  name: "federation.verify-links",
  kind: "outside",
  atOnce: 2,
  async handle({ object: { id: actor } }, signal) {
    const local = fediverse.actors.find(actor);
    const profile = await services.people.findProfile(local?.kind === "member" ? { handle: local.name } : { uri: actor });
    if (profile === null) return;
    await transaction((tx) => services.people.keepLinks(tx, actor, [...new Set(profile.fields.flatMap(({ href }) => href ?? []))]));
    const before = new Date(clock.now().getTime() - AGAIN_AFTER_MS);
    for (const href of await services.people.listUncheckedLinks(actor, before)) {
      if (signal.aborted) throw new Error("there was no time for all of them: the others are looked at later");
      const page = fediverse.actors.isOurs(href) ? null : await fetchOutside({ ...LIMITS, url: href }, fediverse.outside);
      const isProof = page?.kind === "fetched" && leadsBack(page.body.toString(), page.url, [profile.url, actor]);
      await transaction((tx) => services.people.noteLink(tx, actor, href, isProof));
    }
  },
});
