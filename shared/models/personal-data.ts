/** The only columns in which personal data may stand; activities, facts and audit name people by id. */
export const PERSONAL_DATA: Record<string, readonly string[]> = {
  users: ["handle", "name", "bio", "picture_id", "search"],
  user_emails: ["email"],
  sign_in_links: ["email"],
  sessions: ["browser"],
  passkeys: ["name"],
  posts: ["html", "plaintext", "document", "search"], // by-lines and quoted people
  pages: ["html", "document", "search"],
  revisions: ["html", "document"],
  ghost_links: ["note"], // names of authors who are no members
  oidc_payloads: ["payload"], // the account id and the mail address of a sign-in under way
  rate_limits: ["key"], // hashed addresses, gone after their window
};
