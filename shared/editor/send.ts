import type { Answer, Text } from "./keeper.ts";

const TIMEOUT_MS = 20_000;

/** The document that HTML comes to, as JSON. Rejects when there is none. */
export async function convert(html: string): Promise<string> {
  const response = await post("/admin/editor/documents", { html });
  if (!response.ok) throw new Error(`the text could not be opened: ${response.status}`);
  const { document } = await response.json();
  return JSON.stringify(document);
}

/** Sends a text to the server. Rejects when it could not be reached, or broke: the text is sent again. */
export async function send(piece: string, { title, document }: Text, version: number): Promise<Answer> {
  const named = title === null ? {} : { title };
  const response = await post(`/admin/editor/${piece}`, { expectedVersion: version, ...named, document: JSON.parse(document) });
  if (response.status >= 500 || response.status === 429) throw new Error(`the server answers ${response.status}`);
  if (response.status === 401 || response.status === 404)
    return { kind: "refused", message: "you are signed out, or may no longer edit this." };
  const answer = await response.json();
  if (answer.kind === "saved" || answer.kind === "conflict" || answer.kind === "refused") return answer;
  return { kind: "refused", message: answer.detail ?? "the server does not take it." };
}

function post(url: string, body: object): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
}
