import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SIMULATED_MERCHANT, type SimulatedSumUp, startSimulatedSumUp } from "../../../tests/simulated-sumup.ts";
import { makeSumUpClient, type NewCheckout, type SumUpClient } from "./index.ts";

const QUICK = { timeoutMs: 1_200, pausesMs: [5, 10], longestRestMs: 1_500 };
/** For what is to go well on a busy machine. */
const CALM = { ...QUICK, timeoutMs: 10_000 };
const VISA = "4200000000000091";

let sumup: SimulatedSumUp;
let client: SumUpClient;
let hasty: SumUpClient;
let references = 0;
beforeAll(async () => {
  sumup = await startSimulatedSumUp({ lateMs: 1_600 });
  client = makeSumUpClient({ ...CALM, host: sumup.host }, SIMULATED_MERCHANT);
  hasty = makeSumUpClient({ ...QUICK, host: sumup.host }, SIMULATED_MERCHANT);
});
afterAll(() => sumup.close());
beforeEach(() => {
  sumup.faults.clear();
  sumup.calls.length = 0;
});

function aCheckout(change: Partial<NewCheckout> = {}): NewCheckout {
  references += 1;
  return {
    reference: `order-${references}`,
    amountMinor: 1010,
    currency: "GBP",
    merchantCode: SIMULATED_MERCHANT.code,
    description: "Two loaves",
    returnUrl: "http://127.0.0.1:9/called-by-sumup",
    redirectUrl: "http://127.0.0.1:9/where-the-buyer-goes",
    validUntil: new Date(Date.now() + 60_000),
    ...change,
  };
}

async function aPaidCheckout(change: Partial<NewCheckout> = {}) {
  const { id } = await client.createCheckout(aCheckout(change));
  const simulated = sumup.simulator.find(id) ?? expect.fail();
  expect(sumup.simulator.pay(simulated, VISA)).toBe("paid");
  return (await client.readCheckout(id)) ?? expect.fail();
}

describe("a checkout", { timeout: 30_000 }, () => {
  it("is made with amounts in major units there, minor units here, and each address in its place", async () => {
    const wish = aCheckout();
    const checkout = await client.createCheckout(wish);
    expect(checkout).toMatchObject({
      reference: wish.reference,
      amountMinor: 1010,
      currency: "GBP",
      status: "PENDING",
      merchantCode: "MCOOP",
    });
    expect(checkout.hostedUrl).toContain(checkout.id);
    expect(sumup.simulator.find(checkout.id)).toMatchObject({
      amount: 10.1,
      returnUrl: wish.returnUrl,
      redirectUrl: wish.redirectUrl,
      isHosted: true,
    });
    expect(await client.findCheckouts(wish.reference)).toEqual([checkout]);
    expect(await client.findCheckouts("nobody's")).toEqual([]);
    expect(await client.readCheckout("nobody's")).toBeNull();
  });

  it("is refused a second time under its reference", async () => {
    const wish = aCheckout();
    await client.createCheckout(wish);
    await expect(client.createCheckout(wish)).rejects.toMatchObject({ trouble: "refused", status: 409, code: "DUPLICATED_CHECKOUT" });
  });

  it("failed is payable still; closed is not; paid can't be closed", async () => {
    const { id } = await client.createCheckout(aCheckout());
    const simulated = sumup.simulator.find(id) ?? expect.fail();
    sumup.simulator.pay(simulated, "4000000000000002");
    expect(await client.readCheckout(id)).toMatchObject({ status: "FAILED", transactions: [{ status: "FAILED" }] });
    expect(sumup.simulator.pay(simulated, "4200 0000 0000 0042")).toBe("challenge");
    expect(sumup.simulator.answerChallenge(simulated, true)).toBe("paid");
    expect(await client.deactivateCheckout(id)).toBe("processed");
    const { id: other } = await client.createCheckout(aCheckout());
    expect(await client.deactivateCheckout(other)).toBe("closed");
    expect(sumup.simulator.pay(sumup.simulator.find(other) ?? expect.fail(), VISA)).toBe("over");
    expect(await client.deactivateCheckout("nobody's")).toBe("gone");
  });

  it.each([4201, 4276, 4291])("of %i pence fails with every card, as in the sandbox", async (amountMinor) => {
    const { id } = await client.createCheckout(aCheckout({ amountMinor }));
    expect(sumup.simulator.pay(sumup.simulator.find(id) ?? expect.fail(), VISA)).toBe("failed");
  });

  it("is over at the time that it was made for", async () => {
    const { id } = await client.createCheckout(aCheckout({ validUntil: new Date(Date.now() - 1) }));
    expect(await client.readCheckout(id)).toMatchObject({ status: "EXPIRED" });
  });
});

