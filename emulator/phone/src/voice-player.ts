import { h, on, setText } from "./dom";
import { icon } from "./icons";

const BARS = 28;

/** A voice note: a button, a wave that fills while it plays, and its length. */
export function voicePlayer(url: string): HTMLElement {
  const audio = h("audio", { src: url, preload: "metadata" });
  const button = h(
    "button",
    { type: "button", class: "voice-button", "aria-label": "Play voice note" },
    icon("play", 20),
  );
  const wave = h("span", { class: "voice-wave", "aria-hidden": "true" });
  for (let bar = 0; bar < BARS; bar++) wave.append(h("i", { style: `--tall:${tallness(url, bar)}` }));
  const time = h("small", { class: "voice-time" }, "0:00");
  const show = () => {
    const { duration, currentTime, paused, ended } = audio;
    const known = Number.isFinite(duration) && duration > 0;
    wave.style.setProperty("--played", String(known ? currentTime / duration : 0));
    setText(time, clock(paused && currentTime === 0 && known ? duration : currentTime));
    const playing = !paused && !ended;
    button.setAttribute("aria-label", playing ? "Pause voice note" : "Play voice note");
    button.replaceChildren(icon(playing ? "pause" : "play", 20));
  };
  on(audio, { loadedmetadata: show, timeupdate: show, play: show, pause: show });
  on(audio, {
    ended: () => {
      audio.currentTime = 0;
      show();
    },
    error: () => setText(time, "No longer available"),
  });
  on(button, { click: () => (audio.paused ? void play(audio) : audio.pause()) });
  return h("div", { class: "bubble voice", role: "group", "aria-label": "Voice note" }, button, wave, time, audio);
}

/** One voice at a time. */
async function play(audio: HTMLAudioElement): Promise<void> {
  for (const other of document.querySelectorAll("audio")) if (other !== audio) other.pause();
  await audio.play();
}

/** A wave that is always the same for the same note. */
function tallness(url: string, bar: number): number {
  const seed = url.length * 31 + (url.charCodeAt(url.length - 1 - (bar % 20)) ?? 0) * 7 + bar * 13;
  return 0.25 + (Math.abs(Math.sin(seed)) * 0.75 * (1 + Math.sin((bar / BARS) * Math.PI))) / 2;
}

function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
