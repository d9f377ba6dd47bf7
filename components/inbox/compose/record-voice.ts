import { encodeWav, VOICE_RATE } from "./encode-wav";

/** A recording that is under way. */
export type Recording = {
  /** Ends it. @returns the file, ready to be sent */
  finish: () => Promise<File>;
  /** Ends it and keeps nothing. */
  cancel: () => void;
};

/** Listens to the microphone. @throws DOMException, TypeError where the browser has no microphone to give */
export async function recordVoice(): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
  const release = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  const recorder = new MediaRecorder(stream);
  const pieces: Blob[] = [];
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  recorder.start();
  return {
    cancel: () => {
      recorder.stop();
      release();
    },
    finish: async () => {
      const stopped = new Promise((resolve) => recorder.addEventListener("stop", resolve, { once: true }));
      recorder.stop();
      await stopped;
      release();
      return asWav(new Blob(pieces, { type: recorder.mimeType }));
    },
  };
}

/** Browsers record WebM, which Instagram does not take: unpacked and written anew. */
async function asWav(recorded: Blob): Promise<File> {
  const packed = await recorded.arrayBuffer();
  // Decoding resamples to the rate of the context that decodes.
  const sound = await new OfflineAudioContext(1, 1, VOICE_RATE).decodeAudioData(packed);
  return new File([encodeWav(sound.getChannelData(0))], "Voice message.wav", { type: "audio/wav" });
}
