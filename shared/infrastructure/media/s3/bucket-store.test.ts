import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Disturbance, openFakeS3 } from "../../../../tests/fake-s3.ts";
import { placeOf } from "../store.ts";
import { bucketStore } from "./bucket-store.ts";
import { readListPage } from "./list-page.ts";
import type { Signer } from "./sign.ts";

const dir = mkdtempSync(join(tmpdir(), "bucket-"));
const s3 = await openFakeS3();
const [keyId = "", secret = ""] = s3.env.MEDIA_S3_KEY.split(":");
const SIGNER: Signer = { keyId, secret, region: s3.env.MEDIA_S3_REGION };
const openStore = (signer: Partial<Signer> = {}, url = s3.env.MEDIA_S3_URL) =>
  bucketStore({ url, signer: { ...SIGNER, ...signer } }, dir, { answerMs: 300, bodyMs: 300 });
const store = openStore();
const WORDS = "what the oven said ".repeat(10_000);
const put = (into = store) => into.put(Readable.from([Buffer.from(WORDS)]), "pdf");
let name = "";
const read = async (part?: { first: number; last: number }) => {
  const opened = await store.open(name, part);
  return opened && text(opened.bytes);
};

beforeAll(async () => {
  name = `${(await put()).sha256}.pdf`;
});
beforeEach(() => void s3.asked.splice(0));
afterAll(async () => {
  rmSync(dir, { recursive: true });
  await s3.close();
});

describe("a bucket that has a bad moment", () => {
  it.each<Disturbance>([
    { status: 500, code: "InternalError" },
    { status: 503, code: "SlowDown" },
    { status: 429, code: "TooManyRequests" },
    "gone",
    "slow",
  ])("is asked again after %j, with everything", async (disturbance) => {
    s3.disturb("GET", disturbance, disturbance);
    expect(await read()).toBe(WORDS);
    expect(s3.asked).toHaveLength(3);
    s3.disturb("PUT", disturbance);
    await put();
    s3.disturb("HEAD", disturbance);
    expect(await store.find(name)).toEqual({ byteLength: WORDS.length });
    s3.disturb("DELETE", disturbance);
    await store.remove(`${"0".repeat(64)}.pdf`);
  });

  it("is given up after the third try, by an error that says what was asked and nothing of the key", async () => {
    s3.disturb("GET", ...Array<Disturbance>(3).fill({ status: 503, code: "SlowDown" }));
    const error = await store.open(name).catch((thrown: Error) => thrown);
    expect(String(error)).toBe(`Error: GET ${s3.env.MEDIA_S3_URL}/${placeOf(name)}: 503 SlowDown`);
  });

  it("says what it says when nobody listens there", async () => {
    await expect(openStore({}, "http://127.0.0.1:9/bucket").find(name)).rejects.toThrow("no answer");
  });
});

describe("an answer of the bucket that is not what was asked for", () => {
  it.each<Disturbance>(["slow-body", "cut-body", "other-bytes", "short-length"])(
    "(%s) ends in an error, never as if it were whole",
    async (disturbance) => {
      s3.disturb("GET", disturbance);
      const opened = await store.open(name);
      let came = 0;
      const reading = (async () => {
        for await (const chunk of opened?.bytes ?? []) came += chunk.length;
      })();
      await expect(reading).rejects.toThrow();
      expect(came).toBeLessThan(WORDS.length);
    },
  );

  it("is refused when it does not say how long it is", async () => {
    s3.disturb("GET", "no-length");
    await expect(store.open(name)).rejects.toThrow("how long");
  });

  it.each<Disturbance>(["short-length", "no-length"])("is refused when it is another part (%s)", async (disturbance) => {
    s3.disturb("GET", disturbance);
    await expect(read({ first: 5, last: 9 })).rejects.toThrow();
    expect(await read({ first: 5, last: 7 })).toBe("the");
  });

  it("ends a part in an error that is cut off", async () => {
    s3.disturb("GET", "cut-body");
    await expect(read({ first: 0, last: 90_000 })).rejects.toThrow();
  });

  it("is no empty list when it is no list", () => {
    const cut = "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>a</Key>";
    for (const xml of ["", "<html>Down for cleaning</html>", cut, "<ListBucketResult></ListBucketResult>"])
      expect(() => readListPage(xml)).toThrow("the bucket's list");
  });
});

describe("a key that does not open the bucket", () => {
  it.each<[string, Partial<Signer>, string]>([
    ["of another name", { keyId: "AKIAOTHER" }, "InvalidAccessKeyId"],
    ["with another secret", { secret: "guessed" }, "SignatureDoesNotMatch"],
    ["for another region", { region: "us-east-1" }, "SignatureDoesNotMatch"],
  ])("(%s) is refused at once, in the bucket's own word", async (_which, signer, code) => {
    await expect(openStore(signer).open(name)).rejects.toThrow(`403 ${code}`);
    expect(s3.asked).toHaveLength(1);
    await expect(put(openStore(signer))).rejects.toThrow(`403 ${code}`);
    await expect(openStore(signer).list()[Symbol.asyncIterator]().next()).rejects.toThrow(`403 ${code}`);
    await expect(openStore(signer).find(name)).rejects.toThrow("403");
    await expect(openStore(signer).remove(name)).rejects.toThrow("403");
    expect([readdirSync(join(dir, ".incoming")), s3.kept.size]).toEqual([[], 1]);
  });
});

it("lets go of the bucket when the reader goes", async () => {
  const opened = await store.open(name);
  opened?.bytes.destroy();
  expect(await read()).toBe(WORDS);
});
