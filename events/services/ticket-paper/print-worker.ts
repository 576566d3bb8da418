import { answerSheets } from "@rose-ash/shared/infrastructure/print/answer-sheets.ts";
import { drawTicket } from "./draw.ts";

answerSheets(drawTicket);
