import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "./canonical-json.ts";
import { readCavage } from "./cavage.ts";
import { isContentDigestOf, isDigestOf } from "./digests.ts";
import type { ClaimedSignature, HttpMessage } from "./message.ts";
import { readMessageSignature } from "./message-signature.ts";
import { decodeMultibase, encodeMultibase } from "./multibase.ts";
import { findProof, isProofOf, withProof } from "./proofs.ts";
import { isBodyOf, readSignature } from "./read-signature.ts";
import { type SigningKey, signRequest } from "./sign-request.ts";
import { type PublicKey, readMultikey, readPem, verifySignature } from "./verify-signature.ts";

const BODY = Buffer.from('{"hello": "world"}');

describe("draft-cavage-http-signatures-12, appendix C", () => {
  const key: PublicKey = {
    id: "Test",
    kind: "rsa", // of 1024 bits, which nobody would be let in with
    key: createPublicKey(`-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDCFENGw33yGihy92pDjZQhl0C3
6rPJj+CvfSC8+q28hxA161QFNUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6
Z4UMR7EOcpfdUE9Hf3m/hs+FUR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJw
oYi+1hqp1fIekaxsyQIDAQAB
-----END PUBLIC KEY-----`),
  };
  const now = new Date("2014-01-05T21:31:40Z");
  const request = (signature: string): HttpMessage => ({
    ...{ method: "POST", scheme: "https", authority: "example.com", target: "/foo?param=value&pet=dog" },
    headers: {
      date: "Sun, 05 Jan 2014 21:31:40 GMT",
      "content-type": "application/json",
      digest: "SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=",
      "content-length": "18",
      signature,
    },
  });

  it.each([
    [
      "C.2, the basic test",
      `keyId="Test",algorithm="rsa-sha256",headers="(request-target) host date",signature="qdx+H7PHHDZgy4y/Ahn9Tny9V3GP6YgBPyUXMmoxWtLbHpUnXS2mg2+SbrQDMCJypxBLSPQR2aAjn7ndmw2iicw3HMbe8VfEdKFYRqzic+efkb3nndiv/x1xSHDJWeSWkx3ButlYSuBskLu6kd9Fswtemr3lgdDEmn04swr2Os0="`,
    ],
    [
      "C.3, all headers",
      `keyId="Test",algorithm="rsa-sha256",headers="(request-target) host date content-type digest content-length",signature="vSdrb+dS3EceC9bcwHSo4MlyKS59iFIrhgYkz8+oVLEEzmYZZvRs8rgOp+63LEM3v+MFHB32NfpB2bEKBIvB1q52LaEUHFv120V01IL+TAD48XaERZFukWgHoBTLMhYS2Gb51gWxpeIq8knRmPnYePbF5MOkR0Zkly4zKH7s1dE="`,
    ],
  ])("verifies %s, and not another address", (_name, signature) => {
    expect(verifySignature(claimed(readCavage(request(signature), now)), key)).toBe(true);
    expect(verifySignature(claimed(readCavage({ ...request(signature), target: "/foo" }, now)), key)).toBe(false);
  });

  it("knows the digest of the appendix's body, and that of no other", () => {
    expect(isDigestOf("SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=", BODY)).toBe(true);
    expect(isDigestOf("SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=", Buffer.from("{}"))).toBe(false);
  });
});

