import { apiRoute } from "../api-route";
import { exampleMediaUrl } from "../examples";
import { attachmentQuery, attachmentRemove, attachmentResponse } from "../schemas/attachment";
import { nothing } from "../schemas/common";

const path = "/v2/apps/{appId}/attachments";
const scopes = ["integration", "app", "account"] as const;

export const uploadAttachment = apiRoute({
  operation: "UploadAttachment",
  method: "POST",
  path,
  scopes,
  summary:
    "Upload a file of at most 25 MB to a public address; with for=message it ends with the message that shows it",
  query: attachmentQuery,
  takesFile: true,
  status: 201,
  response: attachmentResponse,
  example: {
    query: "access=public&for=message",
    response: { attachment: { mediaUrl: exampleMediaUrl, mediaType: "image/png" } },
  },
});

export const deleteAttachment = apiRoute({
  operation: "DeleteAttachment",
  method: "POST",
  path: `${path}/remove`,
  scopes,
  summary: "Remove an uploaded file",
  body: attachmentRemove,
  status: 200,
  response: nothing,
  example: { body: { mediaUrl: exampleMediaUrl }, response: {} },
});
