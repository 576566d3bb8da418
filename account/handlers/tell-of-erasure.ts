import type { ErasureMail } from "@rose-ash/shared/contracts/erasures.ts";
import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { Mailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { ErasureId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";
import { undoPath } from "../undo-link.ts";

const OCCASIONS = { Create: "asked", Undo: "undone", Update: "finished" } as const;
type Occasion = (typeof OCCASIONS)[keyof typeof OCCASIONS];

const SUBJECTS: Readonly<Record<Occasion, string>> = {
  asked: "You asked us to forget you",
  undone: "You stay with us",
  finished: "We have forgotten you",
};

/**
 * An erasure was asked for, undone, or all parts of it are done: the person hears of it, with the link that undoes it, or with what the
 * law keeps. The last mail goes out before the address is forgotten, under the same Message-ID however often it is tried; then the
 * bytes of files go, and the address.
 */
export const tellOfErasure = (app: FastifyInstance, mailer: Mailer): ActivityHandler => ({
  name: "account.tell-of-erasure",
  kind: "outside",
  atOnce: 2,
  async handle({ id: activityId, type, object }, signal) {
    const { erasures } = app.services;
    const id = Number(object.id) as ErasureId;
    const occasion = type === "Create" || type === "Undo" || type === "Update" ? OCCASIONS[type] : null;
    const mail = occasion === null ? null : await erasures.findMail(id);
    if (occasion !== null && mail !== null && isStillSo(occasion, mail)) {
      signal.throwIfAborted();
      await mailer.send(await written(app, mail, occasion, activityId));
    }
    if (occasion !== "finished") return;
    for (const name of await erasures.listFiles(id)) await app.runtime.media.remove(name);
    signal.throwIfAborted();
    await app.transaction((tx) => erasures.finish(tx, id));
  },
});

/** What was undone or has begun meanwhile is not said any more. */
function isStillSo(occasion: Occasion, { state }: ErasureMail): boolean {
  return occasion === "finished" ? state === "running" : state === occasion;
}

async function written(app: FastifyInstance, mail: ErasureMail, occasion: Occasion, activityId: number) {
  const { publicUrl, templating } = app;
  const { paragraphs, link } = wordsOf(app, mail, occasion);
  const kept = occasion === "finished" ? keptOf(app, mail) : [];
  const subject = SUBJECTS[occasion];
  const lines = [...paragraphs, ...(link === null ? [] : [`${link.label}: ${link.url}`]), ...kept.map(({ words }) => `- ${words}`)];
  return {
    to: mail.to,
    subject,
    text: `${lines.join("\n\n")}\n`,
    html: await templating.render("data/erasure-mail.html", { subject, paragraphs, link, kept }),
    messageId: `<erasure-${mail.id}-${occasion}-${activityId}@${new URL(publicUrl("account", "")).hostname}>`,
  };
}

interface Words {
  readonly paragraphs: readonly string[];
  readonly link: { readonly url: string; readonly label: string } | null;
}

function wordsOf({ publicUrl, runtime }: FastifyInstance, mail: ErasureMail, occasion: Occasion): Words {
  const { name, timeZone, locale } = runtime.site;
  const due = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short", timeZone }).format(mail.dueAt);
  if (occasion === "asked")
    return {
      paragraphs: [
        `You asked ${name} to forget you. It begins on ${due}. Until then nothing changes, and you can undo it with the link below, or under Your data in your account.`,
        "If it was not you who asked: undo it, and look at where you are signed in.",
      ],
      link: { url: publicUrl("account", undoPath(runtime.secretOf, mail)), label: "Undo it: I stay" },
    };
  if (occasion === "undone")
    return {
      paragraphs: [
        `${name} keeps you: what you asked for is undone, and everything is as it was.`,
        "If it was not you who undid it, you can ask again.",
      ],
      link: { url: publicUrl("account", "/data"), label: "Your data" },
    };
  return {
    paragraphs: [
      `${name} has forgotten you, in the shop, the blog, the calendar, the community and your account. Other servers that knew you were told to delete what they have.`,
      "This is the last mail to this address: with it, we forget the address, too. In our backups you stay for some days more; whoever restores one has you erased again before anything else happens.",
      mail.receipts.some(({ deed }) => deed === "kept")
        ? "This is what the law makes us keep, without your name and addresses:"
        : "Nothing had to be kept.",
    ],
    link: null,
  };
}

function keptOf({ runtime }: FastifyInstance, { receipts }: ErasureMail): { words: string }[] {
  const { timeZone, locale } = runtime.site;
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone });
  return receipts.flatMap(({ what, count, keptUntil }) =>
    keptUntil === null ? [] : [{ words: `${what} (${count}), until ${day.format(keptUntil)} at the latest` }],
  );
}