describe("RFC 9421", () => {
  const request = (input: string, signature: string, more = {}): HttpMessage => ({
    ...{ method: "POST", scheme: "https", authority: "example.com", target: "/foo?param=Value&Pet=dog" },
    headers: {
      date: "Tue, 20 Apr 2021 02:07:55 GMT",
      "content-type": "application/json",
      "content-digest": "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:",
      "content-length": "18",
      "signature-input": input,
      signature,
      ...more,
    },
  });

  it("verifies B.2.6, by ed25519", () => {
    const pem = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=\n-----END PUBLIC KEY-----";
    const key = readPem("k", pem) ?? expect.fail();
    const message = request(
      `sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"`,
      "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:",
    );
    const now = new Date(1618884473_000);
    expect(verifySignature(claimed(readMessageSignature(message, now)), key)).toBe(true);
    expect(verifySignature(claimed(readMessageSignature({ ...message, authority: "example.org" }, now)), key)).toBe(false);
  });

  it("verifies the proxy's signature of §4.3, by rsa-v1_5-sha256", () => {
    const key = readPem(
      "k",
      `-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAhAKYdtoeoy8zcAcR874L8cnZxKzAGwd7v36APp7Pv6Q2jdsPBRrw
WEBnez6d0UDKDwGbc6nxfEXAy5mbhgajzrw3MOEt8uA5txSKobBpKDeBLOsdJKFq
MGmXCQvEG7YemcxDTRPxAleIAgYYRjTSd/QBwVW9OwNFhekro3RtlinV0a75jfZg
kne/YiktSvLG34lw2zqXBDTC5NHROUqGTlML4PlNZS5Ri2U4aCNx2rUPRcKIlE0P
uKxI4T+HIaFpv8+rdV6eUgOrB2xeI1dSFFn/nnv5OoZJEIB+VmuKn3DCUcCZSFlQ
PSXSfBDiUGhwOw76WuSSsf1D4b/vLoJ10wIDAQAB
-----END RSA PUBLIC KEY-----`,
    );
    const message = request(
      `proxy_sig=("@method" "@authority" "@path" "content-digest" "content-type" "content-length" "forwarded");created=1618884480;keyid="test-key-rsa";alg="rsa-v1_5-sha256";expires=1618884540`,
      "proxy_sig=:S6ZzPXSdAMOPjN/6KXfXWNO/f7V6cHm7BXYUh3YD/fRad4BCaRZxP+JH+8XY1I6+8Cy+CM5g92iHgxtRPz+MjniOaYmdkDcnL9cCpXJleXsOckpURl49GwiyUpZ10KHgOEe11sx3G2gxI8S0jnxQB+Pu68U9vVcasqOWAEObtNKKZd8tSFu7LB5YAv0RAGhB8tmpv7sFnIm9y+7X5kXQfi8NMaZaA8i2ZHwpBdg7a6CMfwnnrtflzvZdXAsD3LH2TwevU+/PBPv0B6NMNk93wUs/vfJvye+YuI87HU38lZHowtznbLVdp770I6VHR6WfgS9ddzirrswsE1w5o0LV/g==:",
      { forwarded: "for=192.0.2.123;host=example.com;proto=https" },
    );
    const proxied = { ...message, authority: "origin.host.internal.example" };
    expect(verifySignature(claimed(readMessageSignature(proxied, new Date(1618884500_000))), key ?? expect.fail())).toBe(true);
    expect(readMessageSignature(proxied, new Date(1618884541_000))).toMatchObject({ kind: "unsigned" });
    expect(readMessageSignature(proxied, new Date(1618900000_000))).toMatchObject({ kind: "unsigned" });
  });

  it("knows the digest of the RFC's body", () => {
    const digest = "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:";
    expect(isContentDigestOf(digest, BODY)).toBe(true);
    expect(isContentDigestOf(digest, Buffer.from("{}"))).toBe(false);
  });
});

