/** The sign of the product; decorative, its name stands near it. */
export function BrandMark({ size = 32 }: { size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 32 32">
      <rect width="32" height="32" rx="9" className="fill-accent" />
      <path
        d="M9 10.6A2.6 2.6 0 0 1 11.6 8h8.8a2.6 2.6 0 0 1 2.6 2.6v6.3a2.6 2.6 0 0 1-2.6 2.6h-4.7l-4 3.7c-.5.5-1.3.1-1.3-.6v-3.2A2.6 2.6 0 0 1 9 16.9z"
        className="fill-on-accent"
      />
      <path
        d="m18.7 11.2-3 2.6 3 2.6m-2.8-2.6h4.3"
        className="fill-none stroke-accent"
        strokeWidth="1.7"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
