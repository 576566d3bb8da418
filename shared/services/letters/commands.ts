import { and, eq, inArray, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { LettersService } from "../../contracts/letters.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import type { LetterId, UserId } from "../../models/ids.ts";
import { type LetterState, letters } from "../../models/letters.ts";

/** One line, as a mail's head has it; nothing in it begins another one. */
const oneLine = (words: string) =>
  words
    .replaceAll(/\p{Cc}+/gu, " ")
    .replaceAll(/\s+/g, " ")
    .trim();

type Commands = Omit<
  LettersService,
  | (
      | "listLetters"
      | "getLetter"
      | "countReaders"
      | "listArchive"
      | "findArchived"
      | "listCameBack"
      | "getFigures"
      | "listTexts"
      | "findText"
    )
  | ("beginDue" | "isWorkWaiting" | "holdSending" | "takeBack" | "claim" | "settle" | "report" | "listDueDigests" | "sendDigest")
>;

export function makeCommands(audit: AuditService): Commands {
  /** From one of these states into another, once: whoever comes second changes nothing. */
  async function move(tx: Tx, id: LetterId, step: { from: readonly LetterState[]; to: LetterState; by: UserId | null; more?: object }) {
    const { from, to, by, more } = step;
    const [moved] = await tx
      .update(letters)
      .set({ state: to, ...more })
      .where(and(eq(letters.id, id), inArray(letters.state, [...from])))
      .returning({ id: letters.id });
    if (!moved) return false;
    await emitActivity(tx, { originApp: "account", actorId: by, type: "Update", object: { type: "Letter", id }, details: { state: to } });
    const states = { before: { state: from.join(" or ") }, after: { state: to } };
    if (by !== null) await audit.record(tx, { app: "account", by, action: "move letter", subject: `letter:${id}`, reason: "", ...states });
    return true;
  }
  const isDraft = (id: LetterId) => and(eq(letters.id, id), eq(letters.state, "draft"));
  return {
    async draft(tx, { by, subject, preheader, ...letter }) {
      const words = { subject: oneLine(subject) || "Untitled", preheader: oneLine(preheader) };
      const [made] = await tx
        .insert(letters)
        .values({ ...letter, ...words, createdBy: by })
        .returning({ id: letters.id });
      if (!made) throw new Error("the letter was not written");
      await emitActivity(tx, { originApp: "account", actorId: by, type: "Create", object: { type: "Letter", id: made.id } });
      return made.id;
    },
    async change(tx, id, { subject, preheader, ...change }) {
      const words = { subject: oneLine(subject) || "Untitled", preheader: oneLine(preheader) };
      const changed = await tx
        .update(letters)
        .set({ ...change, ...words })
        .where(isDraft(id))
        .returning({ id: letters.id });
      return changed.length > 0;
    },
    async retake(tx, id, text) {
      return (await tx.update(letters).set(text).where(isDraft(id)).returning({ id: letters.id })).length > 0;
    },
    schedule: (tx, id, { at, by }) => move(tx, id, { from: ["draft"], to: "scheduled", by, more: { sendAt: at ?? sql`now()` } }),
    unschedule: (tx, id, by) => move(tx, id, { from: ["scheduled"], to: "draft", by, more: { sendAt: null } }),
    pause: (tx, id, by) => move(tx, id, { from: ["sending"], to: "paused", by }),
    resume: (tx, id, by) => move(tx, id, { from: ["paused"], to: "sending", by, more: { trouble: "" } }),
    cancel: (tx, id, by) => move(tx, id, { from: ["sending", "paused"], to: "cancelled", by, more: { finishedAt: sql`now()` } }),
    async discard(tx, id, by) {
      const gone = await tx.delete(letters).where(isDraft(id)).returning({ id: letters.id });
      if (gone.length === 0) return false;
      const entry = { action: "discard letter", subject: `letter:${id}`, reason: "", before: { state: "draft" }, after: null };
      await audit.record(tx, { app: "account", by, ...entry });
      return true;
    },
  };
}
