export type Installation = {
  /** Of the running database; of a command that takes none, DATABASE_URL or nothing. */
  databaseUrl: string;
  appUrl: string;
  /** Where programs on this machine reach the app; null when the desk has not said so. */
  localUrl: string | null;
  dataDir: string;
};

/** What a command found or did: `words` for people, `json` for programs; `ok: false` ends with exit code 1. */
export type Outcome = { ok: boolean; words: string; json: Record<string, unknown> };

export type Command = {
  /** As the help shows it, e.g. "for a lost setup link". */
  help: string;
  /** Works while no database runs. */
  offline?: boolean;
  run(installation: Installation, args: string[]): Promise<Outcome>;
};
