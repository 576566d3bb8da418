/** The text of Ghost's can't be shown here; the message is for editors. */
export class NotTaken extends Error {}