describe("refunds and history", { timeout: 30_000 }, () => {
  it("give back parts, and say what went back", async () => {
    const { transactions, currency } = await aPaidCheckout();
    const id = transactions[0]?.id ?? expect.fail();
    expect(await client.readTransaction(id)).toMatchObject({ amountMinor: 1010, refundedMinor: 0, status: "SUCCESSFUL" });
    await client.refund(id, { minor: 310, currency });
    expect(await client.readTransaction(id)).toMatchObject({ refundedMinor: 310, status: "REFUNDED" });
    await expect(client.refund(id, { minor: 701, currency })).rejects.toMatchObject({
      trouble: "refused",
      status: 422,
      code: "INVALID_AMOUNT",
    });
    await client.refund(id, { minor: 700, currency });
    await expect(client.refund(id, { minor: 1, currency })).rejects.toMatchObject({ trouble: "refused", status: 409, code: "conflict" });
    await expect(client.refund("nobody's", { minor: 1, currency })).rejects.toMatchObject({ trouble: "refused", status: 404 });
    expect(await client.readTransaction("nobody's")).toBeNull();
  });

  it("list every page of what changed", async () => {
    const since = new Date();
    const ids = await Promise.all(Array.from({ length: 120 }, async () => (await aPaidCheckout()).transactions[0]?.id));
    const items = await client.listChanges(since);
    expect(new Set(items.map(({ transactionId }) => transactionId))).toEqual(new Set(ids));
    expect(sumup.calls.filter((call) => call.includes("/history"))).toHaveLength(2);
  });
});

describe("trouble", { timeout: 30_000 }, () => {
  it("is passed by reading again: broken, cut, unreadable, busy", async () => {
    const { id } = await client.createCheckout(aCheckout());
    for (const fault of ["broken", "cut", "garbage", "busy", "lost", "late"] as const) {
      sumup.faults.add("read", fault);
      expect(await hasty.readCheckout(id)).toMatchObject({ id });
    }
    sumup.faults.add("read", "broken", 3);
    await expect(client.readCheckout(id)).rejects.toMatchObject({ trouble: "unclear", status: 500 });
  });

  it.each(["lost", "late", "cut", "garbage", "broken", "broken-after"] as const)(
    "%s leaves making unclear, and is never answered by making again",
    async (fault) => {
      const wish = aCheckout();
      sumup.faults.add("create", fault);
      await expect(hasty.createCheckout(wish)).rejects.toMatchObject({ name: "SumUpError", trouble: "unclear" });
      expect(sumup.calls.filter((call) => call.startsWith("POST"))).toHaveLength(1);
      expect(await client.findCheckouts(wish.reference)).toHaveLength(fault === "lost" || fault === "broken" ? 0 : 1);
    },
  );

  it.each(["lost", "late", "cut", "broken", "broken-after"] as const)("%s leaves a refund unclear, and it is asked once", async (fault) => {
    const { transactions, currency } = await aPaidCheckout();
    const id = transactions[0]?.id ?? expect.fail();
    sumup.calls.length = 0;
    sumup.faults.add("refund", fault);
    await expect(hasty.refund(id, { minor: 100, currency })).rejects.toMatchObject({ trouble: "unclear" });
    expect(sumup.calls).toHaveLength(1);
  });

  it("busy makes nothing, and is answered by trying again", async () => {
    sumup.faults.add("create", "busy", 2);
    expect(await client.createCheckout(aCheckout())).toMatchObject({ status: "PENDING" });
    sumup.faults.add("create", "busy", 3);
    await expect(client.createCheckout(aCheckout())).rejects.toMatchObject({ trouble: "busy", status: 429 });
  });

  it("a key that nobody knows is refused, and said so", async () => {
    const stranger = makeSumUpClient({ ...QUICK, host: sumup.host }, { code: "MCOOP", key: "guess" });
    await expect(stranger.readCheckout("x")).rejects.toMatchObject({
      trouble: "refused",
      status: 401,
      message: "SumUp answered 401: Unauthorized.",
    });
    const nowhere = makeSumUpClient({ ...QUICK, host: "http://127.0.0.1:9" }, SIMULATED_MERCHANT);
    await expect(nowhere.readCheckout("x")).rejects.toMatchObject({ trouble: "unclear", status: 0 });
  });
});

