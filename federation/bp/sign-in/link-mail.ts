import type { FastifyInstance } from "fastify";

interface Link {
  to: string;
  url: string;
  minutes: number;
}

/** The mail with a link. It does not say whether somebody has this address. */
export async function linkMail({ templating, runtime }: FastifyInstance, { to, url, minutes }: Link) {
  const { name } = runtime.site;
  const text = `Hello,

open this link to sign in to ${name}:

${url}

It works once, within ${minutes} minutes. Nothing happens before you press the button on its page.

If you did not ask for it, you can delete this mail: nobody gets in without it.

${name}
`;
  return {
    to,
    subject: `Your link to sign in to ${name}`,
    text,
    html: await templating.render("sign-in/link-mail.html", { url, minutes }),
  };
}
