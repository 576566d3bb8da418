import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Agreement } from "@rose-ash/shared/contracts/site.ts";
import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import { dropInvitation, invitationOf } from "@rose-ash/shared/infrastructure/sessions/index.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import { AGREED_TEXTS } from "@rose-ash/shared/models/site.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Interaction } from "./interaction.ts";
import { nameError, newName, typedName } from "./name.ts";

const MAX_WORDS = 1000;

/** What a newcomer's form says. agreed: "terms 3", one for each text. */
export const newcomerBody = z.object({
  name: newName,
  words: z
    .string()
    .catch("")
    .default("")
    .transform((words) => words.replaceAll("\u0000", "").trim().slice(0, MAX_WORDS)),
  agreed: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
});
export type NewcomerForm = z.output<typeof newcomerBody>;

interface Newcomer {
  readonly interaction: Interaction;
  readonly email: string;
  readonly action: string;
  readonly errors: readonly { field: string; message: string }[];
}

/** The page for a proved address that nobody has, by how one may join now. Whoever has the address learns this, and nobody else. */
export async function sendNewcomer(request: FastifyRequest, reply: FastifyReply, newcomer: Newcomer): Promise<FastifyReply> {
  const { services } = request.server;
  const [way, toAgree] = await Promise.all([
    services.joining.wayInFor(newcomer.email, invitationOf(request)),
    services.site.listToAgree(null),
  ]);
  if (way === "shut" || way === "asked" || way === "declined")
    return reply.code(way === "asked" ? 200 : 403).page("sign-in/shut.html", { way });
  const typed = typedWords.parse(request.body);
  return reply.page("sign-in/join.html", {
    ...newcomer,
    toAgree,
    isAsking: way === "ask",
    name: typedName(request.body),
    words: typed.words,
  });
}

const typedWords = z.object({ words: z.string().catch("") }).catch({ words: "" });

/** What is wrong with the form; none: it can be taken. form null: it broke the schema. */
export async function newcomerErrors(request: FastifyRequest, form: NewcomerForm | null): Promise<{ field: string; message: string }[]> {
  if (form === null) return [nameError(request.body)];
  const wanted = await request.server.services.site.listToAgree(null);
  const isAgreed = wanted.every(({ kind, version }) => form.agreed.includes(`${kind} ${version}`));
  return isAgreed ? [] : [{ field: "agreed", message: "Please read the texts as they are now, and agree to them." }];
}

/**
 * Makes a member of whoever proved the address, by an invitation where the browser brought one; or writes down that they ask.
 * Null: they ask, and wait. Throws where neither is possible any more.
 */
export async function admit(tx: Tx, request: FastifyRequest, email: string, form: NewcomerForm): Promise<{ userId: UserId } | null> {
  const { joining, identity, site } = request.server.services;
  const token = invitationOf(request);
  const agreed = readAgreed(form.agreed);
  const way = await joining.wayInWithin(tx, email, token);
  if (way === "open" || way === "invited") {
    const person = await identity.welcome(tx, email, form.name);
    if (!(await site.agree(tx, { userId: person.userId, orderId: null }, agreed))) throw changedMeanwhile();
    const accepted = token === "" ? null : await joining.accept(tx, token, person.userId);
    // somebody else has used it up since it was looked at: nobody becomes a member by it any more
    if (way === "invited" && accepted?.kind !== "accepted" && (await joining.wayInWithin(tx, email, "")) !== "open") throw closed();
    return person;
  }
  if (way !== "ask") throw closed();
  await joining.ask(tx, { email, name: form.name, words: form.words, agreed });
  return null;
}

/** To the app they came from as a member, or to the page that says that they wait. */
export function leaveInvitation(request: FastifyRequest, reply: FastifyReply): void {
  if (invitationOf(request) !== "") dropInvitation(reply, request.server.runtime.config);
}

function readAgreed(values: readonly string[]): Agreement[] {
  return values.flatMap((value) => {
    const [, kind, version] = /^(terms|privacy) ([1-9]\d{0,5})$/.exec(value) ?? [];
    return AGREED_TEXTS.filter((one) => one === kind).map((one) => ({ kind: one, version: Number(version) }));
  });
}

const closed = () => new CodedError("sign-in-failed", "New members come by invitation only, and this one opens nothing any more.");

const changedMeanwhile = () =>
  new CodedError("unprocessable-form", "The texts to agree to were changed just now. Please go back and read them again.");