describe("hostile answers", { timeout: 30_000 }, () => {
  let respond: (response: ServerResponse) => void;
  const server = createServer((_request, response) => respond(response));
  let hostile: SumUpClient;
  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo; // it listens on TCP
    hostile = makeSumUpClient({ ...QUICK, pausesMs: [], host: `http://127.0.0.1:${port}` }, SIMULATED_MERCHANT);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const saying = (status: number, body: unknown, headers: Record<string, string> = {}) => {
    respond = (response) => response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));
  };
  const whole = { id: "c", checkout_reference: "r", amount: 1, currency: "GBP", merchant_code: "M", status: "PENDING" };

  it.each([
    ["a text where the amount is", { ...whole, amount: "10.10" }],
    ["a status of its own", { ...whole, status: "OPEN" }],
    ["no id", { ...whole, id: undefined }],
    ["no merchant", { ...whole, merchant_code: null }],
    ["a list", [whole]],
    ["nothing", ""],
    ["a script for an address", { ...whole, hosted_checkout_url: "javascript:alert(1)" }],
  ])("%s are not understood", async (_what, body) => {
    saying(200, body);
    await expect(hostile.readCheckout("c")).rejects.toMatchObject({ trouble: "unclear" });
  });

  it("an amount between two pennies is no amount", async () => {
    saying(200, { ...whole, amount: 10.105 });
    expect(await hostile.readCheckout("c")).toMatchObject({ amountMinor: null });
  });

  it("drops that never end are cut off", async () => {
    respond = (response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(" "), 50);
      response.on("close", () => clearInterval(timer));
    };
    await expect(hostile.readCheckout("c")).rejects.toMatchObject({ trouble: "unclear", status: 0 });
  });

  it("a flood is not read", async () => {
    saying(200, `"${"x".repeat(3_000_000)}"`);
    await expect(hostile.readCheckout("c")).rejects.toMatchObject({ message: "SumUp answered 200 with more than anybody reads" });
  });

  it("the key is not taken elsewhere", async () => {
    saying(302, "", { location: "http://127.0.0.1:9/thief" });
    await expect(hostile.readCheckout("c")).rejects.toMatchObject({ trouble: "unclear", status: 0 });
  });

  it("a rest that is too long is not slept through, and is known to the caller", async () => {
    const patient = makeSumUpClient({ ...QUICK, host: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }, SIMULATED_MERCHANT);
    saying(429, { message: "Slow down" }, { "retry-after": "600" });
    await expect(patient.readCheckout("c")).rejects.toMatchObject({ trouble: "busy", retryAfterMs: 600_000 });
    let asked = 0;
    respond = (response) => {
      asked += 1;
      if (asked === 1) response.writeHead(429, { "retry-after": "1" }).end();
      else response.writeHead(200).end(JSON.stringify(whole));
    };
    const began = Date.now();
    expect(await patient.readCheckout("c")).toMatchObject({ id: "c" });
    expect(Date.now() - began).toBeGreaterThan(950);
  });

  it.each([
    [
      "of RFC 9457",
      401,
      { type: "https://developer.sumup.com/problem/unauthorized", title: "Unauthorized", detail: "No such key" },
      "unauthorized",
      "No such key",
    ],
    ["of checkouts", 400, { message: "Too long", error_code: "INVALID", param: "description" }, "INVALID", "Too long (description)"],
    [
      "of checkouts, as a list",
      400,
      [{ message: "Too long", error_code: "INVALID", param: "description" }],
      "INVALID",
      "Too long (description)",
    ],
    [
      "of 403",
      403,
      { error_message: "request_not_allowed", error_code: "FORBIDDEN", status_code: "403" },
      "FORBIDDEN",
      "request_not_allowed",
    ],
    ["of the history", 400, { title: "Bad Request", details: "Wrong", failed_constraints: [{ message: "No date" }] }, "", "No date"],
    [
      "of a refund",
      422,
      { type: "x/unprocessable-entity", detail: "Refund failed.", errors: [{ code: "INVALID_AMOUNT", detail: "Too much" }] },
      "INVALID_AMOUNT",
      "Too much",
    ],
    ["without words", 400, "<h1>", "", "no reason was given"],
  ])("an error %s comes to one", async (_which, status, body, code, reason) => {
    saying(status, body);
    await expect(hostile.findCheckouts("r")).rejects.toMatchObject({
      trouble: "refused",
      status,
      code,
      message: `SumUp answered ${status}: ${reason}`,
    });
  });

  it("a history in a circle ends", async () => {
    saying(200, { items: [], links: [{ rel: "next", href: "oldest_ref=1" }] });
    await expect(hostile.listChanges(new Date())).rejects.toMatchObject({ trouble: "unclear" });
  });
});
