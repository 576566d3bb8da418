/** A time of the week at which a room is offered. weekday: 1 is Monday; calendar: whose keepers look after it. */
export interface SeedSlot {
  key: string;
  room: string;
  calendar: string;
  weekday: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  startsTime: string;
  minutes: number;
  priceMinor: number;
  isForMembers: boolean;
  isModerated: boolean;
}

/** Somebody who has a room, or asks for it, at the first times of a slot that are free; weeks: how many in a row. isApproved: a keeper said yes, and it is to be paid. */
export interface SeedBooking {
  slot: string;
  who: string;
  purpose: string;
  weeks: number;
  isApproved?: boolean;
}

const OPEN = { isForMembers: false, isModerated: false } as const;
const MEMBERS = { isForMembers: true, isModerated: false } as const;

export const SLOTS: readonly SeedSlot[] = [
  { key: "hall-evening", room: "hall", calendar: "old-dairy", weekday: 2, startsTime: "18:00", minutes: 180, priceMinor: 2400, ...OPEN },
  { key: "hall-sunday", room: "hall", calendar: "old-dairy", weekday: 7, startsTime: "14:00", minutes: 240, priceMinor: 3600, ...OPEN },
  {
    ...{ key: "hall-saturday", room: "hall", calendar: "old-dairy", weekday: 6, startsTime: "18:00", minutes: 300, priceMinor: 9000 },
    ...{ isForMembers: false, isModerated: true },
  },
  { key: "stage", room: "stage", calendar: "old-dairy", weekday: 2, startsTime: "19:00", minutes: 120, priceMinor: 0, ...MEMBERS },
  { key: "loft-morning", room: "loft", calendar: "old-dairy", weekday: 1, startsTime: "10:00", minutes: 120, priceMinor: 0, ...MEMBERS },
  {
    ...{ key: "loft-evening", room: "loft", calendar: "old-dairy", weekday: 4, startsTime: "19:00", minutes: 120, priceMinor: 0 },
    ...{ isForMembers: false, isModerated: true },
  },
  {
    key: "bakehouse",
    room: "bakehouse",
    calendar: "oven-and-shop",
    weekday: 3,
    startsTime: "14:00",
    minutes: 180,
    priceMinor: 1500,
    ...MEMBERS,
  },
  { key: "yard", room: "yard", calendar: "fields", weekday: 6, startsTime: "13:00", minutes: 180, priceMinor: 600, ...OPEN },
];

export const BOOKINGS: readonly SeedBooking[] = [
  { slot: "stage", who: "hamish", purpose: "Rehearsal of the winter play", weeks: 3 },
  { slot: "loft-morning", who: "carys", purpose: "Parents and small children", weeks: 2 },
  { slot: "loft-evening", who: "kit", purpose: "A poetry circle, twelve of us", weeks: 1 },
  { slot: "hall-saturday", who: "grace", purpose: "A fiftieth birthday with a band", weeks: 1, isApproved: true },
  { slot: "hall-saturday", who: "carys", purpose: "Wedding party, we bring our own food", weeks: 1 },
];

/** A room that is closed at one time of a slot. */
export const CLOSED = { slot: "bakehouse", by: "bilal", reason: "The oven is being relined" } as const;
