/** The door of this folder: comments under what a service publishes. */
export { commentRoute } from "./comment-route.ts";
export { commentsOf } from "./comments-of.ts";
