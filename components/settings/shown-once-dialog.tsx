"use client";

import { type ReactElement, type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/text-field";
import type { Answer } from "./answer";
import { DialogFooter } from "./dialog-footer";
import { useAnswer } from "./use-answer";

/** What was made, in texts to copy. */
export type ShownOnce = { title: string; description: string; texts: ShownText[] };

type ShownText = {
  label: string;
  text: string;
  hint?: string;
  /** What the button that copies it says. */
  copy: string;
};

type ShownOnceDialogProps<T> = {
  trigger: ReactElement;
  title: string;
  description: string;
  /** What to fill in. */
  children: ReactNode;
  /** Empties what was filled in the last time. */
  onOpen: () => void;
  submit: string;
  incomplete?: boolean;
  make: () => Promise<Answer<T>>;
  show: (made: T) => ShownOnce;
};

/** Fill in, and get something that is shown once and forgotten when the dialog closes. */
export function ShownOnceDialog<T>(props: ShownOnceDialogProps<T>) {
  const [open, setOpen] = useState(false);
  const [shown, setShown] = useState<ShownOnce | null>(null);
  const { busy, problem, setProblem, run } = useAnswer();

  const change = (opened: boolean) => {
    setOpen(opened);
    if (!opened) return;
    setShown(null);
    setProblem(null);
    props.onOpen();
  };

  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={shown?.title ?? props.title}
      description={shown?.description ?? props.description}
      trigger={props.trigger}
    >
      {shown ? (
        <>
          {shown.texts.map((text) => (
            <TextToCopy key={text.label} {...text} />
          ))}
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
            run(props.make, (made) => setShown(props.show(made)));
          }}
        >
          {props.children}
          <DialogFooter problem={problem}>
            <Button type="submit" variant="primary" busy={busy} disabled={props.incomplete}>
              {props.submit}
            </Button>
          </DialogFooter>
        </form>
      )}
    </Dialog>
  );
}

function TextToCopy({ label, text, hint, copy }: ShownText) {
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
      <CopyButton text={text} label={copy} />
    </div>
  );
}
