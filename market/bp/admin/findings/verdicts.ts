/** What can be decided: as an address says it, and what a page says once it is done. */
export const VERDICTS = {
  accept: { noun: "acceptance", notice: "finding-accepted", noticeOfMany: "findings-accepted" },
  decline: { noun: "refusal", notice: "finding-declined", noticeOfMany: "findings-declined" },
} as const;
export type Verdict = keyof typeof VERDICTS;