describe("FEP-8b32", () => {
  const seed = decodeMultibase("z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq")?.subarray(2) ?? expect.fail();
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const id = "https://server.example/users/alice#ed25519-key";
  const publicKey: PublicKey = { id, kind: "ed25519", key: createPublicKey(key) };
  const document = {
    "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/data-integrity/v1"],
    type: "Create",
    actor: "https://server.example/users/alice",
    object: { type: "Note", content: "Hello world" },
  };
  const PROOF = "z3sXaxjKs4M3BRicwWA9peyNPJvJqxtGsDmpt1jjoHCjgeUf71TRFz56osPSfDErszyLp5Ks1EhYSgpDaNM977Rg2";

  const created = new Date("2023-02-24T23:36:38Z");

  it("verifies the proof of its test vector", () => {
    const proof = {
      ...{ type: "DataIntegrityProof", cryptosuite: "eddsa-jcs-2022", verificationMethod: id, proofPurpose: "assertionMethod" },
      ...{ proofValue: PROOF, created: "2023-02-24T23:36:38Z" },
    };
    const found = findProof({ ...document, proof });
    expect(found.kind === "claimed" && isProofOf({ ...document, proof }, found, publicKey)).toBe(true);
    const changed = { ...document, type: "Update", proof };
    expect(found.kind === "claimed" && isProofOf(changed, found, publicKey)).toBe(false);
  });

  it("verifies what it makes, whose context is part of it", () => {
    const proven = withProof(document, { id, key }, created);
    const found = findProof(proven);
    if (found.kind !== "claimed") expect.fail();
    expect(isProofOf(proven, found, publicKey)).toBe(true);
    expect(isProofOf({ ...proven, "@context": "https://evil.example" }, found, publicKey)).toBe(false);
    expect(isProofOf({ ...proven, "@context": undefined }, found, publicKey)).toBe(false);
  });

  it("is of no document that was changed, and of no other key", () => {
    const proven = withProof(document, { id, key }, created);
    const proof = findProof(proven);
    if (proof.kind !== "claimed") expect.fail();
    expect(isProofOf({ ...proven, actor: "https://server.example/users/bob" }, proof, publicKey)).toBe(false);
    const other = generateKeyPairSync("ed25519").publicKey;
    expect(isProofOf(proven, proof, { ...publicKey, key: other })).toBe(false);
  });

  it.each([null, [], 7, "x"])("takes no %j for a proof", (proof) => expect(findProof({ proof })).toEqual({ kind: "odd" }));

  it("reads keys as actors publish them, and nothing else", () => {
    const raw = publicKey.key.export({ format: "der", type: "spki" }).subarray(-32);
    const text = encodeMultibase(Buffer.concat([Buffer.from([0xed, 0x01]), raw]));
    expect(readMultikey(id, text)?.key.equals(publicKey.key)).toBe(true);
    for (const wrong of ["", "z", "z6Mk", "m6Mk", text.slice(0, -1), `z${"1".repeat(5000)}`]) expect(readMultikey(id, wrong)).toBeNull();
  });

  it("writes JSON in the one form of RFC 8785", () => {
    expect(canonicalJson({ b: [1e21, "ö\u0007", null], a: { "10": true, "2": 0.5 }, "\u00e9": "" })).toBe(
      '{"a":{"10":true,"2":0.5},"b":[1e+21,"ö\\u0007",null],"é":""}',
    );
  });
});

describe("what we sign", () => {
  const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key: SigningKey = { id: "https://ours.example/ap/actor#k", kind: "rsa", key: pair.privateKey };
  const publicKey: PublicKey = { id: key.id, kind: "rsa", key: pair.publicKey };
  const url = new URL("https://theirs.example/inbox?a=b");
  const now = new Date("2026-11-27T12:00:00Z");
  const received = (headers: Record<string, string>): HttpMessage => ({
    ...{ method: "POST", scheme: "https", authority: "theirs.example", target: "/inbox?a=b" },
    headers,
  });

  it.each(["cavage", "rfc9421"] as const)("is verified, in the style %s, and covers what it must", async (style) => {
    const message = received(await signRequest({ method: "POST", url, body: BODY, key, style, now }));
    const signature = claimed(readSignature(message, now, true));
    expect(signature).toMatchObject({ style, keyId: key.id });
    expect(verifySignature(signature, publicKey)).toBe(true);
    expect(isBodyOf(signature, message, BODY)).toBe(true);
    expect(isBodyOf(signature, message, Buffer.from("{}"))).toBe(false);
    const elsewhere = claimed(readSignature({ ...message, authority: "other.example" }, now, true));
    expect(verifySignature(elsewhere, publicKey)).toBe(false);
  });

  it.each(["cavage", "rfc9421"] as const)("is good for an hour, in the style %s", async (style) => {
    const message = received(await signRequest({ method: "POST", url, body: BODY, key, style, now }));
    for (const minutes of [-59, 59]) expect(readSignature(message, new Date(now.getTime() + minutes * 60_000), true).kind).toBe("claimed");
    for (const minutes of [-61, 61]) expect(readSignature(message, new Date(now.getTime() + minutes * 60_000), true).kind).toBe("unsigned");
  });
});

