import type { ErrorCode } from "../../../contracts/errors.ts";
import type { App } from "../../../models/apps.ts";
import type { Clock } from "../../clock.ts";
import type { FoundActor, KnownActor, RemoteActors } from "../actors/index.ts";
import { type ApDocument, hostOf, normalise, originOf, readUri, typeOf, uriOf } from "../normal-form/index.ts";
import {
  type ClaimedProof,
  type ClaimedSignature,
  findProof,
  type HttpMessage,
  isBodyOf,
  isProofOf,
  readSignature,
  verifySignature,
} from "../signatures/index.ts";

/** An activity that may come in: its actor signed the request, and all that it is known by is of one origin. */
export interface Arrival {
  readonly app: App;
  readonly actor: KnownActor;
  readonly activity: string;
  readonly type: string;
  readonly raw: string;
  readonly document: ApDocument;
  /** "Collection-Synchronization" of FEP-8fcf, as it came; null: there was none. */
  readonly synchronisation: string | null;
}

/** ignored: it is taken and nothing is done, since what it tells of was never here. */
export type GateAnswer =
  | { readonly kind: "arrived"; readonly arrival: Arrival }
  | { readonly kind: "ignored" }
  | { readonly kind: "refused"; readonly code: ErrorCode; readonly reason: string };

type Refusal = Extract<GateAnswer, { kind: "refused" }>;

export interface GateParts {
  readonly app: App;
  readonly actors: RemoteActors;
  readonly clock: Clock;
  /** Of a host, or of an actor there. */
  readonly isSuspended: (host: string, actor: string) => Promise<boolean>;
  readonly isOurs: (uri: string) => boolean;
  readonly takesPlainHttp: boolean;
}

/** Claims that can be refused by the head of a request alone: nothing of its body was read. */
export function readHead(message: HttpMessage, now: Date, hasBody: boolean): ClaimedSignature | Refusal {
  const claimed = readSignature(message, now, hasBody);
  if (claimed.kind === "unsigned") return refuse("not-signed", claimed.reason);
  return readUri(claimed.keyId) === null ? refuse("not-signed", "the key has no address") : claimed;
}

/**
 * Decides about a request whose head was read. Whatever is refused left nothing behind: nothing is stored before the actor, asked at
 * its own host, turned out to own the key that signed.
 */
export async function passGate(parts: GateParts, message: HttpMessage, claimed: ClaimedSignature, body: Buffer): Promise<GateAnswer> {
  if (!isBodyOf(claimed, message, body)) return refuse("not-signed", "the digest is not that of the body");
  const normal = normalise(body);
  if (normal.kind === "odd") return refuse("invalid-request", normal.reason);
  const { document } = normal;
  const [activity, actorUri, type] = [uriOf(document["id"]), uriOf(document["actor"]), typeOf(document)];
  if (activity === null || actorUri === null || type === "")
    return refuse("invalid-request", "an activity has an id, one actor and a type");
  const refusal = await refuseOrigin(parts, { activity, actorUri, keyId: claimed.keyId });
  if (refusal !== null) return refusal;
  // a host tells everybody that an actor of its own is no more: of whom we know nothing we need not ask, nor could we any longer
  const isLastWord = type === "Delete" && uriOf(document["object"]) === actorUri;
  if (isLastWord && !(await parts.actors.isKnown(actorUri))) return { kind: "ignored" };
  const signer = await findSigner(parts, actorUri, claimed);
  if (signer.kind === "gone") return refuse("not-signed", "the actor is no more");
  if (signer.kind === "refused") return signer;
  const proof = findProof(normal.raw);
  if (proof.kind === "odd") return refuse("not-signed", "its proof is none");
  if (proof.kind === "claimed" && !isProven(normal.raw, proof, signer.actor))
    return refuse("not-signed", "its proof is not of this document");
  const raw = body.toString();
  const said = message.headers["collection-synchronization"];
  const synchronisation = typeof said === "string" && said.length <= 2000 ? said : null;
  return {
    kind: "arrived",
    arrival: { app: parts.app, actor: signer.actor, activity, type: type.slice(0, 100), raw, document, synchronisation },
  };
}

