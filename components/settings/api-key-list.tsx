import { Card } from "@/components/ui/card";
import type { ApiKeyRow } from "@/lib/auth/list-api-keys";
import type { Answer } from "./answer";
import { ApiKeyItem } from "./api-key-item";

type ApiKeyListProps = { keys: ApiKeyRow[]; revoke: (id: string) => Promise<Answer> };

export function ApiKeyList({ keys, revoke }: ApiKeyListProps) {
  return (
    <Card title="Keys" description="Each program gets its own, so that one can be revoked alone.">
      {keys.length === 0 ? (
        <p className="text-soft">There is no key yet. Create one, and its secret is shown once.</p>
      ) : (
        <ul aria-label="API keys" className="-my-3 divide-y divide-line">
          {keys.map((key) => (
            <ApiKeyItem key={key.id} apiKey={key} revoke={revoke} />
          ))}
        </ul>
      )}
    </Card>
  );
}