describe("what counts for no signature", () => {
  const now = new Date("2026-11-27T12:00:00Z");
  const date = now.toUTCString();
  const read = (headers: Record<string, string>) =>
    readSignature(
      { method: "POST", scheme: "https", authority: "o.example", target: "/ap/inbox", headers: { date, ...headers } },
      now,
      true,
    );
  const digest = "SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=";
  const all = "(request-target) host date digest";
  const created = Math.floor(now.getTime() / 1000);

  it.each([
    {},
    { signature: "" },
    { signature: "Basic abc" },
    { signature: `keyId="k",headers="${all}",signature="YQ=="` }, // no digest there
    { digest, signature: `headers="${all}",signature="YQ=="` },
    { digest, signature: `keyId="k",headers="${all}"` },
    { digest, signature: `keyId="k",signature="YQ=="` },
    { digest, signature: `keyId="k",headers="",signature="YQ=="` },
    { digest, signature: `keyId="k",headers="date",signature="YQ=="` },
    { digest, signature: `keyId="k",headers="(request-target) host date",signature="YQ=="` },
    { digest, signature: `keyId="k",headers="(request-target) date digest",signature="YQ=="` },
    { digest, signature: `keyId="k",headers="(request-target) host digest",signature="YQ=="` },
    { digest, signature: `keyId="k",headers="${all} x-not-there",signature="YQ=="` },
    { digest, signature: `keyId="k",headers="${all} ${"date"}",signature="YQ=="` },
    { digest, signature: `keyId="k",algorithm="none",headers="${all}",signature="YQ=="` },
    { digest, signature: `keyId="k",algorithm="hmac-sha256",headers="${all}",signature="YQ=="` },
    {
      digest,
      signature: `keyId="k",algorithm="rsa-sha256",created=${created},headers="(request-target) host (created) digest",signature="YQ=="`,
    },
    { digest, signature: `keyId="k",headers="${all}",signature="YQ==",keyId="l"` },
    { digest, signature: `keyId="k",headers="${all}",signature="YQ==", keyId="k",headers="${all}",signature="YQ=="` }, // two headers
    {
      digest,
      signature: `keyId="k",algorithm="hs2019",created=${created},expires=${created - 1},headers="(request-target) host (created) digest",signature="YQ=="`,
    },
    { digest, date: "yesterday", signature: `keyId="k",headers="${all}",signature="YQ=="` },
    { digest, date: "Fri, 27 Nov 2026 10:59:00 GMT", signature: `keyId="k",headers="${all}",signature="YQ=="` },
    { digest, "signature-input": `s=("@method" "@target-uri" "content-digest");created=${created};keyid="k"`, signature: "s=:YQ==:" },
    ...[
      `s=("@method" "@target-uri");created=${created};keyid="k"`,
      `s=("@method" "content-digest");created=${created};keyid="k"`,
      `s=("@target-uri" "content-digest");created=${created};keyid="k"`,
      `s=();created=${created};keyid="k"`,
      `s=("@method" "@target-uri" "content-digest");keyid="k"`,
      `s=("@method" "@target-uri" "content-digest");created=${created}`,
      `s=("@method" "@target-uri" "content-digest");created=${created};keyid="k";alg="hmac-sha256"`,
      `s=("@method" "@target-uri" "content-digest");created=${created};keyid="k";alg="none"`,
      `s=("@method" "@target-uri" "content-digest");created=${created - 4000};keyid="k"`,
      `s=("@method" "@target-uri" "content-digest");created=${created};expires=${created - 1};keyid="k"`,
      `s=("@method" "@target-uri" "content-digest" "@method");created=${created};keyid="k"`,
      `s=("@method" "@target-uri" "content-digest";sf);created=${created};keyid="k"`,
      `s=("@method" "@target-uri" "content-digest" "@status");created=${created};keyid="k"`,
      `t=("@method" "@target-uri" "content-digest");created=${created};keyid="k"`,
      `s=("@method" "@target-uri" "content-digest");created=${created};keyid="k", t=("@method" "@target-uri" "content-digest");created=${created};keyid="k"`,
    ].map((input) => ({ "content-digest": "sha-256=:YQ==:", "signature-input": input, signature: "s=:YQ==:" })),
  ])("is none: %j", (headers) => {
    expect(read(headers as Record<string, string>).kind).toBe("unsigned");
  });

  it("is a key that is short, private, secret or no key", () => {
    const short = generateKeyPairSync("rsa", { modulusLength: 1024 });
    const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = (key: typeof short.publicKey) => key.export({ format: "pem", type: "spki" }).toString();
    expect(readPem("k", pem(rsa.publicKey))?.kind).toBe("rsa");
    const wrong = ["", "none", pem(short.publicKey), pem(ec.publicKey), rsa.privateKey.export({ format: "pem", type: "pkcs8" }).toString()];
    for (const text of wrong) expect(readPem("k", text)).toBeNull();
  });
});

function claimed(signature: ReturnType<typeof readSignature>): ClaimedSignature {
  return signature.kind === "claimed" ? signature : expect.fail(signature.reason);
}
