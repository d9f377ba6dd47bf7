import "../styles/app.css";
import { Actions } from "./actions";
import { AutomaticReading } from "./automatic-reading";
import { Cast } from "./cast";
import { Controls } from "./controls";
import { h } from "./dom";
import { Notices } from "./notices";
import { Phone } from "./phone";
import { Records } from "./records";
import { Stage } from "./stage";
import { Tabs } from "./tabs";
import type { Theatre } from "./theatre";
import { World } from "./world";

const TICK_MS = 15_000;

const world = new World();
const stage = new Stage();
const notices = new Notices();
const records = new Records();
const theatre: Theatre = { world, stage, notices, records, actions: new Actions(world, stage, notices, records) };

const phone = new Phone(theatre);
const cast = new Cast(theatre);
const controls = new Controls(theatre, phone.overlay);
const tabs = new Tabs(stage);
const reading = new AutomaticReading(theatre);
const waiting = h("p", { class: "waiting", role: "status" }, "Waiting for the emulator…");
const room = h("div", { class: "room", hidden: true }, cast.element, phone.element, controls.element);
document.body.append(waiting, room, tabs.element);

function update(): void {
  tabs.update();
  const scene = stage.scene(world);
  waiting.hidden = scene !== null;
  room.hidden = scene === null;
  if (world.loaded && !scene)
    waiting.textContent = "This world holds no customer and no business. Reset the emulator to get its people back.";
  if (!scene) return;
  document.body.dataset.role = scene.role;
  phone.update(scene);
  cast.update(scene);
  controls.update(scene);
  reading.update();
}

world.subscribe(update);
let knownReading = 0;
world.subscribe(() => {
  if (world.readings === knownReading) return records.poke();
  knownReading = world.readings;
  records.forget();
});
stage.subscribe(update);
records.subscribe(() => controls.updateRecords());
// Times grow older and stories end without anybody doing anything.
window.setInterval(update, TICK_MS);
update();
world.start();
records.poke(0);
