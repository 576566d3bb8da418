/** Cards of SumUp's sandbox (developer.sumup.com, Testing). Every other card is declined. */
export const SANDBOX_CARDS = [
  { number: "4200000000000091", words: "Visa, pays", fate: "paid" },
  { number: "5200000000000007", words: "Mastercard, pays", fate: "paid" },
  { number: "4200000000000042", words: "Visa, asks for 3-D Secure", fate: "challenge" },
  { number: "5200000000000015", words: "Mastercard, asks for 3-D Secure", fate: "challenge" },
  { number: "4012001037141112", words: "Visa, not enrolled in 3-D Secure, pays", fate: "paid" },
] as const;

/** Amounts that fail with every card, in major units. */
const FAILING_AMOUNTS: readonly number[] = [11, 42.01, 42.76, 42.91];

/** What the sandbox answers to a card and an amount. Blanks in the number don't count. */
export function whatBecomes(card: string, amount: number): "paid" | "failed" | "challenge" {
  if (FAILING_AMOUNTS.includes(amount)) return "failed";
  return SANDBOX_CARDS.find(({ number }) => number === card.replaceAll(" ", ""))?.fate ?? "failed";
}
