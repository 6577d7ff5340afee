interface Props {
  /** 0 to 1. */
  readonly share: number;
  readonly label?: string;
}

/** A bar beside a number; with a label it stands on its own for readers who do not see it. */
export function Meter({ share, label }: Props) {
  const percent = Math.min(100, Math.max(0, share * 100));
  if (label === undefined) {
    return (
      <span className="meter" aria-hidden="true">
        <i style={{ width: `${percent}%` }} />
      </span>
    );
  }
  return (
    <span
      className="meter"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(percent)}
    >
      <i style={{ width: `${percent}%` }} />
    </span>
  );
}
