"use client";

import { KeyRound } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { RadioGroup } from "@/components/ui/radio-group";
import { TextField } from "@/components/ui/text-field";
import type { Answer } from "./answer";
import { useAnswer } from "./use-answer";

export type NewKey = { id: string; secret: string };

type CreateKeyDialogProps = { create: (name: string, people: boolean) => Promise<Answer<NewKey>> };

const WRITERS = [
  {
    value: "people",
    label: "People write through it",
    description:
      "A helpdesk or an inbox of your own. Replies may leave up to 7 days after the customer's last message.",
  },
  {
    value: "program",
    label: "A program answers by itself",
    description: "A bot. Instagram lets it answer for 24 hours; after that only people may, and its messages fail.",
  },
];

/** Name a key and say who writes through it; the secret is shown once and forgotten when the dialog closes. */
export function CreateKeyDialog({ create }: CreateKeyDialogProps) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [writer, setWriter] = useState("people");
  const [key, setKey] = useState<NewKey | null>(null);
  const { busy, problem, setProblem, run } = useAnswer();

  const change = (opened: boolean) => {
    setOpen(opened);
    if (!opened) return;
    setName("");
    setWriter("people");
    setKey(null);
    setProblem(null);
  };

  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={key ? "Copy the secret now" : "Create a key"}
      description={
        key
          ? "It is shown only this once. Keep it like a password."
          : "For one program, with a name that you know again."
      }
      trigger={
        <Button variant="primary">
          <KeyRound aria-hidden="true" className="size-4" />
          Create key
        </Button>
      }
    >
      {key ? (
        <>
          <TextField label="Key id" readOnly value={key.id} onFocus={(event) => event.target.select()} />
          <TextField label="Secret" readOnly value={key.secret} onFocus={(event) => event.target.select()} />
          <div className="flex justify-end gap-2">
            <CopyButton text={key.secret} size="md" label="Copy secret" />
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
            run(() => create(name, writer === "people"), setKey);
          }}
        >
          <TextField
            label="Name"
            value={name}
            maxLength={100}
            required
            onChange={(event) => setName(event.target.value)}
          />
          <RadioGroup label="Who writes?" name="writer" value={writer} onValueChange={setWriter} options={WRITERS} />
          {problem && (
            <Notice tone="bad" announce>
              {problem}
            </Notice>
          )}
          <div className="flex justify-end gap-2">
            <DialogClose>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="primary" busy={busy}>
              Create key
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
