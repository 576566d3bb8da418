import { answerSheets } from "@rose-ash/shared/infrastructure/print/answer-sheets.ts";
import { drawReceipt } from "./draw.ts";

answerSheets(drawReceipt);
