export type Installation = {
  databaseUrl: string;
  appUrl: string;
};

/** What a command found or did: `words` for people, `json` for programs; `ok: false` ends with exit code 1. */
export type Outcome = { ok: boolean; words: string; json: Record<string, unknown> };

export type Command = {
  /** As the help shows it, e.g. "for a lost setup link". */
  help: string;
  run(installation: Installation, args: string[]): Promise<Outcome>;
};
