/** The door of this folder. */
export { likeRoute } from "./like-route.ts";
