import type { FastifyInstance } from "fastify";

interface Added {
  to: string;
  name: string;
  passkey: string;
}

/** Tells a member that a passkey was added, in case it was not they who did. */
export async function addedMail({ templating, runtime, publicUrl }: FastifyInstance, { to, name, passkey }: Added) {
  const { name: siteName } = runtime.site;
  const url = publicUrl("federation", "/settings/passkeys");
  const text = `Hello ${name},

a passkey was added to your membership at ${siteName}: ${passkey}.

If that was you, there is nothing to do. If not, somebody has used your browser: remove the passkey, and sign out everywhere else.

${url}

${siteName}
`;
  const html = await templating.render("settings/passkeys/added-mail.html", { name, passkey, url });
  return { to, subject: `A passkey was added at ${siteName}`, text, html };
}
