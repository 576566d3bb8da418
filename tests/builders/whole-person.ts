import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { sql } from "drizzle-orm";
import type { UserId } from "../../shared/models/ids.ts";
import type { TestApp } from "../app.ts";
import { anActorElsewhere } from "./statuses.ts";

/** Somebody who left something in every part of the site, by words that nothing else has. other: a member who has to do with them. */
export interface WholePerson {
  readonly userId: UserId;
  readonly handle: string;
  readonly name: string;
  readonly email: string;
  readonly actor: string;
  readonly other: UserId;
  readonly orders: { readonly open: number; readonly closed: number };
  /** A picture that is theirs alone, by its name in the store. */
  readonly file: string;
}

/** Needs a seeded database. */
export async function aWholePerson(site: TestApp, handle = "zo-quackenbush"): Promise<WholePerson> {
  const { db, app } = site;
  const name = `Zo Quackenbush ${handle.length}`;
  const email = `${handle}@quince.example`;
  const actor = app.publicUrl("federation", `/ap/members/${handle}`);
  const address = `${handle}@${new URL(app.publicUrl("federation", "")).host}`;
  const put = await app.runtime.media.put(Readable.from([Buffer.from(`a picture of ${handle}`)]), "png");
  const elsewhere = await anActorElsewhere(site, "https://peer.example/users/mae");
  const hash = createHash("sha256").update(email).digest("hex");
  const key = createHash("sha256").update(`key of ${handle}`).digest("hex").slice(0, 10); // names nobody
  const one = async (query: ReturnType<typeof sql>): Promise<number> => Number((await db.execute<{ id: string }>(query)).rows[0]?.id);
  const other = (await one(sql`insert into users (handle, name) values (${`other-${key}`}, 'Other') returning id`)) as UserId;
  const media = await one(sql`
    insert into media (sha256, content_type, width, height, byte_length, name) values (${put.sha256}, 'image/png', 10, 10, 9, ${`${handle}.png`}) returning id`);
  const id = (await one(sql`
    insert into users (handle, name, bio, picture_id) values (${handle}, ${name}, ${`${name} bakes`}, ${media}) returning id`)) as UserId;
  await db.execute(sql`insert into uploads (media_id, user_id) values (${media}, ${id})`);
  await db.execute(sql`insert into user_emails (email, user_id, is_primary, verified_at) values (${email}, ${id}, true, now())`);
  await db.execute(sql`insert into devices (id) values (${`device-${key}`})`);

  // federation: how they get in
  await db.execute(sql`
    insert into sessions (token_hash, app, user_id, provider_session, device_id, browser, expires_at)
    values (${`t-${key}`}, 'blog', ${id}, ${`ps-${key}`}, ${`device-${key}`}, 'Firefox', now() + interval '1 day')`);
  await db.execute(sql`
    insert into oidc_payloads (kind, id, uid, payload, account_id) values
      ('Session', ${`ps-${key}`}, ${`ps-${key}`}, ${JSON.stringify({ accountId: String(id), email })}, null),
      ('Grant', ${`grant-${key}`}, null, '{}', ${String(id)}),
      ('Interaction', ${`interaction-${key}`}, null, ${JSON.stringify({ login: email })}, null)`);
  await db.execute(sql`
    insert into sign_in_links (token_hash, code_hash, interaction_uid, email, expires_at) values (${`l-${key}`}, 'c', 'i', ${email}, now() + interval '1 hour')`);
  await db.execute(sql`
    insert into passkeys (id, user_id, public_key, counter, transports, is_backed_up, name) values (${`k-${key}`}, ${id}, 'x', 0, '{}', false, ${`${name}'s phone`})`);
  await db.execute(sql`
    insert into oauth_clients (id, owner_id, name, redirect_uris, logout_uris) values (${`app-${key}`}, ${id}, ${`App of ${name}`}, '{https://quince.example/cb}', '{}')`);
  await db.execute(sql`insert into rate_limits (key, window_start, hits) values (${`archive:${id}`}, now(), 1)`);

  // federation: the hub
  await db.execute(sql`insert into profiles (user_id, uri) values (${id}, ${actor})`);
  await db.execute(sql`insert into profile_fields (user_id, position, name, value) values (${id}, 1, 'Mail', ${email})`);
  await db.execute(sql`insert into profile_links (actor, href) values (${actor}, 'https://quince.example/')`);
  const said = async (values: { by: UserId | null; who: string; html: string; thread?: number; answers?: string; key: string }) =>
    one(sql`
      insert into ap_documents (uri, type, actor, author_id, in_reply_to, html, source, visibility, moderation, comment_thread_id, published_at)
      values (${app.publicUrl("federation", `/ap/objects/${values.key}-${key}`)}, 'Note', ${values.who}, ${values.by}, ${values.answers ?? null}, ${values.html},
        ${values.by === null ? "" : values.html}, 'public', 'shown', ${values.thread ?? null}, now()) returning id`);
  const post = await said({ by: id, who: actor, html: `<p>I am ${name}</p>`, key: "post" });
  const thread = await one(sql`insert into comment_threads (source_type, source_id) values ('Post', ${`77${id}`}) returning id`);
  await said({ by: id, who: actor, html: `<p>A comment</p>`, thread, key: "comment" });
  const theirs = await said({
    ...{ by: null, who: elsewhere, html: `<p><a href="${actor.replace("/ap/members/", "/@")}">@${handle}</a> is right</p>`, key: "answer" },
    answers: app.publicUrl("federation", `/ap/objects/post-${key}`),
  });
  await db.execute(sql`insert into ap_mentions (status_id, actor) values (${theirs}, ${actor}), (${post}, ${elsewhere})`);
  await db.execute(sql`insert into ap_versions (status_id, html, source, replaced_at) values (${post}, ${name}, ${name}, now())`);
  await db.execute(sql`insert into ap_pictures (status_id, position, media_id, alt) values (${post}, 1, ${media}, ${name})`);
  await db.execute(sql`insert into ap_hashtags (status_id, tag, published_at) values (${post}, 'rye', now())`);
  await db.execute(sql`insert into ap_polls (status_id, is_multiple) values (${theirs}, false)`);
  await db.execute(sql`insert into ap_poll_options (status_id, position, name) values (${theirs}, 1, 'Yes')`);
  await db.execute(sql`insert into ap_poll_votes (status_id, position, actor) values (${theirs}, 1, ${actor})`);
  await db.execute(sql`insert into ap_bookmarks (user_id, status_id) values (${id}, ${theirs})`);
  await db.execute(sql`insert into ap_pins (user_id, status_id) values (${id}, ${post})`);
  await db.execute(
    sql`insert into ap_reactions (type, actor, object, activity) values ('Like', ${actor}, ${elsewhere}, ${`${actor}#like`})`,
  );
  await db.execute(sql`
    insert into ap_follows (follower, followed, state, activity, accepted_at)
    values (${elsewhere}, ${actor}, 'accepted', ${`${elsewhere}#1-${key}`}, now()), (${actor}, ${elsewhere}, 'accepted', ${`${actor}#2`}, now())`);
  await db.execute(
    sql`insert into ap_blocks (actor, blocked, activity) values (${actor}, 'https://bad.example/x', ${`${actor}#b`}), ('https://bad.example/x', ${actor}, ${`b-${key}`})`,
  );
  await db.execute(sql`insert into mutes (actor, muted) values (${actor}, 'https://bad.example/x'), ('https://bad.example/y', ${actor})`);
  await db.execute(sql`insert into post_alerts (actor, other) values (${actor}, ${elsewhere}), (${elsewhere}, ${actor})`);
  await db.execute(
    sql`insert into email_changes (user_id, old_email, new_email, expires_at) values (${id}, 'x@quince.example', ${email}, now())`,
  );
  await db.execute(sql`insert into member_settings (user_id, pronouns) values (${id}, ${name.slice(0, 20)})`);
  await db.execute(sql`insert into notice_mails (user_id, kind, is_wanted) values (${id}, 'mention', true)`);
  await db.execute(sql`insert into domain_blocks (actor, domain) values (${actor}, 'bad.example')`);
  await db.execute(sql`insert into follow_exceptions (actor, other) values (${actor}, ${elsewhere}), (${elsewhere}, ${actor})`);
  const list = await one(sql`insert into people_lists (user_id, name) values (${id}, ${`${name}'s friends`}) returning id`);
  const others = await one(sql`insert into people_lists (user_id, name) values (${other}, 'Theirs') returning id`);
  await db.execute(sql`insert into people_list_members (list_id, person) values (${list}, ${elsewhere}), (${others}, ${actor})`);
  const brought = await one(sql`insert into people_imports (user_id, kind) values (${other}, 'follows') returning id`);
  await db.execute(sql`insert into people_import_rows (import_id, position, name) values (${brought}, 1, ${address})`);
  await db.execute(
    sql`insert into moderation_limits (actor, user_id, kind, reason, lifted_at) values (${actor}, ${id}, 'silenced', ${`${name} was loud`}, now())`,
  );
  await db.execute(
    sql`insert into moderation_appeals (user_id, document_uri, words) select ${id}, uri, ${`I am ${name}`} from ap_documents where id = ${post}`,
  );
  await db.execute(sql`
    insert into ap_reports (activity, actor, reporter_id, accused, objects, words)
    values (${`${actor}#report`}, ${actor}, ${id}, ${elsewhere}, array[${elsewhere}], ${`${name} says so`}), (${`r-${key}`}, ${elsewhere}, null, ${actor}, array[${actor}], ${`${name} did it`})`);
  await db.execute(sql`
    insert into ap_inbox (app, actor, activity, type, raw, document) values ('federation', ${elsewhere}, ${`in-${key}`}, 'Like', ${JSON.stringify({ object: actor })}, ${JSON.stringify({ object: actor })})`);
  await db.execute(sql`
    insert into ap_outgoing (uri, app, actor, type, object, document, visibility)
    values (${`${actor}/said`}, 'federation', ${actor}, 'Create', ${`${actor}/1`}, ${JSON.stringify({ actor, name })}, 'public')`);
  await db.execute(
    sql`insert into notifications (user_id, kind, actor) values (${other}, 'follow', ${actor}), (${id}, 'follow', ${elsewhere})`,
  );
  await db.execute(sql`insert into notifications_off (user_id, kind) values (${id}, 'boost')`);
  await db.execute(sql`
    insert into ap_activities (origin_app, actor_id, type, object_type, object_id, details, visibility)
    values ('federation', ${id}, 'Create', 'SignIn', '1', ${JSON.stringify({ name: `${name}'s phone` })}, 'internal'),
      ('federation', ${id}, 'Update', 'Profile', ${actor}, ${JSON.stringify({ path: `/@${handle}` })}, 'internal')`);

  // blog, market
  const draft = await one(sql`
    insert into posts (slug, title, excerpt, html, plaintext, status) values (${`draft-${handle}`}, 'Draft', '', ${`<p>${name}</p>`}, ${name}, 'draft') returning id`);
  const published = await one(sql`
    insert into posts (slug, title, excerpt, html, plaintext, status, published_at)
    values (${`on-rye-${id}`}, 'On rye', '', '<p>Flour</p>', 'Flour', 'published', now()) returning id`);
  await db.execute(sql`insert into post_authors (post_id, user_id, position) values (${draft}, ${id}, 0), (${published}, ${id}, 0)`);
  await db.execute(
    sql`insert into revisions (post_id, version, title, excerpt, html, saved_by) values (${draft}, 1, 'Draft', '', ${name}, ${id})`,
  );
  await db.execute(
    sql`insert into preview_links (token_hash, post_id, created_by, expires_at) values (${`p-${key}`}, ${draft}, ${id}, now())`,
  );
  await db.execute(sql`insert into likes (kind, subject, user_id) values ('post', 1, ${id})`);
  await db.execute(sql`insert into product_views (product_id, user_id) select min(id), ${id} from products`);
  await db.execute(sql`insert into stock_alerts (product_id, user_id) select min(id), ${id} from products`);

  // cart
  const cart = await one(sql`insert into carts (user_id) values (${id}) returning id`);
  await db.execute(
    sql`insert into cart_lines (cart_id, product_id, quantity, metadata) select ${cart}, min(id), 1, ${JSON.stringify({ who: name })} from products`,
  );
  const order = (which: string, years: number) =>
    one(sql`
      insert into orders (reference, user_id, status, total_minor, email, buyer_name, created_at, device_id)
      values (${`W-${which}${id}`}, ${id}, 'done', 1260, ${email}, ${name}, now() - make_interval(years => ${years}), ${`device-${key}`}) returning id`);
  const orders = { open: await order("A", 0), closed: await order("B", 9) };
  const line = await one(sql`
    insert into order_lines (order_id, name, quantity, unit_price_minor, position, metadata, kind, ref)
    values (${orders.open}, 'Seat', 1, 1260, 1, ${JSON.stringify({ answers: name })}, 'ticket', 'x') returning id`);
  await db.execute(sql`insert into order_notes (order_id, words) values (${orders.open}, ${`${name} comes late`})`);
  const attempt = await one(sql`
    insert into payment_attempts (order_id, number, reference, merchant_id, amount_minor, currency, valid_until)
    select ${orders.open}, 1, ${`pay-${id}`}, min(id), 1260, 'GBP', now() from merchants returning id`);
  await db.execute(sql`
    insert into refunds (order_id, attempt_id, request_key, amount_minor, currency, reason, note)
    values (${orders.open}, ${attempt}, ${`rq-${id}`}, 1, 'GBP', 'asked', ${`To ${name}`})`);
  await db.execute(
    sql`insert into payment_matters (kind, subject, order_id, resolution) values ('paid_twice', ${`m-${id}`}, ${orders.open}, ${`Asked ${name}`})`,
  );

  // events
  const type = await one(sql`
    insert into ticket_types (entry_id, name, price_minor, position) select min(id), ${`Seat ${key}`}, 0, 99 from calendar_entries returning id`);
  await db.execute(sql`
    insert into tickets (ticket_type_id, user_id, code, email, holder_name, answers, order_line_id, seat)
    values (${type}, ${id}, ${`TK-${id}`}, ${email}, ${name}, ${JSON.stringify({ diet: name })}, ${line}, 1), (${type}, null, ${`TG-${id}`}, ${email.toUpperCase()}, ${name}, '{}', null, null)`);
  await db.execute(
    sql`insert into ticket_waits (ticket_type_id, email, name, quantity, token) values (${type}, ${email}, ${name}, 1, ${`w-${key}`})`,
  );
  const slot = await one(sql`
    insert into room_slots (room_id, calendar_id, weekday, starts_time, minutes, zone, first_on)
    select (select min(id) from rooms), (select min(id) from calendars), 1, '10:00', 60, 'Europe/London', '2020-01-01' returning id`);
  const booking = await one(sql`
    insert into bookings (slot_id, room_id, code, state, user_id, email, holder_name, purpose, zone, note)
    select ${slot}, room_id, ${`BK-${id}`}, 'confirmed', ${id}, ${email}, ${name}, ${`${name} sings`}, zone, ${`Said yes to ${name}`} from room_slots where id = ${slot} returning id`);
  const time = await one(sql`
    insert into booking_times (booking_id, starts_at, ends_at) values (${booking}, '2035-01-01 10:00Z', '2035-01-01 11:00Z') returning id`);
  await db.execute(sql`
    insert into room_claims (room_id, during, booking_time_id) select min(id), tstzrange('2035-01-01'::timestamptz + make_interval(days => ${id}), '2035-01-01'::timestamptz + make_interval(days => ${id}, hours => 1)), ${time} from rooms`);
  await db.execute(
    sql`insert into entry_answers (entry_id, key, user_id, comes, is_named) select min(id), '', ${id}, true, true from calendar_entries`,
  );
  await db.execute(sql`insert into entry_guests (entry_id, email, name) select min(id), ${email}, ${name} from calendar_entries`);
  await db.execute(sql`
    insert into calendar_entries (calendar_id, slug, title, starts_at, ends_at, zone, organiser_id, organiser_name, organiser_address, decision_note)
    select min(id), ${`sing-${id}`}, 'Singing', now(), now() + interval '1 hour', 'Europe/London', ${id}, ${name}, ${email}, ${`Well, ${name}`} from calendars`);
  await db.execute(sql`
    insert into calendar_imports (token_hash, calendar_id, name, bytes, brought_by_id, expires_at)
    select ${`c-${key}`}, min(id), ${`${handle}.ics`}, convert_to(${name}, 'UTF8'), ${id}, now() + interval '1 hour' from calendars`);
  await db.execute(sql`insert into calendar_addresses (user_id, token_hash) values (${id}, ${`ca-${key}`})`);
  await db.execute(sql`insert into calendar_keepers (calendar_id, user_id) select min(id), ${id} from calendars`);

  // account
  const subscriber = await one(sql`insert into subscribers (email, name, user_id) values (${email}, ${name}, ${id}) returning id`);
  const newsletter = await one(sql`insert into newsletters (slug, name) values (${`news-${id}`}, 'News') returning id`);
  await db.execute(
    sql`insert into newsletter_subscriptions (subscriber_id, newsletter_id, state, source) values (${subscriber}, ${newsletter}, 'subscribed', 'site')`,
  );
  await db.execute(sql`
    insert into newsletter_consents (subscriber_id, newsletter_id, address_hash, act, text_version, source) values (${subscriber}, ${newsletter}, ${hash}, 'confirmed', '1', 'site')`);
  await db.execute(sql`insert into newsletter_suppressions (address_hash, reason) values (${hash}, 'bounced')`);
  const label = await one(sql`insert into member_labels (name) values (${`label-${id}`}) returning id`);
  await db.execute(sql`insert into subscriber_labels (subscriber_id, label_id, source) values (${subscriber}, ${label}, 'ghost')`);
  await db.execute(
    sql`insert into ghost_members (ghost_id, subscriber_id, digest, sweep) values (${`g-${id}`}, ${subscriber}, ${hash}, 1)`,
  );
  await db.execute(sql`
    insert into relation_facts (relation, arguments, asserted_by, reason) values ('shared.member', ${JSON.stringify([`user:${id}`, "bakers"])}::jsonb, 'app:account', ${`${name} joined`})`);
  await db.execute(
    sql`insert into guardianships (guardian_id, ward_name, state, note) values (${id}, ${`Child of ${name}`}, 'active', ${`${name} said so`})`,
  );
  await db.execute(sql`insert into join_requests (email, name, words) values (${email}, ${name}, ${`I am ${name}`})`);
  const invitation = await one(sql`
    insert into invitations (token_hash, email, note, expires_at) values (${`inv-${key}`}, ${email}, ${`For ${name}`}, now() + interval '1 day') returning id`);
  await db.execute(sql`insert into invitation_uses (invitation_id, user_id) values (${invitation}, ${id})`);
  await db.execute(sql`insert into text_agreements (user_id, kind, version) values (${id}, 'terms', 1)`);
  const group = await one(sql`insert into groups (slug, name) values (${`group-${id}`}, ${`Group ${id}`}) returning id`);
  const membership = await one(sql`insert into memberships (group_id, user_id, state) values (${group}, ${id}, 'member') returning id`);
  await db.execute(sql`
    insert into dues (membership_id, way, amount_minor, currency, from_on, until_on, note)
    values (${membership}, 'cash', 100, 'GBP', '2026-01-01', '2026-12-31', ${`${name} paid`})`);
  await db.execute(sql`insert into data_exports (user_id, expires_at) values (${id}, now() + interval '7 days')`);
  return { userId: id, handle, name, email, actor, other, orders, file: `${put.sha256}.png` };
}
