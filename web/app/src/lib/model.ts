// The answers of the API about records, stories and what there is, as web/API.md describes them. Dates are "2024-04-22", "2024-04", "2024" or "".
export * from "./model-desk.ts";

export interface Entity {
  code: string;
  sector?: string;
  entity_text?: string;
  identifier_id?: string;
  identifier_text?: string;
  office?: string;
}

export interface TextInfo {
  sequence: number;
  start: number;
  end: number;
  trigger_start?: number;
  trigger_end?: number;
}

export interface Reason {
  stage: string;
  rule: string;
  note: string;
}

export interface Report {
  record: string;
  story: string;
  publisher?: string;
  url?: string;
  published?: string;
  text?: string;
}

export interface Place {
  extracted_loc?: string;
  resolved_loc?: string;
  city?: string;
  country?: string;
  lat?: number;
  lon?: number;
}

export type Kind = "event" | "position" | "expectation" | "claim" | "visit" | "refusal";

export interface Rec {
  kind: Kind;
  id: string;
  story: string;
  date: string;
  enddate?: string;
  date_basis: string;
  text: string;
  text_info: TextInfo;
  mentions?: TextInfo[];
  confidence: number;
  reasons: Reason[];
  issue: string[];
  context: string[];
  aux: string[];
  asserted_by: Entity[];
  codebook: string;
  happening?: string;
  reports?: Report[];
  origin?: string;
  own?: { id: string; code: string; label: string; scale: number; actor: string; recipient: string; publisher?: string };

  actor?: Entity[];
  recipient?: Entity[];
  event?: string[];
  mode?: string[];
  quad_code?: number;
  event_scale?: number;
  event_text?: string[];
  event_loc?: Place[] | Place | null;

  holder?: Entity[];
  stance?: string;
  content?: string;
  toward?: Entity[];

  who?: Entity[];
  cue?: string;
  due?: string;

  pair?: Entity[];
  state?: string;
  direction?: string;

  visitor?: Entity[];
  host?: Entity[];
  level?: string;
  start?: string;
  end?: string;
  status?: string;
  outcomes?: string[];

  reason?: string;
}

export interface StoryHead {
  id: string;
  date: string;
  published_basis: string;
  title: string;
  url: string;
  publisher: string;
  lang: string;
  source: string;
  added: string;
  cluster: string;
  copies: number;
  records: number;
  note: string;
}

export interface Evidence {
  record: string;
  kind: Kind;
  story: string;
  title: string;
  publisher: string;
  url: string;
  published: string;
  date: string;
  date_basis: string;
  text: string;
  line: string;
  confidence: number;
  rule: string;
}
export type EvidenceById = Record<string, Evidence>;

export interface Records {
  items: Rec[];
  stories: Record<string, StoryHead>;
  total: number;
  next: string;
}

export interface StoryPage {
  story: StoryHead & { text: string };
  records: Rec[];
  rejected: Rec[];
  copies: StoryHead[];
}

export interface Token {
  Start: number;
  End: number;
  Text: string;
  Lemma: string;
  UPOS: string;
  XPOS: string;
  Feats: string;
  Head: number;
  Rel: string;
}
export interface Mention {
  Sentence: number;
  First: number;
  Last: number;
  Head: number;
  How: string;
  Entities: { Code: string; Sector: string; Text: string; Identifier: string; Name: string; Office: string }[] | null;
  Place: boolean;
  Reason: { Stage: string; Rule: string; Note: string };
}
export interface RuleTried {
  Token: number;
  Trigger: string;
  Span: { Start: number; End: number };
  Rule: string;
  Pattern: string;
  Event: string;
  Fits: boolean;
  Fired: boolean;
  Why: string;
}
export interface ExplainedSentence {
  text: string;
  tokens: Token[];
  mentions: Mention[] | null;
  rules_tried: RuleTried[] | null;
}
export interface Explained {
  sentences: ExplainedSentence[];
  records: Rec[];
}

export interface About {
  version: string;
  codebook: string;
  store: string;
  data_version: string;
  token_required: boolean;
  writable: boolean;
  following: number;
}
export interface Coverage {
  first: string;
  last: string;
  stories: number;
  clusters: number;
  records: Record<string, number>;
  failures: number;
  days: { day: string; stories: number; events: number }[];
  outlets: { outlet: string; stories: number }[];
  languages: { language: string; stories: number }[];
}
export interface Codebook {
  hash: string;
  events: { id: string; name: string; quad: number; score: number; modes: { id: string; name: string }[] }[];
  issues: { id: string; name: string }[];
  sectors: { id: string; name: string }[];
}
export interface Failure {
  number: number;
  story: string;
  stage: string;
  error: string;
  source: string;
  at: string;
  tries: number;
  solved: boolean;
}
export interface Source {
  address: string;
  kind: string;
  failures: number;
  last_error: string;
  last_tried: string;
  next_try: string;
}

export interface Correction {
  id: number;
  record: string;
  story: string;
  action: string;
  author: string;
  note: string;
  at: string;
  undone: string;
  stale: boolean;
  before: Rec;
  after: Rec | null;
}
export interface Alert {
  id: string;
  kind: string;
  at: string;
  pair: string;
  title: string;
  text: string;
  found: string;
  records: string[];
  acknowledged?: { at: string; author: string; note: string };
}