/** A key that we don't know may be a new one of the actor's: then the request's signature has to do. */
function isProven(raw: Readonly<Record<string, unknown>>, proof: ClaimedProof, { keys, uri }: KnownActor): boolean {
  const method = readUri(proof.verificationMethod);
  if (method === null || originOf(method) !== originOf(uri)) return false;
  const key = keys.find(({ id }) => id === method);
  return key === undefined || isProofOf(raw, proof, key);
}

interface Names {
  readonly activity: string;
  readonly actorUri: string;
  readonly keyId: string;
}

/** Whose word it is: activity, actor and key are of one origin, which is not ours and not shut out. */
async function refuseOrigin(
  { isSuspended, isOurs, takesPlainHttp }: GateParts,
  { activity, actorUri, keyId }: Names,
): Promise<Refusal | null> {
  const origin = originOf(actorUri);
  if (originOf(activity) !== origin) return refuse("not-signed", "the activity is of another origin than its actor");
  if (originOf(keyId) !== origin) return refuse("not-signed", "the key is of another origin than the actor");
  if (isOurs(actorUri)) return refuse("not-signed", "we send nothing to ourselves");
  if (!takesPlainHttp && !origin.startsWith("https:")) return refuse("not-signed", "the actor is not under https");
  const host = hostOf(actorUri);
  return (await isSuspended(host, actorUri)) ? refuse("peer-blocked", `${host}, or the actor, is suspended`) : null;
}

type Signer = { kind: "signer"; actor: KnownActor } | { kind: "gone" } | Refusal;

/** Who owns the key, verified. An actor that we know may have a new key: its host is asked once more. */
async function findSigner({ actors }: GateParts, uri: string, claimed: ClaimedSignature): Promise<Signer> {
  const first = signerOf(await actors.find(uri), claimed);
  if (first.kind !== "refused" || first.code !== "not-signed") return first;
  const again = signerOf(await actors.refetch(uri), claimed);
  return again.kind === "gone" ? first : again;
}

function signerOf(found: FoundActor, claimed: ClaimedSignature): Signer {
  if (found.kind === "gone") return found;
  if (found.kind === "busy") return refuse("too-busy", "too many are looked up at the moment");
  if (found.kind === "failed") return refuse("not-signed", `the actor can't be asked: ${found.reason}`);
  const key = found.actor.keys.find(({ id }) => id === claimed.keyId);
  if (key === undefined) return refuse("not-signed", "the key is none of the actor's");
  return verifySignature(claimed, key) ? { kind: "signer", actor: found.actor } : refuse("not-signed", "the signature is not the actor's");
}

/** Who asks for something with a signed GET, verified; null code: nobody that we know. */
export async function findReader(parts: GateParts, message: HttpMessage): Promise<{ kind: "signer"; actor: KnownActor } | Refusal> {
  const claimed = readHead(message, parts.clock.now(), false);
  if (claimed.kind === "refused") return claimed;
  const host = hostOf(claimed.keyId);
  if (parts.isOurs(claimed.keyId)) return refuse("not-signed", "we ask nothing of ourselves");
  const owner = ownerOf(claimed.keyId);
  if (await parts.isSuspended(host, owner)) return refuse("peer-blocked", `${host}, or the actor, is suspended`);
  const signer = await findSigner(parts, owner, claimed);
  return signer.kind === "gone" ? refuse("not-signed", "the actor is no more") : signer;
}

/** A reader names nobody but the key: its document is the actor's, or lies below it as "/main-key". */
const ownerOf = (keyId: string) => keyId.replace(/#.*$/s, "").replace(/\/main-key$/, "");

/** Words for the log, and for whoever runs the server that was refused. */
const refuse = (code: ErrorCode, reason: string): Refusal => ({ kind: "refused", code, reason });

/** What an activity is about, for the order in which things are handled: what names the same never overtakes each other. */
export function orderKeyOf({ type, document, activity }: Arrival): string {
  const about = ["Create", "Update", "Delete", "Undo", "Accept", "Reject", "Add", "Remove"].includes(type)
    ? uriOf(document["object"])
    : null;
  return about ?? activity;
}
