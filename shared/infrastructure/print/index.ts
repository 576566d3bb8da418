/** The door of this folder: sheets as PDF, drawn outside the process. What draws names faces.ts and answer-sheets.ts itself, as it alone loads fonts. */
export { makePrinter } from "./printer.ts";
