interface Props {
  readonly width: number | string;
  readonly height?: number;
}

/** One grey bar of a loading block, in the place and size of what will stand there. */
export function Skeleton({ width, height = 8 }: Props) {
  return <span className="skeleton" style={{ width, height }} aria-hidden="true" />;
}
