/** What a part may use, and how much of it is wanted. */
export interface Terms {
  /** Everything random comes from it. */
  seed: number;
  /** How many cases, rounds or events, by the part's own unit. */
  count: number;
  /** Whether the time is over that a part may take: then it ends with what it has tried. Short parts need not ask. */
  over(): boolean;
  /** Says how far it is, on one line. */
  tell(text: string): void;
}

/** Something that does not hold, and what is needed to see it again. */
export interface Finding {
  what: string;
  /** The input as it can be stored in a corpus. */
  input: unknown;
}

/** What a part came to. */
export interface Outcome {
  /** How many cases it tried. A part that tried none has failed. */
  tried: number;
  findings: readonly Finding[];
  /** Figures and remarks for the report. */
  notes?: readonly string[];
}

/** One part of a campaign. */
export interface Part {
  name: string;
  /** What it does and what must hold, as one sentence. */
  about: string;
  /** How many it tries unless told otherwise, and of what. */
  full: number;
  unit: string;
  /** Why this machine cannot run it; undefined if it can. */
  unless?(): string | undefined;
  run(terms: Terms): Promise<Outcome>;
}
