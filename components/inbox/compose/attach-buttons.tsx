"use client";

import { ImagePlus, Paperclip } from "lucide-react";
import { type ChangeEvent, useRef } from "react";
import { IconButton } from "../../ui/icon-button";
import { ALL_TYPES, PHOTO_TYPES } from "./check-file";

/** Picks files from the device: anything that Instagram takes, or pictures alone. */
export function AttachButtons({ onFiles }: { onFiles: (files: File[]) => void }) {
  const anything = useRef<HTMLInputElement>(null);
  const photos = useRef<HTMLInputElement>(null);
  const onChange = (event: ChangeEvent<HTMLInputElement>) => {
    onFiles([...(event.target.files ?? [])]);
    // The same file can be picked again after it was taken out.
    event.target.value = "";
  };
  return (
    <>
      <IconButton label="Attach a file" onClick={() => anything.current?.click()}>
        <Paperclip />
      </IconButton>
      <IconButton label="Add a photo" onClick={() => photos.current?.click()}>
        <ImagePlus />
      </IconButton>
      <input ref={anything} type="file" multiple hidden accept={ALL_TYPES} onChange={onChange} />
      <input ref={photos} type="file" multiple hidden accept={PHOTO_TYPES} onChange={onChange} />
    </>
  );
}
