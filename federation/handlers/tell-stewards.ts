import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";

/** Of which service the stewards are, where it is not the community's. */
const ELSEWHERE: ReadonlySet<string> = new Set(["JoinRequest", "Membership"]);

/** Something waits for a steward: a comment, a report, an appeal, somebody who asks to be let in. */
export const tellStewards = ({ federation, moderation, notifications }: Services): ActivityHandler => ({
  name: "federation.tell-stewards",
  kind: "transaction",
  atOnce: 2,
  async handle(tx, { id, object }) {
    if (object.type !== "Report") return federation.notifyStewards(tx, ELSEWHERE.has(object.type) ? "account" : "federation", id);
    const report = await moderation.findReportBy(object.id);
    if (report === null) return; // closed meanwhile
    for (const userId of await federation.listStewards(tx, "federation"))
      await notifications.notify(tx, { userId, kind: "report", actor: report.actor, object: object.id });
  },
});
