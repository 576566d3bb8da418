import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import { FRAGMENTS, type FragmentSubject, type FragmentType, type FragmentWant } from "../../contracts/fragments.ts";
import { inSpan } from "../tracing/index.ts";
import type { OwnedFragment } from "./define-fragment.ts";
import { PUBLIC } from "./subject.ts";
import type { Piece } from "./wire.ts";

/** The fragments that this app makes. */
export interface Owned {
  own(fragment: OwnedFragment): void;
  /** Makes one piece; a fault of it is logged and costs only that piece. */
  make(want: FragmentWant, subject: FragmentSubject, log: FastifyBaseLogger): Promise<Piece>;
}

/** Keeps the app's fragments by type. */
export function makeOwned(app: FastifyInstance): Owned {
  const byType = new Map<FragmentType, OwnedFragment>();
  return {
    own: (fragment) => void byType.set(fragment.type, fragment),
    async make({ type, params = {} }, subject, log) {
      const { audience } = FRAGMENTS[type];
      const asked = audience === "public" ? PUBLIC : subject;
      const made: Piece["audience"] = asked.kind === "public" ? "public" : "personal";
      try {
        const fragment = byType.get(type);
        if (fragment === undefined) throw new Error(`${type} is not made here`);
        const { services, publicUrl, templating } = app;
        return await inSpan(`fragment ${type}`, "internal", {}, async () => {
          const { template, context, goodUntil } = await fragment.render({ services, publicUrl, subject: asked, params });
          return { html: await templating.render(template, context), audience: made, goodUntil: goodUntil?.getTime() ?? null };
        });
      } catch (error) {
        log.error({ err: error, type }, "a fragment failed");
        return { html: null, audience: made, goodUntil: null };
      }
    },
  };
}
