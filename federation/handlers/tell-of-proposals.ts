import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { CalendarEntryId } from "@rose-ash/shared/models/ids.ts";

/** Something was proposed for a calendar: whoever may approve hears of it. It was decided: whoever proposed it does. */
export const tellOfProposals = ({ calendarDesk, federation }: Services): ActivityHandler => ({
  name: "federation.tell-of-proposals",
  kind: "transaction",
  atOnce: 2,
  async handle(tx, { id, type, object }) {
    const isOffer = type === "Offer";
    const people = await calendarDesk.listConcerned(tx, Number(object.id) as CalendarEntryId, isOffer ? "proposal" : "decision");
    if (people !== null) await federation.notifyPeople(tx, people.noticeTo, id, isOffer ? "approvals" : "entries");
  },
});
