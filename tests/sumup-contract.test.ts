import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeSumUpClient, type NewCheckout, type SumUpClient } from "../cart/services/sumup/index.ts";
import { findFreePort } from "../scripts/free-port.ts";
import { SIMULATED_MERCHANT, type SimulatedSumUp, startSimulatedSumUp } from "./simulated-sumup.ts";
import { tools } from "./tools.ts";

/** Fetched by npm when this runs, and installed by nobody else: it brings two hundred packages. */
const PRISM = "@stoplight/prism-cli@5.14.2";
const PATIENCE = { timeoutMs: 10_000, pausesMs: [], longestRestMs: 0 };

/** Client and simulator with Prism between them, which answers 500 to whatever SumUp's own description does not allow, either way. */
describe.skipIf(tools.sumupOpenapi === null)("the simulator, held to SumUp's OpenAPI file", { timeout: 60_000 }, () => {
  let sumup: SimulatedSumUp;
  let prism: ChildProcess;
  let client: SumUpClient;
  let host = "";
  let references = 0;

  beforeAll(async () => {
    sumup = await startSimulatedSumUp();
    const port = await findFreePort();
    const command = ["exec", "--yes", "--package", PRISM, "--", "prism", "proxy", tools.sumupOpenapi ?? "", sumup.host, "--errors"];
    prism = spawn("npm", [...command, "--port", String(port)], { stdio: ["ignore", "pipe", "pipe"], detached: true });
    host = `http://127.0.0.1:${port}`;
    client = makeSumUpClient({ ...PATIENCE, host }, SIMULATED_MERCHANT);
    let said = "";
    await new Promise<void>((done, fail) => {
      prism.on("exit", (code) => fail(new Error(`Prism ended with ${code}: ${said}`)));
      prism.stdout?.on("data", (chunk) => {
        said += chunk;
        if (said.includes("Prism is listening")) done();
      });
    });
  }, 180_000);
  afterAll(async () => {
    if (prism.pid !== undefined && prism.exitCode === null) {
      const ended = once(prism, "exit");
      process.kill(-prism.pid); // npm, its shell and Prism: a group of their own
      await ended;
    }
    await sumup.close();
  });

  const aCheckout = (): NewCheckout => {
    references += 1;
    return {
      reference: `contract-${references}`,
      amountMinor: 1010,
      currency: "GBP",
      merchantCode: SIMULATED_MERCHANT.code,
      description: "Two loaves",
      returnUrl: "http://127.0.0.1:9/called",
      redirectUrl: "http://127.0.0.1:9/back",
      validUntil: new Date(Date.now() + 60_000),
    };
  };

  it("makes, finds, reads and closes checkouts", async () => {
    const wish = aCheckout();
    const checkout = await client.createCheckout(wish);
    expect(await client.findCheckouts(wish.reference)).toEqual([checkout]);
    expect(await client.readCheckout(checkout.id)).toEqual(checkout);
    expect(await client.deactivateCheckout(checkout.id)).toBe("closed");
    expect(await client.readCheckout(checkout.id)).toMatchObject({ status: "EXPIRED" });
  });

  it("pays, fails, refunds a part, refuses too much, and tells it all in the history", async () => {
    const since = new Date();
    const { id } = await client.createCheckout(aCheckout());
    const simulated = sumup.simulator.find(id) ?? expect.fail();
    sumup.simulator.pay(simulated, "4000000000000002");
    expect(await client.readCheckout(id)).toMatchObject({ status: "FAILED" });
    sumup.simulator.pay(simulated, "4200000000000091");
    const paid = (await client.readCheckout(id)) ?? expect.fail();
    expect(paid.status).toBe("PAID");
    expect(await client.deactivateCheckout(id)).toBe("processed");
    const transactionId = paid.transactions.find(({ status }) => status === "SUCCESSFUL")?.id ?? expect.fail();
    await client.refund(transactionId, { minor: 310, currency: "GBP" });
    expect(await client.readTransaction(transactionId)).toMatchObject({ refundedMinor: 310 });
    await expect(client.refund(transactionId, { minor: 5_000, currency: "GBP" })).rejects.toMatchObject({
      status: 422,
      code: "INVALID_AMOUNT",
    });
    await expect(client.refund("nobody's", { minor: 1, currency: "GBP" })).rejects.toMatchObject({ status: 404, trouble: "refused" });
    await client.refund(transactionId, { minor: 700, currency: "GBP" });
    await expect(client.refund(transactionId, { minor: 1, currency: "GBP" })).rejects.toMatchObject({ status: 409 });
    const types = (await client.listChanges(since)).map(({ type }) => type);
    expect(types.toSorted()).toEqual(["PAYMENT", "PAYMENT", "REFUND", "REFUND"]);
  });

  it("refuses in SumUp's words: a reference used twice, what is not there, a key of nobody's", async () => {
    const wish = aCheckout();
    await client.createCheckout(wish);
    await expect(client.createCheckout(wish)).rejects.toMatchObject({ status: 409, code: "DUPLICATED_CHECKOUT" });
    expect(await client.readCheckout("4e425463-3e1b-431d-83fa-1e51c2925e99")).toBeNull();
    expect(await client.readTransaction("4e425463-3e1b-431d-83fa-1e51c2925e99")).toBeNull();
    const stranger = makeSumUpClient({ ...PATIENCE, host }, { code: SIMULATED_MERCHANT.code, key: "guess" });
    await expect(stranger.findCheckouts("x")).rejects.toMatchObject({ status: 401, trouble: "refused" });
  });

  it("is caught where it is wrong: this suite can fail", async () => {
    const checkout = sumup.simulator.find((await client.createCheckout(aCheckout())).id) ?? expect.fail();
    Object.assign(checkout, { status: "OPEN" });
    const answer = await fetch(`${host}/v0.1/checkouts/${checkout.id}`, { headers: { authorization: `Bearer ${SIMULATED_MERCHANT.key}` } });
    expect([answer.status, await answer.text()]).toEqual([500, expect.stringContaining("status")]);
  });
});
