import type { FastifyReply } from "fastify";
import type { Interaction } from "./interaction.ts";
import type { SignInOptions } from "./options.ts";

interface Form {
  email: string;
  errors: { field: "email" | "passkey"; message: string }[];
}

/** Shows the page that asks who it is, with what was typed. */
export type StartPage = (reply: FastifyReply, interaction: Interaction, form: Form) => Promise<FastifyReply>;

export function makeStartPage(listSuggestions: SignInOptions["listSuggestions"]): StartPage {
  return async (reply, interaction, { email, errors }) => {
    const byField = Object.fromEntries(errors.map(({ field, message }) => [field, message]));
    return reply.page("sign-in/start.html", { interaction, email, list: errors, errors: byField, suggestions: await listSuggestions() });
  };
}
