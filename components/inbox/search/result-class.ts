/** One row of what was found. */
export const RESULT_CLASS =
  "grid grid-cols-[2.25rem_minmax(0,1fr)_auto] items-center gap-x-2.5 rounded-xl px-2.5 py-2 -outline-offset-2 hover:bg-ground";
