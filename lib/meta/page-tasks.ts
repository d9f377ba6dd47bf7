/** What a connection needs to be allowed to do on a Page, with what Facebook's own settings call it. */
export const TASKS = { MESSAGING: "Messages", MODERATE: "Community activity" } as const;

export type Task = keyof typeof TASKS;

/** Pages of the newer kind carry the same tasks under other names. @param tasks null when Facebook does not say */
export function missingTasks(tasks: string[] | null): Task[] {
  if (!tasks || tasks.includes("PROFILE_PLUS_FULL_CONTROL")) return [];
  return (["MESSAGING", "MODERATE"] as const).filter(
    (task) => !tasks.includes(task) && !tasks.includes(`PROFILE_PLUS_${task}`),
  );
}
