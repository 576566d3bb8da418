import type { Looker } from "@rose-ash/shared/contracts/seen.ts";
import { defineFragment, type FragmentSubject } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";

/** except: a product not to show, as that of the page it is on. next: as with a product card. */
const params = z.object({
  limit: z.coerce.number().int().min(1).max(12).default(4),
  except: z
    .string()
    .regex(/^[a-z0-9-]{1,200}$/)
    .optional(),
  next: z
    .string()
    .regex(/^\/(?!\/)[a-z0-9/-]{0,300}$/)
    .default("/"),
});

/** The products that the reader looked at last; nothing for whom nobody knows. The page gives the heading. */
export const recentlySeen = defineFragment({
  type: "recently-seen",
  params,
  async render({ services, subject, params: { limit, except, next } }) {
    const looker = lookerIn(subject);
    const products = looker === null ? [] : await services.seen.listSeen(looker, limit, except);
    return { template: "fragments/recently-seen.html", context: { products, next } };
  },
});

function lookerIn(subject: FragmentSubject): Looker | null {
  if (subject.kind === "public") return null;
  return subject.kind === "user" ? { kind: "member", userId: subject.userId } : subject;
}
