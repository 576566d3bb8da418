/** A number or text that names one kind of row, and can't be handed over as another kind. */
export type Id<Name extends string, Value = number> = Value & { readonly __id: Name };

export type UserId = Id<"User">;
export type SiteTextId = Id<"SiteText">;
export type InvitationId = Id<"Invitation">;
export type JoinRequestId = Id<"JoinRequest">;
export type GroupId = Id<"Group">;
export type MembershipId = Id<"Membership">;
export type DuesId = Id<"Dues">;
export type PostId = Id<"Post">;
export type PageId = Id<"Page">;
export type TagId = Id<"Tag">;
export type SeriesId = Id<"Series">;
export type RevisionId = Id<"Revision">;
export type MediaId = Id<"Media">;
export type GhostLinkId = Id<"GhostLink">;
export type GhostImportId = Id<"GhostImport">;
export type LetterId = Id<"Letter">;
export type NewsletterId = Id<"Newsletter">;
export type SubscriberId = Id<"Subscriber">;
export type MemberLabelId = Id<"MemberLabel">;
export type ProductId = Id<"Product">;
export type ProductGroupId = Id<"ProductGroup">;
export type CategoryId = Id<"Category">;
export type PriceRuleId = Id<"PriceRule">;
export type ChangeSetId = Id<"ChangeSet">;
export type MarketPlaceId = Id<"MarketPlace">;
export type OrderCycleId = Id<"OrderCycle">;
export type LotId = Id<"Lot">;
export type PickUpId = Id<"PickUp">;
export type BackOrderId = Id<"BackOrder">;
export type BackOrderSendingId = Id<"BackOrderSending">;
export type ScrapeRunId = Id<"ScrapeRun">;
export type ScrapeRecordId = Id<"ScrapeRecord">;
export type ScrapeFindingId = Id<"ScrapeFinding">;
export type ScrapeAlarmId = Id<"ScrapeAlarm">;
export type CartId = Id<"Cart">;
export type CartLineId = Id<"CartLine">;
export type OrderId = Id<"Order">;
export type DiscountId = Id<"Discount">;
export type OrderNoteId = Id<"OrderNote">;
export type MerchantId = Id<"Merchant">;
export type AttemptId = Id<"PaymentAttempt">;
export type RefundId = Id<"Refund">;
export type MatterId = Id<"PaymentMatter">;
export type LedgerEntryId = Id<"LedgerEntry">;
export type CalendarId = Id<"Calendar">;
export type CalendarEntryId = Id<"CalendarEntry">;
export type RoomId = Id<"Room">;
export type RoomSlotId = Id<"RoomSlot">;
export type RoomClosureId = Id<"RoomClosure">;
export type BookingId = Id<"Booking">;
export type BookingTimeId = Id<"BookingTime">;
export type OccurrenceId = Id<"Occurrence">;
export type CalendarFeedId = Id<"CalendarFeed">;
export type EntryGuestId = Id<"EntryGuest">;
export type TicketId = Id<"Ticket">;
export type TicketTypeId = Id<"TicketType">;
export type TicketWaitId = Id<"TicketWait">;
export type GuardianshipId = Id<"Guardianship">;
export type ActivityId = Id<"Activity">;
export type HandlingId = Id<"Handling">;
export type IncomingId = Id<"Incoming">;
export type OutgoingId = Id<"Outgoing">;
export type StatusId = Id<"Status">;
export type DeliveryId = Id<"Delivery">;
export type NotificationId = Id<"Notification">;
/** A change of somebody’s mail address, a UUID. */
export type EmailChangeId = Id<"EmailChange", string>;
export type PeopleListId = Id<"PeopleList">;
export type PeopleImportId = Id<"PeopleImport">;
export type ClientAppId = Id<"ClientApp">;
export type ClientTokenId = Id<"ClientToken">;

/** SHA-256 of the secret in the device cookie, base64url: safe to store and to log. */
export type DeviceId = Id<"Device", string>;
/** The identity provider's session that a first-party session hangs on. */
export type ProviderSessionId = Id<"ProviderSession", string>;
/** A WebAuthn credential's id, base64url. */
export type PasskeyId = Id<"Passkey", string>;
/** The client_id of a third-party OAuth client. */
export type ClientId = Id<"Client", string>;
/** What people say about one thing of ours. */
export type ThreadId = Id<"Thread">;
export type LimitId = Id<"Limit">;
export type AppealId = Id<"Appeal">;
export type ReportId = Id<"Report">;
export type ErasureId = Id<"Erasure">;
/** Of one of a member's exports, a UUID. */
export type DataExportId = Id<"DataExport", string>;
