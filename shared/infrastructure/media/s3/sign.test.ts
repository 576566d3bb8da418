import { expect, it } from "vitest";
import { NO_BODY, signed } from "./sign.ts";

// Amazon S3 API Reference, "Signature Calculations for the Authorization Header": its examples, and their signatures.
const SIGNER = { keyId: "AKIAIOSFODNN7EXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", region: "us-east-1" };
const AT = new Date("2013-05-24T00:00:00Z");
const BUCKET = "https://examplebucket.s3.amazonaws.com";

it.each([
  [
    "a part of an object",
    { method: "GET", url: `${BUCKET}/test.txt`, headers: { range: "bytes=0-9" }, payloadSha256: NO_BODY },
    "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
  ],
  [
    "an object to be kept",
    {
      method: "PUT",
      url: `${BUCKET}/test%24file.text`,
      headers: { date: "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY" },
      payloadSha256: "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
    },
    "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
  ],
  [
    "a question with an empty value",
    { method: "GET", url: `${BUCKET}/?lifecycle=`, headers: {}, payloadSha256: NO_BODY },
    "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
  ],
  [
    "a list",
    { method: "GET", url: `${BUCKET}/?prefix=J&max-keys=2`, headers: {}, payloadSha256: NO_BODY },
    "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
  ],
])("signs %s as the specification does", (_what, { url, ...request }, signature) => {
  const { authorization } = signed({ ...request, url: new URL(url) }, SIGNER, AT);
  expect(authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\/20130524\/us-east-1\/s3\/aws4_request, /);
  expect(authorization?.split("Signature=")[1]).toBe(signature);
});
