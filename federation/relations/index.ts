import type { RelationsDeclaration } from "@rose-ash/shared/infrastructure/relations/index.ts";
import { moderationRelations } from "./moderation.ts";

const BY_STAFF = { assertedBy: "assert-facts" } as const;

/** Who follows and blocks whom, who sees what, and where it is delivered. */
export const relations: RelationsDeclaration = {
  owner: "federation",
  folder: import.meta.dirname,
  purges: ["timeline"],
  materialised: null,
  onDemand: {
    file: "audience.dl",
    relations: {
      actor: {
        columns: ["actor"],
        says: "{actor} is somebody",
        ...BY_STAFF,
        projections: [
          { name: "members as actors", kinds: ["user"], select: "select id as c0 from users" },
          { name: "actors elsewhere", kinds: ["text"], select: "select uri as c0 from ap_remote_actors" },
          { name: "members who follow", kinds: ["text"], select: "select follower as c0 from ap_follows" },
          { name: "members who wrote", kinds: ["text"], select: "select actor as c0 from ap_documents where author_id is not null" },
        ],
      },
      local: {
        columns: ["actor"],
        says: "{actor} lives here",
        seenBy: "everyone",
        projections: [
          { name: "members", kinds: ["user"], select: "select id as c0 from users" },
          { name: "actors of ours that spoke", kinds: ["text"], select: "select distinct actor as c0 from ap_outgoing" },
          { name: "members with a profile", kinds: ["text"], select: "select uri as c0 from profiles" },
          {
            name: "members who follow somebody",
            kinds: ["text"],
            select: "select follower as c0 from ap_follows where not exists (select from ap_remote_actors where uri = follower)",
          },
        ],
      },
      remote: {
        columns: ["actor"],
        says: "{actor} lives elsewhere",
        ...BY_STAFF,
        projections: [
          { name: "actors of other hosts", kinds: ["text"], select: "select uri as c0 from ap_remote_actors where gone_at is null" },
        ],
      },
      lives_on: {
        columns: ["actor", "domain"],
        says: "{actor} lives on {domain}",
        ...BY_STAFF,
        projections: [
          {
            name: "hosts of actors, and what lies above them",
            kinds: ["text", "text"],
            select: "select uri as c0, unnest(hosts_above(host)) as c1 from ap_remote_actors",
          },
        ],
      },
      inbox: {
        columns: ["actor", "inbox"],
        says: "{actor} reads {inbox}",
        ...BY_STAFF,
        projections: [
          {
            name: "inboxes of actors",
            kinds: ["text", "text"],
            select: "select uri as c0, coalesce(shared_inbox, inbox) as c1 from ap_remote_actors",
          },
        ],
      },
      blocks_domain: {
        columns: ["actor", "domain"],
        says: "{actor} blocks {domain}",
        ...BY_STAFF,
        projections: [{ name: "blocked servers", kinds: ["text", "text"], select: "select actor as c0, domain as c1 from domain_blocks" }],
      },
      suspended: {
        columns: ["domain"],
        says: "{domain} is suspended",
        ...BY_STAFF,
        projections: [{ name: "servers that are shut out", kinds: ["text"], select: "select host as c0 from ap_hosts where is_suspended" }],
      },
      blocked: {
        columns: ["actor", "other"],
        says: "{actor} blocks {other}",
        ...BY_STAFF,
        projections: [{ name: "blocks", kinds: ["text", "text"], select: "select actor as c0, blocked as c1 from ap_blocks" }],
      },
      cut: { columns: ["actor", "other"], says: "nothing passes between {actor} and {other}" },
      follows: {
        columns: ["actor", "followed"],
        says: "{actor} follows {followed}",
        ...BY_STAFF,
        projections: [
          {
            name: "accepted follows",
            kinds: ["text", "text"],
            select: "select follower as c0, followed as c1 from ap_follows where state = 'accepted'",
          },
        ],
      },
      announces: { columns: ["group", "actor"], says: "{group} announces {actor}", ...BY_STAFF },
      auto_follow: { columns: ["actor", "group"], says: "{actor} follows whom {group} announces", ...BY_STAFF },
      unfollowed: {
        columns: ["actor", "other"],
        says: "{actor} does not want to follow {other}",
        ...BY_STAFF,
        projections: [{ name: "exceptions", kinds: ["text", "text"], select: "select actor as c0, other as c1 from follow_exceptions" }],
      },
      mutual: { columns: ["actor", "other"], says: "{actor} and {other} follow each other" },
      wrote: {
        columns: ["note", "actor"],
        says: "{actor} wrote {note}",
        ...BY_STAFF,
        projections: [
          {
            name: "what we said",
            kinds: ["text", "text"],
            select: "select object as c0, actor as c1 from ap_outgoing where type = 'Create'",
          },
          {
            name: "what people wrote",
            kinds: ["text", "text"],
            select: "select uri as c0, actor as c1 from ap_documents where deleted_at is null",
          },
        ],
      },
      to: {
        columns: ["note", "audience"],
        says: "{note} is for {audience}",
        ...BY_STAFF,
        projections: [
          {
            name: "whom we said it to",
            kinds: ["text", "text"],
            select: "select object as c0, 'followers' as c1 from ap_outgoing where type = 'Create' and visibility <> 'direct'",
          },
          {
            name: "for whom people wrote it",
            kinds: ["text", "text"],
            select: `select uri as c0, unnest(case when visibility = 'followers' then array['followers'] else array['followers', 'everyone'] end) as c1
              from ap_documents where deleted_at is null and visibility in ('public', 'unlisted', 'followers')`,
          },
        ],
      },
      audience: {
        columns: ["note", "actor"],
        says: "{note} is addressed to {actor}",
        ...BY_STAFF,
        projections: [
          {
            name: "who is named",
            kinds: ["text", "text"],
            select: "select uri as c0, ap_mentions.actor as c1 from ap_mentions join ap_documents on id = status_id",
          },
        ],
      },
      ...moderationRelations,
      can_see: { columns: ["actor", "note"], says: "{actor} can see {note}" },
      deliver: { columns: ["note", "inbox"], says: "{note} is delivered to {inbox}" },
      first_party: { columns: ["client"], says: "{client} is one of our own", seenBy: "everyone" },
      withdrew: { columns: ["actor", "client"], says: "{actor} withdrew consent from {client}", ...BY_STAFF },
      consents: { columns: ["actor", "client"], says: "{actor} lets {client} act", ...BY_STAFF },
      disabled_client: { columns: ["client"], says: "{client} is switched off", ...BY_STAFF },
      may_token: { columns: ["actor", "client"], says: "{client} may get a token of {actor}" },
    },
  },
};
