import type { Attempt, Settled } from "@rose-ash/shared/contracts/payments.ts";
import type { AttemptId, OrderId } from "@rose-ash/shared/models/ids.ts";
import { type Checkout, type SumUpClient, SumUpError } from "../sumup/index.ts";
import type { PaymentParts } from "./parts.ts";

/** go: to where it is paid. away: SumUp does not answer, or won't have it; the order waits, and it is tried again. */
export type Begun = { kind: "go"; url: string } | { kind: "not-payable" } | { kind: "no-merchant" } | { kind: "away" };

/** ended: SumUp has the checkout, and the order or its payment ended while it was made. */
type Kept = Checkout | "ended" | null;

/** What is known after a look; away: SumUp did not say. */
export type Looked = Settled | "away";

/** Gives a buyer a checkout to pay an order with: the one that there is, or a new one. Any number may ask at once, and get the same. */
export async function begin(parts: PaymentParts, orderId: OrderId): Promise<Begun> {
  const code = await parts.services.payments.findMerchantCode(orderId);
  const client = code === null ? null : await parts.clientFor(code);
  if (client === null) return { kind: "no-merchant" }; // nothing is opened that nobody could end
  const opened = await parts.transaction((tx) => parts.services.payments.openAttempt(tx, orderId));
  if (opened.kind !== "open") return { kind: opened.kind };
  const { attempt } = opened;
  if (attempt.state === "open") return attempt.hostedUrl === null ? { kind: "away" } : { kind: "go", url: attempt.hostedUrl };
  const checkout = await make(parts, client, attempt);
  if (checkout === "ended") return { kind: "not-payable" };
  return checkout === null || checkout.hostedUrl === null ? { kind: "away" } : { kind: "go", url: checkout.hostedUrl };
}

/** Reads a payment at SumUp, and lets one transition follow. A live one whose order does not wait any more is closed there first. */
export async function look(parts: PaymentParts, id: AttemptId): Promise<Looked> {
  const attempt = await parts.services.payments.findAttempt(id);
  if (attempt === null || attempt.state === "paid" || attempt.state === "differs") return "before";
  const client = await parts.clientFor(attempt.merchantCode);
  if (client === null) return attempt.state === "new" ? closeHere(parts, id) : sayThatKeyIsMissing(parts, attempt);
  try {
    return await lookWith(parts, client, attempt);
  } catch (error) {
    if (!(error instanceof SumUpError)) throw error;
    await parts.transaction((tx) => parts.services.payments.noteTrouble(tx, id, error.message));
    return "away";
  }
}

async function lookWith(parts: PaymentParts, client: SumUpClient, attempt: Attempt): Promise<Looked> {
  const isAlive = attempt.state === "new" || attempt.state === "open";
  const isWanted = isAlive && !attempt.isOver && attempt.orderStatus === "pending_payment";
  const made = attempt.checkoutId !== null ? null : isWanted ? await make(parts, client, attempt) : await find(client, attempt);
  if (made === "ended") return "away"; // what was made is looked at next
  const checkoutId = attempt.checkoutId ?? made?.id;
  if (checkoutId === undefined) return isWanted ? "away" : closeHere(parts, attempt.id);
  const settled = await readAndSettle(parts, client, attempt.id, checkoutId);
  if (settled !== "waiting" || isWanted) return settled;
  const end = await client.deactivateCheckout(checkoutId);
  if (end === "processed") return readAndSettle(parts, client, attempt.id, checkoutId); // it was paid at this moment, or is over
  return closeHere(parts, attempt.id);
}

/** Only its merchant's key could tell what became of it: somebody has to bring the key, or to look it up elsewhere. */
async function sayThatKeyIsMissing({ services, transaction }: PaymentParts, { id, merchantCode }: Attempt): Promise<Looked> {
  await transaction((tx) => services.payments.noteKeyMissing(tx, { attemptId: id }, merchantCode));
  return "away";
}

async function closeHere({ services, transaction }: PaymentParts, id: AttemptId): Promise<Looked> {
  await transaction((tx) => services.payments.close(tx, id));
  return "over";
}

async function readAndSettle(
  { services, transaction }: PaymentParts,
  client: SumUpClient,
  id: AttemptId,
  checkoutId: string,
): Promise<Looked> {
  const checkout = await client.readCheckout(checkoutId);
  if (checkout === null) {
    await transaction((tx) => services.payments.noteTrouble(tx, id, "SumUp does not know this checkout."));
    return "waiting";
  }
  return transaction((tx) => services.payments.settle(tx, id, checkout));
}

/** Makes the checkout of a payment that was written down; whatever goes wrong, it is looked for by its reference. Null: not known. */
async function make(parts: PaymentParts, client: SumUpClient, attempt: Attempt): Promise<Kept> {
  const { services, transaction } = parts;
  try {
    const checkout = await client.createCheckout({
      reference: attempt.reference,
      amountMinor: attempt.amountMinor,
      currency: attempt.currency,
      merchantCode: attempt.merchantCode,
      description: parts.descriptionOf(attempt.orderReference),
      returnUrl: parts.returnUrl,
      redirectUrl: parts.redirectUrlOf(attempt.orderReference),
      validUntil: attempt.validUntil,
    });
    return await keep(parts, attempt, checkout);
  } catch (error) {
    if (!(error instanceof SumUpError)) throw error;
    if (error.trouble === "refused" && error.status !== 409) {
      await transaction((tx) => services.payments.noteRefused(tx, attempt.id, error.message));
      return null;
    }
    if (error.trouble !== "busy") {
      const found = await adopt(parts, client, attempt).catch((inner: unknown) => {
        if (inner instanceof SumUpError) return null;
        throw inner;
      });
      if (found !== null) return found;
    }
    await transaction((tx) => services.payments.noteTrouble(tx, attempt.id, error.message));
    return null;
  }
}

/** The checkout that bears the reference, if SumUp has one. */
async function find(client: SumUpClient, attempt: Attempt): Promise<Checkout | undefined> {
  return (await client.findCheckouts(attempt.reference))[0];
}

async function adopt(parts: PaymentParts, client: SumUpClient, attempt: Attempt): Promise<Kept> {
  const found = await find(client, attempt);
  return found === undefined ? null : keep(parts, attempt, found);
}

/** Notes a checkout that is what was asked for; one that is not is nobody's to pay, and somebody has to look. */
async function keep({ services, transaction }: PaymentParts, attempt: Attempt, checkout: Checkout): Promise<Kept> {
  const { reference, amountMinor, currency, merchantCode } = attempt;
  const isAsAsked =
    checkout.reference === reference &&
    checkout.amountMinor === amountMinor &&
    checkout.currency === currency &&
    checkout.merchantCode === merchantCode;
  if (!isAsAsked) {
    const words = `SumUp has another checkout under ${reference}: ${checkout.amountMinor} ${checkout.currency} for ${checkout.merchantCode}`;
    await transaction((tx) => services.payments.noteRefused(tx, attempt.id, words));
    return null;
  }
  return (await transaction((tx) => services.payments.noteCheckout(tx, attempt.id, checkout))) ? checkout : "ended";
}
