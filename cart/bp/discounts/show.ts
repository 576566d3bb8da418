import { cartOwnerOf } from "@rose-ash/shared/contracts/cart.ts";
import type { DiscountAnswer } from "@rose-ash/shared/contracts/discounts.ts";
import type { ProofView } from "@rose-ash/shared/contracts/relations.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyInstance } from "fastify";
import { figureWords } from "../admin/discounts/words.ts";

/** What people may see of the reasons for what is theirs. */
const OF_ONESELF = [
  "shared.active",
  "shared.member",
  "shared.part_of",
  "cart.entitled",
  "cart.for_everybody",
  "cart.for_group",
  "cart.purchasable",
];

/** GET /discounts: for each thing in the cart why it may be bought at this price, for each discount why it is given or not, with the proof. */
export const showDiscounts: Route = {
  method: "GET",
  url: "/discounts",
  async handler(request, reply) {
    const { server, viewer } = request;
    const { services } = server;
    const owner = cartOwnerOf(viewer);
    if (owner === null) return reply.redirect("/", 303);
    const [cart, answers] = await Promise.all([services.cart.getCart(owner), services.discounts.answersFor(owner)]);
    const userId = viewer.kind === "member" ? viewer.userId : null;
    const why = async (relation: string, value: string): Promise<ProofView | null> =>
      userId === null ? null : services.relations.explain(userId, { relation, values: [`user:${userId}`, value] }, OF_ONESELF);
    const lines = cart.lines.map(async (line) => ({ ...line, proof: await why("cart.purchasable", `product:${line.productId}`) }));
    const asked = answers.map(async (answer) => ({
      ...answer,
      words: wordsOf(answer, userId !== null),
      off: figureWords(answer.figure, server.runtime.site.locale, answer.currency),
      proof: answer.kind === "not-for-you" ? null : await why("cart.entitled", `discount:${answer.id}`),
    }));
    return reply.header("cache-control", "no-store").page("discounts/show.html", {
      cart,
      isMember: userId !== null,
      lines: await Promise.all(lines),
      answers: await Promise.all(asked),
      loginUrl: loginUrlOf(server),
    });
  },
};

const loginUrlOf = ({ publicUrl }: FastifyInstance) => publicUrl("cart", "/auth/login?next=/discounts");

/** Why somebody gets a discount or not, as one would say it to them. */
function wordsOf(answer: DiscountAnswer, isMember: boolean): string {
  const { groupName, coveredName, merchantName } = answer;
  switch (answer.kind) {
    case "given":
      return "You get it.";
    case "not-for-you":
      if (!isMember) return "You may get it once you are signed in: it is for some members.";
      return groupName === null
        ? "It is granted to single people, and not to you."
        : `It is for members of ${groupName}, and you are none of them now.`;
    case "nothing-covered":
      return `Nothing in your cart is what it is for: ${coveredName || "things"} of ${merchantName}.`;
    case "another":
      return "It does not go together with the others, and they take off more.";
  }
}
