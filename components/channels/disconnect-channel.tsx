"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { RadioGroup } from "@/components/ui/radio-group";
import { TextField } from "@/components/ui/text-field";
import type { ChannelDetails } from "@/lib/inbox/read-channel";
import { RemoveApp } from "./remove-app";

export type Disconnection = { channelId: string; history: "keep" | "erase"; confirmation?: string; anyway?: boolean };

/** `problem` alone: nothing happened. `passing`: it may be done without Facebook. `remark`: it is done, and something is left to do. */
export type Disconnected = { problem?: string; passing?: boolean; remark?: string | null };

const HISTORY = [
  {
    value: "keep",
    label: "Keep it",
    description: "Conversations stay readable, and go on where they were once the account is connected again.",
  },
  { value: "erase", label: "Erase it", description: "Nothing of the account stays on this desk." },
];

type DisconnectChannelProps = {
  channel: ChannelDetails;
  businessIntegrationsUrl: string;
  disconnect: (input: Disconnection) => Promise<Disconnected>;
};

/** The end of a connection: what becomes of its history, and what Facebook still holds. */
export function DisconnectChannel({ channel, businessIntegrationsUrl, disconnect }: DisconnectChannelProps) {
  const connected = channel.state !== "disconnected";
  const [remark, setRemark] = useState<string | null>(null);
  const name = `@${channel.username}`;
  return (
    <Card
      title={connected ? "Disconnect" : "What is left of it"}
      description={
        connected
          ? "Facebook stops reporting this account's messages to the desk, and the desk forgets its login."
          : "Its conversations can be read and searched. Connected again, it goes on where it was."
      }
    >
      <div className="flex flex-col items-start gap-4">
        {remark && (
          <Notice tone="warn" announce title="Disconnected">
            {remark}
          </Notice>
        )}
        <DisconnectDialog {...{ name, channel, connected, disconnect, onDone: setRemark }} />
        <RemoveApp personName={channel.connectedAs} businessIntegrationsUrl={businessIntegrationsUrl} />
      </div>
    </Card>
  );
}

type DisconnectDialogProps = Pick<DisconnectChannelProps, "channel" | "disconnect"> & {
  name: string;
  connected: boolean;
  onDone: (remark: string | null) => void;
};

function DisconnectDialog({ name, channel, connected, disconnect, onDone }: DisconnectDialogProps) {
  const [open, setOpen] = useState(false);
  const [history, setHistory] = useState<"keep" | "erase">(connected ? "keep" : "erase");
  const [confirmation, setConfirmation] = useState("");
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<Disconnected>({});
  const erase = history === "erase";
  const confirmed = !erase || confirmation.trim().replace(/^@/, "").toLowerCase() === channel.username.toLowerCase();

  async function run(anyway: boolean) {
    setBusy(true);
    const input = { channelId: channel.id, history, confirmation, anyway };
    const done: Disconnected = await disconnect(input).catch(() => ({
      problem: "The desk did not answer. Check your connection and try again.",
    }));
    setBusy(false);
    setAnswer(done);
    if (done.problem !== undefined) return;
    setOpen(false);
    onDone(done.remark ?? null);
  }

  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={connected ? `Disconnect ${name}?` : `Erase the history of ${name}?`}
      description={connected ? "What waits to be sent is not sent any more." : undefined}
      trigger={<Button variant="danger">{connected ? "Disconnect…" : "Erase its history…"}</Button>}
    >
      {connected && (
        <RadioGroup
          label="Its history"
          name="history"
          options={HISTORY}
          value={history}
          onValueChange={(value) => setHistory(value === "erase" ? "erase" : "keep")}
        />
      )}
      {erase && (
        <>
          <p className="text-sm text-soft">
            Conversations, messages and customers of {name} are erased from this desk for good. At Instagram they stay.
          </p>
          <TextField
            label={`Type ${name} to confirm`}
            value={confirmation}
            onChange={(event) => setConfirmation(event.target.value)}
            autoComplete="off"
            spellCheck={false}
          />
        </>
      )}
      {answer.problem && (
        <Notice
          tone="bad"
          announce
          action={
            answer.passing && (
              <Button size="sm" busy={busy} onClick={() => run(true)}>
                Disconnect without telling Facebook
              </Button>
            )
          }
        >
          {answer.problem}
        </Notice>
      )}
      <div className="flex justify-end gap-2">
        <DialogClose>
          <Button>Cancel</Button>
        </DialogClose>
        <Button variant="danger" busy={busy} disabled={!confirmed} onClick={() => run(false)}>
          {!connected ? "Erase" : erase ? "Disconnect and erase" : "Disconnect"}
        </Button>
      </div>
    </Dialog>
  );
}
