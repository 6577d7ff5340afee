/** A harrier seen from below, wings raised. */
export function BrandMark({ size = 18 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <path
        d="M.8 5.2C5 5.4 8.2 7.4 10 10.6c1.8-3.2 5-5.2 9.2-5.4-3.1 1.7-5 3.6-6 5.9l-.9 2.2L10 16.6l-2.3-3.3-.9-2.2C5.8 8.8 3.9 6.9.8 5.2Z"
        fill="currentColor"
      />
    </svg>
  );
}
