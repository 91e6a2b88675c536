// Where records stand in a text: the text is cut at every edge of a sentence or of the words that carry a record,
// and each piece knows the records that cover it.
import { unitsOf } from "./bytes.ts";
import type { Rec, TextInfo } from "./model.ts";

export interface Piece {
  start: number;
  end: number;
  text: string;
  sentence: Rec[]; // records whose sentence covers the piece
  trigger: Rec[]; // records whose carrying words cover it
}

interface Edge {
  start: number;
  end: number;
  record: Rec;
  trigger: boolean;
}

export function piecesOf(text: string, records: Rec[]): Piece[] {
  const unit = unitsOf(text);
  const edges: Edge[] = [];
  for (const record of records) {
    for (const info of [record.text_info, ...(record.mentions ?? [])]) edges.push(...edgesOf(info, record, unit));
  }
  const cuts = [...new Set([0, text.length, ...edges.flatMap((e) => [e.start, e.end])])].sort((a, b) => a - b);
  const pieces: Piece[] = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    const start = cuts[i]!;
    const end = cuts[i + 1]!;
    const over = edges.filter((e) => e.start <= start && e.end >= end);
    pieces.push({
      start, end, text: text.slice(start, end),
      sentence: once(over.filter((e) => !e.trigger)),
      trigger: once(over.filter((e) => e.trigger)),
    });
  }
  return pieces;
}

function edgesOf(info: TextInfo, record: Rec, unit: (byte: number) => number): Edge[] {
  const edges: Edge[] = [{ start: unit(info.start), end: unit(info.end), record, trigger: false }];
  if (info.trigger_start !== undefined && info.trigger_end !== undefined && info.trigger_end > info.trigger_start) {
    edges.push({ start: unit(info.trigger_start), end: unit(info.trigger_end), record, trigger: true });
  }
  return edges.filter((e) => e.end > e.start);
}

const once = (edges: Edge[]): Rec[] => [...new Set(edges.map((e) => e.record))];
