import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { Mailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { CalendarEntryId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";
import { roomMail } from "./room-mail.ts";

const MOST_TIMES = 10;

/**
 * The room of an entry is taken at some of its times, as the horizon moved, a feed said so or the room was closed, or it came free
 * again: whoever organises it hears of it, and of how it stands now.
 */
export const tellOfPlacing = (app: FastifyInstance, mailer: Mailer): ActivityHandler => ({
  name: "events.tell-of-placing",
  kind: "outside",
  atOnce: 1,
  async handle({ id, type, object }, signal) {
    const { services, transaction } = app;
    const news = await services.bookings.findPlacing(Number(object.id) as CalendarEntryId);
    if (news === null) return;
    const members = news.people.flatMap(({ userId }) => userId ?? []);
    await transaction((tx) => services.federation.notifyPeople(tx, members, id, "entries"));
    const isLost = type === "Remove" && news.unplaced.length > 0;
    const lead = isLost
      ? `${news.roomName || "Its room"} is taken or closed at the times below. They stand in the calendar without a room: move them, or look for another room. Should it come free, they get it.`
      : "Its room came free, and it has it again.";
    for (const { userId, email, name } of news.people) {
      signal.throwIfAborted();
      if (email === null || !(await services.notices.mayMail("entries", email))) continue;
      await mailer.send(
        await roomMail(app, {
          ...{ email, name, lead, note: "", path: news.path, zone: news.zone },
          subject: `${isLost ? "No room" : "It has its room again"}: ${news.title}`,
          key: `placing-${object.id}-${id}-${userId}`,
          times: news.unplaced.slice(0, MOST_TIMES).map((startsAt) => ({ startsAt, endsAt: null, isOff: false })),
        }),
      );
    }
  },
});
