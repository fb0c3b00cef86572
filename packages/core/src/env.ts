/** A process environment, passed in: core never reads `process.env`. */
export type Env = Readonly<Record<string, string | undefined>>;
