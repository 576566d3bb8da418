import type { Letter, LettersService } from "@rose-ash/shared/contracts/letters.ts";
import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import { adminOf, adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { type NoticeCode, withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { LetterId, MemberLabelId, UserId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { ringLetters } from "../../../services/sending/keep-sending.ts";
import { idOf, LETTER_ROUTE, type LetterParams, letterParams, pageOf } from "./letter-params.ts";

const text = z.string().max(1000).catch("").default("");
const body = z.object({ subject: text, preheader: text, newsletter: text, label: text, group: text });

/** GET /admin/newsletters/letters/:id: the draft, or how far it is. */
export const showLetter: Route<{ Params: LetterParams }> = {
  method: "GET",
  url: LETTER_ROUTE,
  schema: { params: letterParams },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    return sendLetterPage(request, reply, await request.server.services.letters.getLetter(idOf(request)));
  },
};

export async function sendLetterPage(
  request: FastifyRequest,
  reply: FastifyReply,
  letter: Letter,
  messages: Readonly<Record<string, string>> = {},
) {
  const { letters, newsletters, writing } = request.server.services;
  const isDraft = letter.state === "draft";
  const [lists, labels, groups, readers, now] = await Promise.all([
    isDraft ? newsletters.listNewsletters() : [],
    isDraft ? newsletters.listLabels() : [],
    isDraft ? writing.listGroups() : [],
    isDraft || letter.state === "scheduled" ? letters.countReaders(letter.id) : letter.progress.readers,
    letter.postId !== null && isDraft ? letters.findText(letter.postId) : null,
  ]);
  if (Object.keys(messages).length > 0) reply.code(422);
  return reply.page("admin/newsletters/letter.html", {
    ...{ menu: menuOf(request), letter, lists, labels, groups, readers, messages },
    isDue: letter.sendAt !== null && letter.sendAt <= request.server.runtime.clock.now(),
    isTextOld: now !== null && (now.html !== letter.html || now.audience !== letter.audience),
  });
}

/** POST /admin/newsletters/letters/:id: the words and readers of a draft. */
export const saveLetter: Route<{ Params: LetterParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: LETTER_ROUTE,
  schema: { params: letterParams, body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { subject, preheader, newsletter, label, group } = request.body;
    const [letter, list, labels] = await Promise.all([
      services.letters.getLetter(idOf(request)),
      services.newsletters.getNewsletter(newsletter),
      services.newsletters.listLabels(),
    ]);
    const words = subject.replaceAll(/\p{Cc}+/gu, " ").trim();
    const messages = words === "" || words.length > 150 ? { subject: "A subject of up to 150 characters." } : {};
    if (Object.keys(messages).length > 0) return sendLetterPage(request, reply, letter, messages);
    const labelId = (labels.find(({ id }) => String(id) === label)?.id ?? null) as MemberLabelId | null;
    const change = { subject: words, preheader: preheader.slice(0, 200), labelId, groupName: group || null, newsletterId: list.id };
    const isSaved = await transaction((tx) => services.letters.change(tx, letter.id, change));
    return reply.redirect(withNotice(pageOf(letter.id), isSaved ? "letter-saved" : "letter-moved-on"), 303);
  },
};

type Step = (letters: LettersService, tx: Tx, id: LetterId, by: UserId) => Promise<boolean>;

/** A button on a letter's page: one step, which counts once. */
function stepRoute(name: string, step: Step, notice: NoticeCode, to = pageOf): Route<{ Params: LetterParams }> {
  return {
    method: "POST",
    url: `${LETTER_ROUTE}/${name}`,
    schema: { params: letterParams },
    onRequest: adminOnly("edit"),
    async handler(request, reply) {
      const { services, transaction } = request.server;
      const id = idOf(request);
      await services.letters.getLetter(id);
      const isDone = await transaction((tx) => step(services.letters, tx, id, adminOf(request).userId));
      await ringLetters(request.server);
      return reply.redirect(withNotice(isDone ? to(id) : pageOf(id), isDone ? notice : "letter-moved-on"), 303);
    },
  };
}

export const LETTER_STEPS = [
  stepRoute("withdrawal", (letters, tx, id, by) => letters.unschedule(tx, id, by), "letter-draft-again"),
  stepRoute("pause", (letters, tx, id, by) => letters.pause(tx, id, by), "letter-paused"),
  stepRoute("resumption", (letters, tx, id, by) => letters.resume(tx, id, by), "letter-resumed"),
  stepRoute("cancellation", (letters, tx, id, by) => letters.cancel(tx, id, by), "letter-cancelled"),
  stepRoute(
    "removal",
    (letters, tx, id, by) => letters.discard(tx, id, by),
    "letter-discarded",
    () => "/admin/newsletters",
  ),
  stepRoute(
    "text",
    async (letters, tx, id) => {
      const { postId } = await letters.getLetter(id);
      const found = postId === null ? null : await letters.findText(postId);
      if (found === null) return false;
      const { html, plaintext, language, audience } = found;
      return letters.retake(tx, id, { html, plaintext, language, audience });
    },
    "letter-taken-anew",
  ),
];
