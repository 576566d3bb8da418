/** The only columns in which personal data may stand; activities, facts and audit name people by id. */
export const PERSONAL_DATA: Record<string, readonly string[]> = {
  ap_remote_actors: ["uri", "handle", "name", "document"], // people on other servers
  ap_inbox: ["actor", "raw", "document"], // until it was handled, and thirty days
  ap_documents: ["actor", "name", "html", "source", "warning", "document", "moderation_reason"],
  ap_versions: ["html", "source", "warning"],
  ap_mentions: ["actor"],
  ap_pictures: ["alt"],
  ap_poll_votes: ["actor"],
  ap_reactions: ["actor"],
  ap_follows: ["follower", "followed"],
  ap_blocks: ["actor", "blocked"],
  ap_reports: ["actor", "accused", "words", "answer"],
  moderation_limits: ["actor", "reason"],
  moderation_appeals: ["words", "answer"],
  profiles: ["uri", "also_known_as", "moved_to"],
  profile_fields: ["name", "value"],
  profile_links: ["actor", "href"],
  mutes: ["actor", "muted"],
  domain_blocks: ["actor"],
  follow_exceptions: ["actor", "other"],
  post_alerts: ["actor", "other"],
  remote_pictures: ["url"], // faces of people elsewhere among them; gone a month after somebody looked last
  people_lists: ["name"],
  people_list_members: ["person"],
  people_import_rows: ["name", "list", "note"], // whom a member brought along
  notifications: ["actor", "object"],
  client_uploads: ["description"], // until a day after it was brought
  muted_threads: ["thread"], // the address of somebody's post
  users: ["handle", "name", "bio", "picture_id", "search"],
  user_emails: ["email"],
  erasures: ["handle", "addresses", "files", "reason"], // of who is being erased, until that is done
  erased_people: ["handle_hash", "address_hashes"], // keyed: they tell who was erased and comes again, and nobody else who it was
  erased_addresses: ["hash"], // likewise
  email_changes: ["old_email", "new_email"], // until a month after it is over
  member_settings: ["language", "time_zone", "pronouns", "diets", "avoids"], // what somebody eats may tell of their health
  sign_in_links: ["email"],
  join_requests: ["email", "name", "words"], // who asks to be let in, until some time after it was decided
  invitations: ["email", "note"], // who was invited, likewise
  dues: ["note"], // what stewards wrote about money of somebody's
  sessions: ["browser"],
  passkeys: ["name"],
  cart_lines: ["metadata"], // what a service keeps with what it sells, as who comes
  order_lines: ["metadata"],
  order_pick_ups: ["address"], // where something is brought to
  merchants: ["address"], // of whoever trades under their own name
  orders: ["email", "buyer_name"], // of guests; an order stays as long as the law wants it
  order_notes: ["words"], // what staff write about people
  receipts: ["seller_address"],
  refunds: ["note"], // likewise
  payment_matters: ["resolution"],
  posts: ["html", "plaintext", "document", "search"], // by-lines and quoted people
  pages: ["html", "document", "search"],
  revisions: ["html", "document"],
  ghost_links: ["note"], // names of authors who are no members
  ghost_import_items: ["piece", "reasons", "note"], // texts and authors of a file, until they are here
  calendar_entries: ["text", "html", "search", "organiser_name", "organiser_address", "decision_note", "extra"], // of whoever offers it
  entry_overrides: ["text", "html", "extra"],
  calendar_imports: ["name", "bytes"], // a file that somebody looks at, for an hour
  entry_answers: ["comes"], // who comes
  entry_guests: ["email", "name"], // who was asked to come
  tickets: ["email", "holder_name", "answers"],
  ticket_waits: ["email", "name"],
  guardianships: ["ward_name", "note"], // of children, whom their guardian named
  bookings: ["email", "holder_name", "purpose", "note"], // of whoever has a room
  subscribers: ["email", "name"],
  suppliers: ["order_email", "order_contact"], // of whoever takes our orders there
  letters: ["html", "plaintext"], // quoted people, as in posts
  letter_deliveries: ["subscriber_id"], // who got what; gone with the subscriber
  newsletter_consents: ["address_hash"], // of whom it is the proof; gone with the subscriber
  newsletter_suppressions: ["address_hash"], // who must not be written to, whatever comes back
  ghost_members: ["digest"], // of a member of Ghost's, not the member
  product_views: ["product_id", "seen_at"], // what somebody looked at, for two months
  oidc_payloads: ["payload"], // the account id and the mail address of a sign-in under way
  rate_limits: ["key"], // hashed addresses, gone after their window
};
