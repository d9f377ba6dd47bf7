import { readdirSync, readFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";

/** Linux counts processor time in hundredths of a second. */
const TICK_MICROS = 10_000;

export type Machine = { cpu: string; cores: number; memoryGiB: number; node: string; platform: string };

export function machine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  };
}

/** The load average of the last minute: what others did on this machine shows in it. */
export function load(): number {
  return Math.round((loadavg()[0] ?? 0) * 100) / 100;
}

/**
 * Notes how busy the machine is. @returns a function that gives the share of all cores, 0 to 1, that processes which are
 * not the bench's own have used since; null where /proc is not there
 */
export function watchOthers(): () => number | null {
  const before = { machine: busyMicros(), ours: cpuMicros(process.pid), at: performance.now() };
  return () => {
    const machine = busyMicros();
    if (machine === null || before.machine === null) return null;
    const others = machine - before.machine - (cpuMicros(process.pid) - before.ours);
    return Math.max(0, others / ((performance.now() - before.at) * 1000 * cpus().length));
  };
}

function busyMicros(): number | null {
  try {
    const [, user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = (
      readFileSync("/proc/stat", "latin1").split("\n")[0] ?? ""
    )
      .split(/\s+/)
      .map(Number);
    return (user + nice + system + irq + softirq) * TICK_MICROS;
  } catch {
    return null;
  }
}

/** Microseconds of processor time that a process and its children have used so far; 0 where /proc is not there. */
export function cpuMicros(pid: number): number {
  const children = new Map<number, number[]>();
  const ticks = new Map<number, number>();
  try {
    for (const name of readdirSync("/proc")) {
      if (!/^\d+$/.test(name)) continue;
      const fields = fieldsOf(Number(name));
      if (!fields) continue;
      const [parent = 0, used = 0] = fields;
      ticks.set(Number(name), used);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    }
  } catch {
    return 0;
  }
  const sum = (of: number): number =>
    (ticks.get(of) ?? 0) + (children.get(of) ?? []).reduce((total, child) => total + sum(child), 0);
  return sum(pid) * TICK_MICROS;
}

/** Parent, and ticks used by the process and by children that have ended. */
function fieldsOf(pid: number): [number, number] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return [Number(fields[1]), [11, 12, 13, 14].reduce((total, at) => total + Number(fields[at]), 0)];
  } catch {
    return null;
  }
}
