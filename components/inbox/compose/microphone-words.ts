/** Why nothing can be recorded, and what to do about it. */
export function microphoneWords(error: unknown): string {
  const name = error instanceof Error ? error.name : "";
  switch (name) {
    case "NotAllowedError":
    case "SecurityError":
      return "The browser may not use the microphone. Allow it beside the address of this page, then record again.";
    case "NotFoundError":
      return "No microphone was found. Plug one in and record again, or attach a sound file.";
    case "NotReadableError":
      return "Another program holds the microphone. Close it and record again.";
    case "TypeError":
      return "This browser records only on secure pages (https). Attach a sound file instead.";
    default:
      return "The recording did not work. Try again, or attach a sound file.";
  }
}
