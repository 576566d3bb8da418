import type { Activity } from "@rose-ash/shared/contracts/activities.ts";
import type { BookingNews, Reached } from "@rose-ash/shared/contracts/bookings.ts";
import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { Mailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { BookingId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";
import { momentWords, roomMail } from "./room-mail.ts";

/** Subject and lead of a mail. */
interface Said {
  readonly subject: string;
  readonly lead: string;
}

/**
 * A room was asked for, booked, given or taken back: its holder and whoever looks after it hear of it, members by notice and all by
 * mail; whoever did it has seen it. Sent again, a mail is under the same Message-ID.
 */
export const tellOfBookings = (app: FastifyInstance, mailer: Mailer): ActivityHandler => ({
  name: "events.tell-of-bookings",
  kind: "outside",
  atOnce: 2,
  async handle(activity, signal) {
    const { services, transaction } = app;
    const news = await services.bookings.findNews(Number(activity.object.id) as BookingId);
    if (news === null) return;
    const { holder, keepers } = news;
    const idsOf = (people: readonly Reached[]) => people.flatMap(({ userId }) => userId ?? []);
    await transaction(async (tx) => {
      await services.federation.notifyPeople(tx, idsOf([holder]), activity.id, "bookings");
      await services.federation.notifyPeople(tx, idsOf(keepers), activity.id, "approvals");
    });
    const about = { news, activity };
    const toHolder = wordsForHolder(about, (at) => momentWords(app, news.booking.zone, at));
    if (toHolder !== null) await send(app, mailer, { ...about, to: holder, said: toHolder, path: `/bookings/${news.booking.code}` });
    const toKeepers = wordsForKeepers(about);
    const mayMail = async ({ email }: Reached) => email !== null && (await services.notices.mayMail("approvals", email));
    for (const keeper of toKeepers === null ? [] : keepers) {
      signal.throwIfAborted();
      const isTheirDoing = keeper.userId === activity.actorId || keeper.userId === holder.userId;
      if (toKeepers === null || isTheirDoing || !(await mayMail(keeper))) continue;
      await send(app, mailer, { ...about, to: keeper, said: toKeepers, path: "/desk/bookings" });
    }
  },
});

interface About {
  readonly news: BookingNews;
  readonly activity: Activity;
}

/** What their holder is told by mail. */
function wordsForHolder({ news: { booking }, activity: { type, details } }: About, whenOf: (at: Date) => string): Said | null {
  const isByKeeper = details["who"] === "keeper";
  switch (type) {
    case "Offer":
      return {
        subject: "You asked for a room",
        lead: `Whoever looks after it decides, and you hear of it. Nobody else gets it meanwhile.${booking.dueMinor > 0 ? " When they say yes you pay for it, and it is yours." : ""}`,
      };
    case "Create":
      return { subject: "The room is yours", lead: "Here is when. On its page you can give it back." };
    case "Accept":
      if (booking.state === "approved" && booking.payUntil !== null)
        return {
          subject: "It is approved, please pay for the room",
          lead: `You asked for it, and it was approved. Pay for it on its page until ${whenOf(booking.payUntil)}, and it is yours; after that others may take it.`,
        };
      return { subject: "The room is yours", lead: "You asked for it, and it was confirmed. On its page you can give it back." };
    case "Reject":
      return { subject: "You can’t have the room", lead: "You asked for it, and it was declined. The reason stands below." };
    case "Update":
      return {
        subject: "A time of your room is off",
        lead: isByKeeper ? OFF_BY_KEEPER : "You gave it back. The others are yours as before.",
      };
    case "Delete":
      if (details["who"] === "time") return { subject: "The room is not kept any more", lead: NOT_PAID };
      return {
        subject: "Your room is off",
        lead: isByKeeper ? OFF_BY_KEEPER : `It was given back.${booking.isPaid ? " What you paid for it is on its way to you." : ""}`,
      };
    default:
      return null;
  }
}

const OFF_BY_KEEPER = "Whoever looks after the room had to take it back; the reason stands below. What you paid for it comes back to you.";
const NOT_PAID = "It was approved, and not paid for in time. Others may take it now; ask for it again if you still want it.";

/** What those who look after it are told by mail: what they have to decide, and what is off. */
function wordsForKeepers({ activity: { type, details } }: About): Said | null {
  if (type === "Offer") return { subject: "Somebody asks for a room", lead: "It is kept for them until you decide." };
  if (details["who"] === "time")
    return { subject: "A room was not paid for", lead: "It had been approved, and was not paid for in time. It is free again." };
  const isOff = type === "Update" || type === "Delete";
  return isOff && details["who"] !== "keeper" ? { subject: "A room was given back", lead: "It is free again then." } : null;
}

interface Sent extends About {
  readonly to: Reached;
  readonly said: Said;
  readonly path: string;
}

async function send(app: FastifyInstance, mailer: Mailer, { news, activity, to, said, path }: Sent): Promise<void> {
  if (to.email === null || to.email === "") return;
  const { booking } = news;
  const times = booking.times.filter(({ isOver }) => !isOver);
  await mailer.send(
    await roomMail(app, {
      ...{ email: to.email, name: to.name, lead: said.lead, note: booking.note, path },
      subject: `${said.subject}: ${booking.room.name}`,
      key: `booking-${booking.id}-${activity.id}-${to.userId ?? "guest"}`,
      zone: booking.zone,
      times: times.map(({ startsAt, endsAt, isOff }) => ({ startsAt, endsAt, isOff })),
    }),
  );
}
