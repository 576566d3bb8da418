import { sql } from "drizzle-orm";
import type { PeopleService, PersonView } from "../../contracts/people.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { cleanWords } from "../search.ts";
import type { FindPeople } from "./find-people.ts";
import { inOrder } from "./follows.ts";

const MOST = 20;

/** By parts of names and handles: members who show themselves, and those elsewhere of whom something is here. */
export function makeSearchPeople({ db, publicUrl }: ServiceDeps, findPeople: FindPeople): Pick<PeopleService, "searchPeople"> {
  const members = publicUrl("federation", "/ap/members/");
  return {
    async searchPeople(words): Promise<readonly PersonView[]> {
      const [name = "", host = ""] = cleanWords(words).replace(/^@/, "").split("@", 2);
      if (name.length < 2) return [];
      const [like, starts] = [`%${escaped(name)}%`, `${escaped(name)}%`];
      const { rows } = await db.execute<{ uri: string }>(sql`
        (select ${members}::text || handle as uri, (handle like ${starts.toLowerCase()}) as is_first, handle
          from users
          where erased_at is null and (name ilike ${like} or handle like ${starts.toLowerCase()}) and ${host} in ('', ${new URL(members).host})
            and (exists (select from profiles where user_id = users.id)
              or exists (select from ap_follows where follower = ${members}::text || users.handle)
              or exists (select from post_authors join posts on posts.id = post_id where post_authors.user_id = users.id and status = 'published'))
          limit ${MOST})
        union all
        (select uri, (handle ilike ${starts}), handle from ap_remote_actors
          where gone_at is null and (name ilike ${like} or handle ilike ${starts}) and (${host} = '' or host like ${`${escaped(host)}%`})
            and not exists (select from ap_hosts where ap_hosts.host = ap_remote_actors.host and is_suspended)
          limit ${MOST})
        order by is_first desc, handle, uri
        limit ${MOST}`);
      return inOrder(
        await findPeople(rows.map(({ uri }) => uri)),
        rows.map(({ uri }) => ({ uri })),
      );
    },
  };
}

const escaped = (words: string): string => words.replace(/[\\%_]/g, "\\$&");
