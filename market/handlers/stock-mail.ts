import type { FastifyInstance } from "fastify";

interface Waiting {
  email: string;
  name: string;
  product: string;
  url: string;
}

/** Tells a member who asked that there is more of a product. */
export async function stockMail({ templating, runtime }: FastifyInstance, { email, name, product, url }: Waiting) {
  const { name: siteName } = runtime.site;
  const text = `Hello ${name},

there is ${product} again, and you asked us to say so.

${url}

We keep none aside: it is there until it is sold. This is the only mail about it.

${siteName}
`;
  const html = await templating.render("stock-mail.html", { name, product, url });
  return { to: email, subject: `${product} is back`, text, html };
}
