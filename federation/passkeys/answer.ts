import { z } from "zod";

const MAX_ANSWER = 20_000;
const base64url = z.string().regex(/^[\w-]+$/);

const credential = z.looseObject({
  id: base64url,
  rawId: base64url,
  type: z.literal("public-key"),
  response: z.looseObject({ clientDataJSON: base64url, userHandle: z.string().optional() }),
  clientExtensionResults: z.looseObject({}),
});

/** What an authenticator answered, as the page's script put it into the form: JSON of WebAuthn §5.1. Its signature is not checked yet. */
export const answer = z
  .string()
  .max(MAX_ANSWER)
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue("not JSON");
      return z.NEVER;
    }
  })
  .pipe(credential);
export type Answer = z.output<typeof answer>;
