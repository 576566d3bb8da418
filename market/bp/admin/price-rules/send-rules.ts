import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import { menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { PriceRuleId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { shelfOptions } from "../shelf-options.ts";
import { type RuleBody, valuesOf } from "./fields.ts";

/** A form that came back. */
interface Again {
  values: RuleBody;
  messages: Readonly<Record<string, string>>;
}

/** The rules with a form for a new one, or with id the form of that one; 422 when it comes back. */
export async function sendRules(
  request: FastifyRequest,
  reply: FastifyReply,
  { id, again, isNothing = false }: { id: PriceRuleId | null; again: Again | null; isNothing?: boolean },
): Promise<FastifyReply> {
  const { priceRules, shelf, shelves } = request.server.services;
  const [rules, choices, nodes] = await Promise.all([priceRules.listRules(), shelf.listChoices(), shelves.listAll()]);
  const rule = rules.find((one) => one.id === id) ?? null;
  if (id !== null && rule === null) throw new CodedError("not-found", "There is no such price rule.", { id });
  if (again) reply.code(422);
  return reply.page(id === null ? "admin/price-rules/list.html" : "admin/price-rules/show.html", {
    ...{ menu: menuOf(request), rules, rule, isNothing, values: again?.values ?? valuesOf(rule), messages: again?.messages ?? {} },
    errors: Object.entries(again?.messages ?? {}).map(([field, message]) => ({ field, message })),
    options: {
      category: [{ value: "", label: "Any shelf" }, ...shelfOptions(nodes).map((one) => ({ value: String(one.id), label: one.path }))],
      supplier: [{ value: "", label: "Any supplier" }, ...choices.suppliers.map((one) => ({ value: String(one.id), label: one.name }))],
      rounding: [
        { value: "penny", label: "To the penny" },
        { value: "five", label: "Up to the next .05" },
        { value: "ten", label: "Up to the next .10" },
        { value: "forty-nine", label: "Up to the next .49 or .99" },
        { value: "ninety-nine", label: "Up to the next .99" },
      ],
    },
  });
}
