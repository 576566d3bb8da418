import { askOutside, type Outside } from "../../http/outside/index.ts";
import { hostOf, readUri } from "../normal-form/index.ts";
import type { FoundActor, RemoteActors } from "./remote-actors.ts";

interface Looking {
  readonly outside: Outside;
  readonly remote: RemoteActors;
  readonly takesPlainHttp: boolean;
}

const LIMITS = { maxBytes: 64 * 1024, timeoutMs: 6000 };

/** Finds an actor elsewhere by what people write: @ada@theirs.example, or its address. */
export async function findActorByName(looking: Looking, words: string): Promise<FoundActor> {
  const text = words.trim();
  const uri = readUri(text);
  if (uri !== null) return looking.remote.find(uri);
  const [, name, host] = /^(?:acct:)?@?([\w.-]{1,100})@([a-z0-9.-]{1,253}(?::\d{1,5})?)$/i.exec(text) ?? [];
  if (name === undefined || host === undefined) return { kind: "failed", reason: "that is no name of anybody" };
  return findNamed(looking, name, host.toLowerCase());
}

/** RFC 7033; where the actor lives on another host than it is called by, that host must say the same. */
async function findNamed(looking: Looking, name: string, host: string): Promise<FoundActor> {
  const found = await ask(looking, name, host);
  if (found === null) return { kind: "failed", reason: `${host} knows nobody of that name` };
  const answer = await looking.remote.find(found.uri);
  if (answer.kind !== "actor" || hostOf(found.uri) === host) return answer;
  const back = await ask(looking, answer.actor.handle, answer.actor.host);
  const isSame = back?.uri === found.uri && back.subject.toLowerCase() === `acct:${name}@${host}`.toLowerCase();
  return isSame ? answer : { kind: "failed", reason: `${answer.actor.host} does not say that ${name}@${host} is there` };
}

/** What a host says of a name; null: nothing that we could go by. */
async function ask({ outside, takesPlainHttp }: Looking, name: string, host: string): Promise<{ uri: string; subject: string } | null> {
  const resource = encodeURIComponent(`acct:${name}@${host}`);
  const url = URL.parse(`${takesPlainHttp ? "http" : "https"}://${host}/.well-known/webfinger?resource=${resource}`);
  if (url === null) return null;
  const headers = { accept: "application/jrd+json, application/json", "user-agent": "RoseAsh/1.0" };
  const reply = await askOutside({ url, headers, maxBytes: LIMITS.maxBytes, signal: AbortSignal.timeout(LIMITS.timeoutMs) }, outside);
  if (reply.kind !== "answered" || reply.status !== 200) return null;
  try {
    const { subject, links } = JSON.parse(reply.body.toString()) as { subject?: unknown; links?: unknown }; // looked at below
    const self = (Array.isArray(links) ? links : []).find((link) => link?.rel === "self" && /activity\+json|ld\+json/.test(link?.type));
    const uri = readUri(String(self?.href ?? ""));
    return uri === null ? null : { uri, subject: String(subject ?? "") };
  } catch {
    return null;
  }
}
