"use client";

import { KeyRound } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { RadioGroup } from "@/components/ui/radio-group";
import { TextField } from "@/components/ui/text-field";
import type { Answer } from "./answer";
import { ShownOnceDialog } from "./shown-once-dialog";

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

/** Name a key and say who writes through it. */
export function CreateKeyDialog({ create }: CreateKeyDialogProps) {
  const [name, setName] = useState("");
  const [writer, setWriter] = useState("people");
  return (
    <ShownOnceDialog
      title="Create a key"
      description="For one program, with a name that you know again."
      trigger={
        <Button variant="primary">
          <KeyRound aria-hidden="true" className="size-4" />
          Create key
        </Button>
      }
      onOpen={() => {
        setName("");
        setWriter("people");
      }}
      submit="Create key"
      make={() => create(name, writer === "people")}
      show={({ id, secret }) => ({
        title: "Copy the secret now",
        description: "It is shown only this once. Keep it like a password.",
        texts: [
          { label: "Key id", text: id, copy: "Copy key id" },
          { label: "Secret", text: secret, copy: "Copy secret" },
        ],
      })}
    >
      <TextField label="Name" value={name} maxLength={100} required onChange={(event) => setName(event.target.value)} />
      <RadioGroup label="Who writes?" name="writer" value={writer} onValueChange={setWriter} options={WRITERS} />
    </ShownOnceDialog>
  );
}
