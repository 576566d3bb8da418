/** The door of this folder: signatures of requests in both styles, and proofs of documents. */

export { digestOf } from "./digests.ts";
export type { ClaimedSignature, HttpMessage, SignatureStyle } from "./message.ts";
export { encodeMultibase } from "./multibase.ts";
export { type ClaimedProof, findProof, isProofOf, withProof } from "./proofs.ts";
export { isBodyOf, readSignature } from "./read-signature.ts";
export { type SigningKey, signRequest } from "./sign-request.ts";
export { type PublicKey, readMultikey, readPem, verifySignature } from "./verify-signature.ts";
