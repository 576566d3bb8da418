/** What stands beside a piece that did not come because its file's import was stopped before. */
export const LEFT_NOTE = "It was stopped before this was here.";
