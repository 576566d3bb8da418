/** The door of this folder: pages that are open hear that something changed. */
export { type LiveStreams, openLiveStreams } from "./streams.ts";
export { tellAfterTransactions, tellOnCommit } from "./tell-on-commit.ts";
