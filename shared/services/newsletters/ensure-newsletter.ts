import { sql } from "drizzle-orm";
import type { NewsletterFields } from "../../contracts/newsletters.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { NewsletterId } from "../../models/ids.ts";

/** The list of this slug, made behind the others where there is none. It is not open before somebody here says so. */
export async function ensureNewsletter(tx: Tx, { slug, name, description }: NewsletterFields): Promise<NewsletterId> {
  await tx.execute(sql`
    insert into newsletters (slug, name, description, is_open, position)
    values (${slug}, ${name.replaceAll(/\p{Cc}+/gu, " ")}, ${description}, false, (select coalesce(max(position), 0) + 1 from newsletters))
    on conflict (slug) do nothing`);
  const { rows } = await tx.execute<{ id: string }>(sql`select id from newsletters where slug = ${slug}`);
  return Number(rows[0]?.id) as NewsletterId;
}
