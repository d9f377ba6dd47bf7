/** Lets the browser ask before the page is left with something that would be lost. @returns stop */
export function askBeforeLeaving(wouldLose: () => boolean): () => void {
  const onBeforeUnload = (event: BeforeUnloadEvent) => {
    if (wouldLose()) event.preventDefault();
  };
  window.addEventListener("beforeunload", onBeforeUnload);
  return () => window.removeEventListener("beforeunload", onBeforeUnload);
}
