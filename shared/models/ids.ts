/** A number or text that names one kind of row, and can't be handed over as another kind. */
export type Id<Name extends string, Value = number> = Value & { readonly __id: Name };

export type UserId = Id<"User">;
export type PostId = Id<"Post">;
export type PageId = Id<"Page">;
export type TagId = Id<"Tag">;
export type SeriesId = Id<"Series">;
export type RevisionId = Id<"Revision">;
export type MediaId = Id<"Media">;
export type GhostLinkId = Id<"GhostLink">;
export type ProductId = Id<"Product">;
export type CategoryId = Id<"Category">;
export type CartId = Id<"Cart">;
export type CartLineId = Id<"CartLine">;
export type OrderId = Id<"Order">;
export type CalendarId = Id<"Calendar">;
export type CalendarEntryId = Id<"CalendarEntry">;
export type TicketId = Id<"Ticket">;
export type ActivityId = Id<"Activity">;
export type HandlingId = Id<"Handling">;
export type NotificationId = Id<"Notification">;

/** SHA-256 of the secret in the device cookie, base64url: safe to store and to log. */
export type DeviceId = Id<"Device", string>;
/** The identity provider's session that a first-party session hangs on. */
export type ProviderSessionId = Id<"ProviderSession", string>;
/** A WebAuthn credential's id, base64url. */
export type PasskeyId = Id<"Passkey", string>;
/** The client_id of a third-party OAuth client. */
export type ClientId = Id<"Client", string>;
