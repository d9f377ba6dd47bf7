import { wav } from "./wav";

const LONGEST_MS = 60_000;

/** Records the microphone until `stop` or `cancel`; resolves to a WAV file, or to null when it was thrown away. */
export class VoiceRecorder {
  #recorder: MediaRecorder | null = null;
  #kept = false;
  #timer: number | undefined;

  async record(): Promise<Blob | null> {
    const stream = await microphone();
    const recorder = new MediaRecorder(stream);
    this.#recorder = recorder;
    this.#kept = false;
    const parts: Blob[] = [];
    const finished = new Promise<void>((resolve) => {
      recorder.ondataavailable = (event) => parts.push(event.data);
      recorder.onstop = () => resolve();
    });
    recorder.start();
    this.#timer = window.setTimeout(() => this.stop(), LONGEST_MS);
    await finished;
    window.clearTimeout(this.#timer);
    this.#recorder = null;
    for (const track of stream.getTracks()) track.stop();
    return this.#kept ? toWav(new Blob(parts, { type: recorder.mimeType })) : null;
  }

  stop(): void {
    this.#kept = true;
    this.#recorder?.stop();
  }

  cancel(): void {
    this.#recorder?.stop();
  }
}

async function microphone(): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch {
    throw new Error("The microphone cannot be used here. Allow it for this page, or send a voice note from “More”.");
  }
}

/** Instagram hands over voice notes in a form that every browser plays; WebM is none. */
async function toWav(recorded: Blob): Promise<Blob> {
  const context = new AudioContext();
  try {
    const sound = await context.decodeAudioData(await recorded.arrayBuffer());
    return new Blob([wav(sound.getChannelData(0), sound.sampleRate)], { type: "audio/wav" });
  } finally {
    await context.close();
  }
}
