"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { RadioGroup } from "@/components/ui/radio-group";
import { TextField } from "@/components/ui/text-field";
import type { Answer } from "./answer";
import { useAnswer } from "./use-answer";

export type NewWebhook = { name: string; target: string; triggers: string[] };

export type WebhookSecrets = { secret: string; signingSecret: string };

type CreateWebhookDialogProps = {
  create: (webhook: NewWebhook) => Promise<Answer<WebhookSecrets>>;
  /** What can be chosen. */
  triggers: string[];
};

const SCOPES = [
  { value: "all", label: "Everything", description: "Also kinds of events that later versions add." },
  { value: "some", label: "Only some events" },
];

/** Name a program, say where it listens and for what; its secrets are shown once and forgotten when the dialog closes. */
export function CreateWebhookDialog({ create, triggers }: CreateWebhookDialogProps) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [target, setTarget] = useState("");
  const [scope, setScope] = useState("all");
  const [chosen, setChosen] = useState<string[]>([]);
  const [secrets, setSecrets] = useState<WebhookSecrets | null>(null);
  const { busy, problem, setProblem, run } = useAnswer();

  const change = (opened: boolean) => {
    setOpen(opened);
    if (!opened) return;
    setName("");
    setTarget("");
    setScope("all");
    setChosen([]);
    setSecrets(null);
    setProblem(null);
  };

  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={secrets ? "Copy the secrets now" : "Create a webhook"}
      description={
        secrets
          ? "They are shown only this once. With either, your program knows that a call is ours."
          : "For one program that listens at one address."
      }
      trigger={
        <Button variant="primary">
          <Plus aria-hidden="true" className="size-4" />
          Create webhook
        </Button>
      }
    >
      {secrets ? (
        <>
          <Secret
            label="Signing secret"
            hint="Checks the signature headers of Standard Webhooks."
            text={secrets.signingSecret}
          />
          <Secret
            label="X-API-Key"
            hint="Comes with every call as it is, as with Sunshine Conversations."
            text={secrets.secret}
          />
          <div className="flex justify-end">
            <DialogClose>
              <Button variant="primary">Done</Button>
            </DialogClose>
          </div>
        </>
      ) : (
        <form
          className="contents"
          onSubmit={(event) => {
            event.preventDefault();
            run(() => create({ name, target, triggers: scope === "all" ? ["*"] : chosen }), setSecrets);
          }}
        >
          <TextField
            label="Name of the integration"
            value={name}
            maxLength={100}
            required
            onChange={(event) => setName(event.target.value)}
          />
          <TextField
            label="Address"
            type="url"
            placeholder="https://example.com/hooks"
            value={target}
            maxLength={2048}
            required
            onChange={(event) => setTarget(event.target.value)}
          />
          <RadioGroup label="What is it told?" name="scope" value={scope} onValueChange={setScope} options={SCOPES} />
          {scope === "some" && <Triggers all={triggers} chosen={chosen} onChange={setChosen} />}
          {problem && (
            <Notice tone="bad" announce>
              {problem}
            </Notice>
          )}
          <div className="flex justify-end gap-2">
            <DialogClose>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="primary" busy={busy} disabled={scope === "some" && chosen.length === 0}>
              Create webhook
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

function Secret({ label, hint, text }: { label: string; hint: string; text: string }) {
  return (
    <div className="flex flex-col items-start gap-2">
      <TextField
        className="w-full"
        label={label}
        hint={hint}
        readOnly
        value={text}
        onFocus={(event) => event.target.select()}
      />
      <CopyButton text={text} label={`Copy ${label}`} />
    </div>
  );
}

type TriggersProps = { all: string[]; chosen: string[]; onChange: (chosen: string[]) => void };

function Triggers({ all, chosen, onChange }: TriggersProps) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="sr-only">Events</legend>
      {all.map((trigger) => (
        <label key={trigger} className="flex items-center gap-2.5 text-sm">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={chosen.includes(trigger)}
            onChange={({ target }) =>
              onChange(target.checked ? [...chosen, trigger] : chosen.filter((one) => one !== trigger))
            }
          />
          <span className="break-all">{trigger}</span>
        </label>
      ))}
    </fieldset>
  );
}
