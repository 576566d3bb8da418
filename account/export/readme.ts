interface About {
  readonly name: string;
  readonly at: Date;
  readonly site: string;
  readonly archiveUrl: string;
}

/** The first file of an export: what the others are. */
export function readmeOf({ name, at, site, archiveUrl }: About): string {
  return [
    `What ${site} keeps of ${name.replace(/[\r\n]+/g, " ")}, as of ${at.toISOString()}.`,
    "",
    "There is a folder for each part of the site: blog, market, cart, events, federation (how you sign in, and the community), account.",
    "Of each kind of rows there are two files with the same in them: .json for programs, .csv for table programs.",
    "Money is in the smallest unit of its currency: 1260 GBP are 12.60 pounds. Instants are in UTC.",
    "In a .csv a text that a table program would take for a formula begins with an apostrophe.",
    "The folder files has the pictures and files that you brought, as they were kept.",
    "",
    "What is not in here: passkeys' keys, tokens and codes, of which only hashes are kept, and what others wrote.",
    `To move to another server of the fediverse, take the archive at ${archiveUrl} instead: it is what such servers read.`,
    "",
  ].join("\r\n");
}
