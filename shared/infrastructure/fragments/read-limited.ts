/** The body of an answer as text; throws when it is longer than `maxBytes`, without reading on. */
export async function readLimited(answer: Response, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let [bytes, text] = [0, ""];
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new Error(`an answer of more than ${maxBytes} bytes`); // leaving the loop cancels the body
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
