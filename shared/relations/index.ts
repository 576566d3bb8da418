import type { RelationsDeclaration } from "../infrastructure/relations/index.ts";

/** What every service knows: groups, roles and rights. */
export const sharedRelations: RelationsDeclaration = {
  owner: "shared",
  folder: import.meta.dirname,
  purges: [],
  materialised: null,
  onDemand: {
    file: "rights.dl",
    relations: {
      active: {
        columns: ["user"],
        says: "{user} is a member who may take part",
        projections: [
          { name: "members of the co-operative", kinds: ["user"], select: "select id as c0 from users where erased_at is null" },
        ],
      },
      member: {
        columns: ["user", "group"],
        says: "{user} belongs to {group}",
        assertedBy: "grant-roles",
        isRight: true,
        projections: [
          {
            name: "memberships of groups",
            kinds: ["user", "text"],
            select:
              "select m.user_id as c0, g.slug as c1 from memberships as m join groups as g on g.id = m.group_id where m.state = 'member' and g.archived_at is null",
          },
        ],
      },
      part_of: {
        columns: ["group", "whole"],
        says: "{group} is part of {whole}",
        assertedBy: "grant-roles",
        isRight: true,
        projections: [
          {
            name: "groups and what they are part of",
            kinds: ["text", "text"],
            select:
              "select g.slug as c0, w.slug as c1 from groups as g join groups as w on w.id = g.part_of_id where g.archived_at is null and w.archived_at is null",
          },
        ],
      },
      group_role: {
        columns: ["group", "role", "scope"],
        says: "everybody in {group} is {role} in {scope}",
        assertedBy: "grant-roles",
        isRight: true,
      },
      role: { columns: ["user", "role", "scope"], says: "{user} is {role} in {scope}", assertedBy: "grant-roles", isRight: true },
      implies: { columns: ["role", "lesser"], says: "whoever is {role} is {lesser} too", seenBy: "everyone" },
      permits: { columns: ["role", "action"], says: "whoever is {role} may {action}", seenBy: "everyone" },
      lies_in: { columns: ["scope", "whole"], says: "{scope} lies in {whole}", seenBy: "everyone" },
      inherits: { columns: ["role"], says: "{role} in a whole is {role} in its parts", seenBy: "everyone" },
      can: { columns: ["user", "action", "scope"], says: "{user} may {action} in {scope}", assertedBy: "grant-roles", isRight: true },
      denied: {
        columns: ["user", "action", "scope"],
        says: "{user} may not {action} in {scope}",
        assertedBy: "grant-roles",
        isRight: true,
      },
    },
  },
};
