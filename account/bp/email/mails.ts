import type { FastifyInstance } from "fastify";

/** A mail about a change of address: its words, and one way to go on. */
interface Said {
  readonly to: string;
  readonly name: string;
  readonly subject: string;
  readonly lines: readonly string[];
  readonly link: { readonly label: string; readonly url: string } | null;
}

/** Names are the only words in it that people typed: they start no line of their own, and turn nothing round. */
async function changeMail({ templating, runtime }: FastifyInstance, { to, name, subject, lines, link }: Said) {
  const shown = { name: oneLine(name), subject, lines: lines.map(oneLine), link };
  const parts = [`Hello ${shown.name},`, ...shown.lines, ...(link === null ? [] : [`${link.label}:\n${link.url}`]), runtime.site.name];
  return { to, subject: oneLine(subject), text: `${parts.join("\n\n")}\n`, html: await templating.render("email/mail.html", shown) };
}

const oneLine = (words: string): string => words.replaceAll(/[\p{Cc}\p{Cf}]+/gu, " ");

/** To the address that signs in now. */
export function askOld(app: FastifyInstance, { to, name, newEmail, token }: { to: string; name: string; newEmail: string; token: string }) {
  const { name: site } = app.runtime.site;
  return changeMail(app, {
    ...{ to, name, subject: `Shall ${site} write to another address?` },
    lines: [
      `somebody who is signed in as you wants to sign in at ${site} with ${newEmail} from now on, and no longer with this address.`,
      "If that is you, allow it. If it is not, stop it, and sign out everywhere else: nothing changes without this address.",
    ],
    link: { label: "Allow it, or stop it", url: linkOf(app, token) },
  });
}

/** To the address that is to sign in. */
export function askNew(app: FastifyInstance, { to, name, token }: { to: string; name: string; token: string }) {
  const { name: site } = app.runtime.site;
  return changeMail(app, {
    ...{ to, name, subject: `Is this your address, for ${site}?` },
    lines: [
      `this address is to sign in ${name} at ${site}. Confirm it if that is you.`,
      "If you don't know what this is about, you can delete this mail: nothing happens without you.",
    ],
    link: { label: "Confirm the address", url: linkOf(app, token) },
  });
}

/** To a member whose address somebody else typed. */
export function tellHolder(app: FastifyInstance, { to, name }: { to: string; name: string }) {
  const { name: site } = app.runtime.site;
  return changeMail(app, {
    ...{ to, name, subject: `Your address was typed by somebody at ${site}` },
    lines: [
      `another member of ${site} wanted to sign in with this address. It is yours there, so nothing was changed, and they were not told whose it is.`,
      "If that other member is you as well: sign in with this address, or ask us to make the two one.",
    ],
    link: null,
  });
}

/** To both, when it is done. */
export function tellDone(app: FastifyInstance, { to, name, newEmail }: { to: string; name: string; newEmail: string }) {
  const { name: site } = app.runtime.site;
  return changeMail(app, {
    ...{ to, name, subject: `Your address at ${site} is changed` },
    lines: [
      `from now on you sign in at ${site} with ${newEmail}${to === newEmail ? "" : ", and no longer with this address"}.`,
      "If that was not you, sign out everywhere else, look through your passkeys, and write to us.",
    ],
    link: { label: "Where you are signed in", url: app.publicUrl("federation", "/settings/sign-ins") },
  });
}

const linkOf = (app: FastifyInstance, token: string): string => app.publicUrl("account", `/settings/email/links/${token}`);
