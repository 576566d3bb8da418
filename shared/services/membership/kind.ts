import { sql } from "drizzle-orm";
import type { CartOwner } from "../../contracts/cart.ts";
import type { LineKind, LineOffer } from "../../contracts/line-kinds.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { MembershipId } from "../../models/ids.ts";
import { DUES_KIND } from "../../models/membership.ts";
import { readMemberships } from "./views.ts";

/** Dues can be paid at any time, so nothing is taken from others by holding them. */
const HOLD_MINUTES = 60;

/** What a cart line of dues stands for: its membership, in as many digits as any other. */
export function refOf(id: MembershipId): string {
  return String(id).padStart(12, "0");
}

/** Null: this is no ref of ours. */
export function readRef(ref: string): MembershipId | null {
  return /^\d{12}$/.test(ref) ? (Number(ref) as MembershipId) : null;
}

/** Dues, as the cart sells them: a line is the next period of one membership, and only whose membership it is can have it. */
export function makeDuesKind(deps: ServiceDeps): LineKind {
  return {
    kind: DUES_KIND,
    holdMinutes: HOLD_MINUTES,
    async read(owner, refs) {
      const offers = await Promise.all(refs.map(async (ref) => [ref, await offerOf(deps.db, deps, { owner, ref })] as const));
      return new Map(offers.flatMap(([ref, offer]) => (offer === null ? [] : [[ref, offer] as const])));
    },
    async hold(tx, { owner, ref, quantity }) {
      const id = readRef(ref);
      if (id === null) return null;
      await tx.execute(sql`select from memberships where id = ${id} for no key update`);
      const offer = await offerOf(tx, deps, { owner, ref });
      return offer === null ? null : { quantity: Math.min(quantity, offer.most ?? quantity), offer };
    },
    areFree: async () => true, // nobody else could have had them
  };
}

async function offerOf(from: Db | Tx, deps: ServiceDeps, { owner, ref }: { owner: CartOwner; ref: string }): Promise<LineOffer | null> {
  const id = readRef(ref);
  if (id === null || owner.kind !== "member") return null;
  const [found] = await readMemberships(from, deps, sql`m.id = ${id} and m.user_id = ${owner.userId} and g.archived_at is null`);
  if (found === undefined) return null;
  const { dues, group, state } = found;
  const trouble =
    state !== "member" ? "You are not in this group." : dues.amountMinor === null ? "This group asks for no dues any more." : "";
  return {
    title: `Dues: ${group.name}`,
    detail: dues.from === null || dues.until === null ? "" : `${dayWords(dues.from, deps.locale)} to ${dayWords(dues.until, deps.locale)}`,
    url: deps.publicUrl("account", "/membership"),
    unitPriceMinor: dues.amountMinor ?? 0,
    currency: dues.currency,
    vatClass: "zero", // VATA 1994, sch. 9 group 9: what members pay to be members
    calendarId: null,
    ...{ most: trouble === "" ? 1 : 0, trouble },
  };
}

/** A day without a clock: the same in every zone. */
function dayWords(day: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}
