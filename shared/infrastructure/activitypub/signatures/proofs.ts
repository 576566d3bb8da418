import { createHash, type KeyObject, sign, verify } from "node:crypto";
import { canonicalJson } from "./canonical-json.ts";
import { decodeMultibase, encodeMultibase } from "./multibase.ts";
import type { PublicKey } from "./verify-signature.ts";

type Json = Readonly<Record<string, unknown>>;

/** A proof of FEP-8b32 as it stands in a document: only eddsa-jcs-2022 is known. */
export interface ClaimedProof {
  readonly verificationMethod: string;
  readonly options: Json;
  readonly value: string;
}

/** none: the document has no proof; unknown: of a kind that we can't verify, which says nothing; odd: no proof at all, though it is called so. */
export type FoundProof = { kind: "none" } | { kind: "unknown" } | { kind: "odd" } | ({ kind: "claimed" } & ClaimedProof);

/** The proof that a document, as it came, brings with it. */
export function findProof(document: Json): FoundProof {
  const { proof } = document;
  if (proof === undefined) return { kind: "none" };
  if (typeof proof !== "object" || proof === null || Array.isArray(proof)) return { kind: "odd" };
  const { proofValue: value, ...options } = proof as Json; // an object, as was asked
  if (options["type"] !== "DataIntegrityProof" || options["cryptosuite"] !== "eddsa-jcs-2022") return { kind: "unknown" };
  const { verificationMethod, proofPurpose } = options;
  if (typeof value !== "string" || typeof verificationMethod !== "string" || proofPurpose !== "assertionMethod") return { kind: "odd" };
  return { kind: "claimed", verificationMethod, options, value };
}

/**
 * Whether the owner of this key made the proof of this very document. The context counts among the options, wherever it stands; by the
 * draft that FEP-8b32 was first written for it did not. Some sign the document by Linked Data once it is proven, which puts a
 * signature and a context into it: the proof is of what was there before.
 */
export function isProofOf(document: Json, { options, value }: ClaimedProof, { kind, key }: PublicKey): boolean {
  const signature = decodeMultibase(value);
  if (kind !== "ed25519" || signature?.length !== 64) return false;
  const { "@context": ownContext, ...plain } = options;
  if (ownContext !== undefined && canonicalJson(ownContext) !== canonicalJson(document["@context"])) return false;
  const candidates = document["signature"] === undefined ? [document] : [document, ...withoutLinkedData(document)];
  return candidates.some((one) =>
    [{ ...plain, "@context": one["@context"] }, plain].some((reading) => verify(null, hashOf(one, reading), key, signature)),
  );
}

const IDENTITY_CONTEXT = "https://w3id.org/identity/v1";

function withoutLinkedData({ signature: _, ...document }: Json): Json[] {
  const context = document["@context"];
  if (!Array.isArray(context)) return [document];
  const left = context.filter((one) => one !== IDENTITY_CONTEXT);
  return [document, { ...document, "@context": left.length === 1 ? left[0] : left }];
}

/** The document with a proof by this key. createdAt: to the second. */
export function withProof(document: Json, key: { readonly id: string; readonly key: KeyObject }, createdAt: Date): Json {
  const options = {
    "@context": document["@context"],
    type: "DataIntegrityProof",
    cryptosuite: "eddsa-jcs-2022",
    verificationMethod: key.id,
    proofPurpose: "assertionMethod",
    created: createdAt.toISOString().replace(/\.\d+/, ""),
  };
  return { ...document, proof: { ...options, proofValue: encodeMultibase(sign(null, hashOf(document, options), key.key)) } };
}

/** Data Integrity EdDSA Cryptosuites v1.0 §3.3.4: the hash of the options, then that of the document without the proof. */
function hashOf({ proof: _, ...document }: Json, options: Json): Buffer {
  const hash = (value: Json) => createHash("sha256").update(canonicalJson(value)).digest();
  return Buffer.concat([hash(options), hash(document)]);
}
