import type { ChildProcess } from "node:child_process";
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const programs = ["slurmctld", "slurmd", "munged", "sbatch"];

/** Why Slurm cannot be started here; null where it can. */
export const whyNoSlurm: string | null =
  process.platform !== "linux" || process.getuid?.() !== 0
    ? "Slurm's daemons are started as root on Linux"
    : programs.some((name) => spawnSync("which", [name]).status !== 0)
      ? "slurm-wlm or munge is not installed"
      : null;

/** Waits until something is so; undefined and false are not. */
export async function until<T>(what: string, ask: () => T | undefined | false, seconds = 60): Promise<T> {
  const end = Date.now() + 1000 * seconds;
  for (;;) {
    const found = ask();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`);
    await wait(150);
  }
}

/** A cluster of one node with two GPUs that are none, on the loopback, with files, ports and keys of its own. */
export class Cluster {
  readonly folder = mkdtempSync(join(tmpdir(), "spinsemble slurm-"));
  readonly environment: NodeJS.ProcessEnv;
  private readonly daemons: ChildProcess[] = [];

  constructor() {
    this.environment = { ...process.env, SLURM_CONF: this.at("slurm.conf") };
  }

  at(name: string): string {
    return join(this.folder, name);
  }

  /** The last lines of a daemon's log, for errors. */
  log(name: string): string {
    return existsSync(this.at(name))
      ? readFileSync(this.at(name), "utf8").split("\n").slice(-12).join("\n")
      : "";
  }

  async start(): Promise<void> {
    // sockets and daemons' folders have no spaces in their names
    const own = mkdtempSync(join(tmpdir(), "slurm-"));
    this.private = own;
    const inOwn = (name: string): string => join(own, name);
    for (const name of ["state", "spool"]) mkdirSync(inOwn(name));
    writeFileSync(inOwn("key"), randomBytes(1024), { mode: 0o400 });
    const node = hostname().split(".")[0];
    const port = 20_000 + (process.pid % 20_000);
    writeFileSync(
      this.at("slurm.conf"),
      `ClusterName=test
SlurmctldHost=${node}(127.0.0.1)
SlurmctldPort=${port}
SlurmdPort=${port + 1}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=${inOwn("munge.sock")}
StateSaveLocation=${inOwn("state")}
SlurmdSpoolDir=${inOwn("spool")}
SlurmctldPidFile=${inOwn("slurmctld.pid")}
SlurmdPidFile=${inOwn("slurmd.pid")}
SlurmctldLogFile=${inOwn("slurmctld.log")}
SlurmdLogFile=${inOwn("slurmd.log")}
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SchedulerType=sched/backfill
SchedulerParameters=bf_interval=1,sched_interval=1,batch_sched_delay=0
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
ReturnToService=2
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
KillWait=1
GresTypes=gpu
NodeName=${node} Gres=gpu:2 NodeAddr=127.0.0.1 CPUs=4 RealMemory=1000 State=UNKNOWN
PartitionName=main Nodes=${node} Default=YES MaxTime=INFINITE State=UP
`,
    );
    writeFileSync(
      this.at("gres.conf"),
      ["/dev/null", "/dev/zero"].map((file) => `NodeName=${node} Name=gpu File=${file}\n`).join(""),
    );
    const socket = inOwn("munge.sock");
    this.daemon("munged", [
      "--foreground",
      "--force",
      `--socket=${socket}`,
      `--key-file=${inOwn("key")}`,
      `--pid-file=${inOwn("munge.pid")}`,
      `--log-file=${inOwn("munge.log")}`,
      `--seed-file=${inOwn("seed")}`,
    ]);
    await until("munged listens", () => existsSync(socket), 20);
    this.daemon("slurmctld", ["-D", "-c"]);
    await until("slurmctld answers", () => this.ask("scontrol", "ping").includes("UP"), 20);
    this.daemon("slurmd", ["-D", "-c"]);
    await until("the node is idle", () => this.ask("sinfo", "-h", "-o", "%T").trim() === "idle", 20);
  }

  private private: string | null = null;

  private daemon(name: string, words: readonly string[]): void {
    const child = spawn(name, words, { env: this.environment, stdio: "ignore" });
    child.on("error", () => undefined);
    this.daemons.push(child);
  }

  /** What one of Slurm's commands prints. */
  ask(command: string, ...words: readonly string[]): string {
    return spawnSync(command, words, { env: this.environment, encoding: "utf8" }).stdout;
  }

  /** A field of a job as scontrol shows it. */
  field(job: string, name: string): string | undefined {
    return new RegExp(`\\b${name}=(\\S+)`).exec(this.ask("scontrol", "show", "job", job))?.[1];
  }

  isOver(job: string): boolean {
    const states = this.ask("scontrol", "show", "job", job).match(/JobState=\w+/g) ?? [];
    return states.length > 0 && states.every((state) => /COMPLETED|FAILED|CANCELLED|NODE_FAIL/.test(state));
  }

  async stop(): Promise<void> {
    this.ask("scancel", "--user=root");
    for (const child of this.daemons.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = new Promise((done) => child.once("exit", done));
      child.kill("SIGTERM");
      await Promise.race([ended, wait(5000).then(() => child.kill("SIGKILL"))]);
    }
    for (const folder of [this.folder, this.private])
      if (folder) rmSync(folder, { recursive: true, force: true });
  }
}
