"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { RadioGroup } from "@/components/ui/radio-group";
import { TextField } from "@/components/ui/text-field";
import type { Answer } from "./answer";
import { ShownOnceDialog } from "./shown-once-dialog";

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

/** Name a program, say where it listens and for what. */
export function CreateWebhookDialog({ create, triggers }: CreateWebhookDialogProps) {
  const [name, setName] = useState("");
  const [target, setTarget] = useState("");
  const [scope, setScope] = useState("all");
  const [chosen, setChosen] = useState<string[]>([]);
  return (
    <ShownOnceDialog
      title="Create a webhook"
      description="For one program that listens at one address."
      trigger={
        <Button variant="primary">
          <Plus aria-hidden="true" className="size-4" />
          Create webhook
        </Button>
      }
      onOpen={() => {
        setName("");
        setTarget("");
        setScope("all");
        setChosen([]);
      }}
      submit="Create webhook"
      incomplete={scope === "some" && chosen.length === 0}
      make={() => create({ name, target, triggers: scope === "all" ? ["*"] : chosen })}
      show={({ secret, signingSecret }) => ({
        title: "Copy the secrets now",
        description: "They are shown only this once. With either, your program knows that a call is ours.",
        texts: [
          {
            label: "Signing secret",
            text: signingSecret,
            hint: "Checks the signature headers of Standard Webhooks.",
            copy: "Copy signing secret",
          },
          {
            label: "X-API-Key",
            text: secret,
            hint: "Comes with every call as it is, as with Sunshine Conversations.",
            copy: "Copy X-API-Key",
          },
        ],
      })}
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
    </ShownOnceDialog>
  );
}

type TriggersProps = { all: string[]; chosen: string[]; onChange: (chosen: string[]) => void };

function Triggers({ all, chosen, onChange }: TriggersProps) {
  return (
    <fieldset className="flex max-h-52 shrink-0 flex-col gap-2 overflow-y-auto rounded-control border border-line p-3">
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
