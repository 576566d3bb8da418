import type { StatusDraft } from "@rose-ash/shared/contracts/statuses.ts";
import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import { findActorByName } from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import { mentionsIn } from "@rose-ash/shared/models/status-text.ts";
import type { FastifyInstance } from "fastify";

const MOST_ASKED = 10;

/** Whom a text names, as far as they are found: members who show themselves, and people elsewhere, whose servers are asked. */
export async function findMentions(
  app: FastifyInstance,
  text: string,
): Promise<{ readonly mentions: StatusDraft["mentions"]; keep(tx: Tx): Promise<void> }> {
  const found = await Promise.all(
    mentionsIn(text)
      .slice(0, MOST_ASKED)
      .map((handle) => find(app, handle)),
  );
  const named = found.flatMap((one) => one ?? []);
  return {
    mentions: named.map(({ handle, uri }) => ({ handle, uri })),
    async keep(tx) {
      for (const { keep } of named) await keep(tx);
    },
  };
}

async function find({ fediverse, services, publicUrl }: FastifyInstance, handle: string) {
  const own = `@${new URL(publicUrl("federation", "")).host}`;
  const local = handle.endsWith(own) ? handle.slice(0, -own.length) : handle;
  if (!local.includes("@")) {
    const person = await services.identity.findPublicPerson(local);
    return person === null ? null : { handle, uri: fediverse.actors.ofMember(person.handle).uri, keep: async () => undefined };
  }
  const { outside, remote, gate } = fediverse;
  const known = await findActorByName({ outside, remote, takesPlainHttp: gate.takesPlainHttp }, handle);
  if (known.kind !== "actor" || (await services.fediverse.isSuspended(known.actor.host))) return null;
  const { actor } = known;
  return { handle, uri: actor.uri, keep: (tx: Tx) => remote.keep(tx, actor) };
}
