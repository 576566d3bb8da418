import type { Answer, Text } from "./keeper.ts";

const TIMEOUT_MS = 20_000;

/** Sends a text to the server. Rejects when it could not be reached, or broke: the text is sent again. */
export async function send(piece: string, { title, document }: Text, version: number): Promise<Answer> {
  const response = await fetch(`/admin/editor/${piece}`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ expectedVersion: version, ...(title === null ? {} : { title }), document: JSON.parse(document) }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status >= 500 || response.status === 429) throw new Error(`the server answers ${response.status}`);
  if (response.status === 401 || response.status === 404)
    return { kind: "refused", message: "you are signed out, or may no longer edit this." };
  const answer = await response.json();
  if (answer.kind === "saved" || answer.kind === "conflict" || answer.kind === "refused") return answer;
  return { kind: "refused", message: answer.detail ?? "the server does not take it." };
}
