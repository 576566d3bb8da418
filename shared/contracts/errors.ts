interface ErrorKind {
  status: number;
  title: string;
  /** When it happens, for docs/errors.md. */
  when: string;
}

/** Every error a person or a program may meet, by code. docs/errors.md lists the same, checked both ways. */
export const ERRORS = {
  "invalid-request": {
    status: 400,
    title: "Request not understood",
    when: "The request's path, query, headers or body break the route's schema.",
  },
  "cross-origin": { status: 403, title: "Sent from another site", when: "A changing request did not come from a page of this host." },
  "sign-in-failed": {
    status: 403,
    title: "Sign-in did not finish",
    when: "The answer of the identity provider is missing, old, forged or for another browser.",
  },
  "sign-in-needed": { status: 401, title: "Please sign in", when: "The page is for members and nobody is signed in." },
  "webhook-refused": {
    status: 401,
    title: "Not taken",
    when: "A webhook is not signed as it should be, is older than five minutes, or came before.",
  },
  "not-signed": {
    status: 401,
    title: "Not signed as it should be",
    when: "What another server sends or asks for is not signed, is not of this hour, or not signed by who it is of.",
  },
  "peer-blocked": {
    status: 403,
    title: "Not welcome here",
    when: "Another server sends or asks for something, and stewards have suspended it.",
  },
  "not-found": { status: 404, title: "Not found", when: "Nothing is at this address, or nothing that this viewer may see." },
  "line-gone": { status: 409, title: "No longer in the cart", when: "The cart line to change was removed meanwhile." },
  "order-not-payable": {
    status: 409,
    title: "Nothing to pay here",
    when: "The order does not wait for money: it is paid, over or cancelled.",
  },
  "pick-up-gone": { status: 409, title: "No room at this pick-up", when: "The pick-up chosen at the checkout is full or gone." },
  "order-moved": { status: 409, title: "The order has moved on", when: "The order can't go where it was sent from where it stands now." },
  "product-gone": { status: 404, title: "No such product", when: "The product to put into the cart does not exist." },
  "too-large": { status: 413, title: "Too large", when: "The body is larger than the route takes." },
  "unsupported-media-type": { status: 415, title: "Not a form", when: "The body is of a type that the route does not read." },
  gone: { status: 410, title: "No longer here", when: "What another server asks for was there, and was taken back." },
  "wrong-host": { status: 421, title: "Not this site", when: "The Host header names no host of this service." },
  "unprocessable-form": {
    status: 422,
    title: "Please look at the form again",
    when: "A field of a form is missing or wrong; the page says which.",
  },
  "text-not-taken": {
    status: 422,
    title: "This text can’t be taken",
    when: "HTML that the editor is to open is too large, or can't be read.",
  },
  "page-not-read": {
    status: 422,
    title: "The page could not be read",
    when: "The editor asked for a page of another site that does not answer, is no page, or is not of the open internet.",
  },
  "file-refused": {
    status: 422,
    title: "This file can’t be taken",
    when: "A file that a program brings is damaged, too large, or of a kind that is not taken; a page says the same beside its form.",
  },
  "post-refused": {
    status: 409,
    title: "Not with this post",
    when: "Somebody boosts what is not for everybody, answers a poll that is over or a second time, or pins more than there is room for.",
  },
  suspended: { status: 403, title: "You are suspended", when: "A member whom stewards suspended says something to others." },
  "last-admin": {
    status: 409,
    title: "Somebody has to be an admin",
    when: "The last admin of the site would lose that role, by leaving a group or because somebody takes it from them.",
  },
  "too-many-requests": { status: 429, title: "Too many requests", when: "An address or account went over a rate limit." },
  "question-too-wide": {
    status: 422,
    title: "Too much to look up at once",
    when: "A question to the relations names none of the things it is about, and there are too many.",
  },
  internal: { status: 500, title: "Something broke", when: "A fault of ours; the log has it under the request id." },
  "sign-in-unavailable": {
    status: 503,
    title: "Sign-in is away for a moment",
    when: "The identity provider does not answer; guests are served as usual.",
  },
  "too-busy": {
    status: 503,
    title: "Busy",
    when: "More servers than can be looked up at once send something; it is to be sent again later.",
  },
  unavailable: { status: 503, title: "Back in a moment", when: "A part that this page can't do without does not answer." },
  "fragment-loop": {
    status: 508,
    title: "Services ask each other in circles",
    when: "A request for fragments came by way of the very service it asks; a fault of ours that no person meets.",
  },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERRORS;

/** An error that ends the request with its code's status. detail is shown to the person; context goes to the log. */
export class CodedError extends Error {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly context: Record<string, unknown>;

  constructor(code: ErrorCode, detail: string, context: Record<string, unknown> = {}) {
    super(`${code}: ${detail}`);
    this.name = "CodedError";
    this.code = code;
    this.detail = detail;
    this.context = context;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }
}
