import type { RefundWork } from "@rose-ash/shared/contracts/payments.ts";
import { type SumUpClient, SumUpError } from "../sumup/index.ts";
import type { PaymentParts } from "./parts.ts";

/** How long after it was sent a refund that SumUp does not show counts as not done. */
const RESEND_AFTER_SECONDS = 600;
/** How often SumUp may be silent about what has gone back, over some three quarters of an hour, before staff are asked. */
const MOST_SILENCES = 5;

/**
 * Brings a refund one step on. It is sent with what had gone back before written down; whenever nobody knows what became of it, what
 * has gone back by then tells, and nothing is sent before that was read, nor where more or less went back than stands here.
 */
export async function refund(parts: PaymentParts, work: RefundWork): Promise<void> {
  const { merchantCode } = work;
  const client = await parts.clientFor(merchantCode);
  if (client === null) return parts.transaction((tx) => parts.services.payments.noteKeyMissing(tx, { refundId: work.id }, merchantCode));
  try {
    if (work.state === "requested") await send(parts, client, work);
    else await findOut(parts, client, work);
  } catch (error) {
    if (!(error instanceof SumUpError)) throw error;
    parts.log.warn({ refund: work.id, said: error.message }, "what has gone back of a payment could not be read; it is tried again");
  }
}

async function send(parts: PaymentParts, client: SumUpClient, work: RefundWork): Promise<void> {
  const { payments } = parts.services;
  const { transaction } = parts;
  const { id, transactionId, amountMinor, currency, knownMinor } = work;
  const before = await client.readTransaction(transactionId);
  if (before === null) {
    await transaction((tx) => payments.refuseRefund(tx, id, "SumUp does not know this payment."));
    return;
  }
  const { refundedMinor } = before;
  if (refundedMinor === null) return waitForFigure(parts, work);
  if (refundedMinor !== knownMinor) {
    await transaction((tx) => payments.stopRefund(tx, id, { knownMinor, amountMinor, seenMinor: refundedMinor }));
    return;
  }
  if (!(await transaction((tx) => payments.beginRefund(tx, id, refundedMinor)))) return;
  try {
    await client.refund(transactionId, { minor: amountMinor, currency });
  } catch (error) {
    if (!(error instanceof SumUpError)) throw error;
    const isOfKey = error.status === 401 || error.status === 403; // says nothing about the refund
    const end = { refused: payments.refuseRefund, busy: payments.resendRefund, unclear: payments.doubtRefund };
    await transaction((tx) => end[isOfKey ? "busy" : error.trouble](tx, id, error.message));
    return;
  }
  await transaction((tx) => payments.finishRefund(tx, id));
}

async function findOut(parts: PaymentParts, client: SumUpClient, work: RefundWork): Promise<void> {
  const { payments } = parts.services;
  const { transaction } = parts;
  const { id, beforeMinor, amountMinor, sentSecondsAgo } = work;
  const now = await client.readTransaction(work.transactionId);
  const refundedMinor = now?.refundedMinor ?? null;
  if (refundedMinor === null || beforeMinor === null || sentSecondsAgo === null) return waitForFigure(parts, work);
  if (refundedMinor === beforeMinor + amountMinor) {
    await transaction((tx) => payments.finishRefund(tx, id));
  } else if (refundedMinor === beforeMinor) {
    if (sentSecondsAgo >= RESEND_AFTER_SECONDS) await transaction((tx) => payments.resendRefund(tx, id));
  } else {
    await transaction((tx) => payments.stopRefund(tx, id, { beforeMinor, amountMinor, seenMinor: refundedMinor }));
  }
}

/** SumUp does not say what has gone back: nothing is done now, and in the end somebody has to look there. */
async function waitForFigure({ services: { payments }, transaction }: PaymentParts, { id, looks, amountMinor }: RefundWork): Promise<void> {
  if (looks < MOST_SILENCES) return;
  await transaction((tx) => payments.stopRefund(tx, id, { said: "SumUp does not say what has gone back.", amountMinor }));
}
