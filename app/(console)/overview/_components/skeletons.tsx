import { TREND_HEIGHT } from '@/components/charts/trend-height.ts';
import { Skeleton } from '@/components/ui/skeleton.tsx';

function FigureSkeleton() {
  return (
    <div className="figure-strip">
      {[132, 64, 60, 110, 52, 96].map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars never change places
        <div key={index} className="figure">
          <span className="flex h-4 items-center">
            <Skeleton width={width} />
          </span>
          <span className="mt-0.5 mb-[3px] flex h-8 items-center">
            <Skeleton width={72} height={20} />
          </span>
          <span className="flex h-4 items-center">
            <Skeleton width="80%" />
          </span>
        </div>
      ))}
    </div>
  );
}

function TrendSkeleton() {
  return (
    <div className="min-h-[292px]">
      <span className="flex h-5 items-center">
        <Skeleton width={230} />
      </span>
      <div className="flex items-end gap-9 pt-8" style={{ height: TREND_HEIGHT }}>
        {[60, 52, 66, 58, 50, 72, 68, 44, 50, 60, 52, 48, 40].map((height, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the bars never change places
          <Skeleton key={index} width={16} height={height * 2} />
        ))}
      </div>
    </div>
  );
}

interface RowsProps {
  readonly rows: number;
  readonly height: number;
}

function RowsSkeleton({ rows, height }: RowsProps) {
  return (
    <div className="pt-[30px]">
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows never change places
        <div key={index} className="flex items-center gap-6 border-line border-b" style={{ height }}>
          <Skeleton width={`${46 - ((index * 7) % 20)}%`} />
          <span className="flex-1" />
          <Skeleton width={64} />
          <Skeleton width={36} />
        </div>
      ))}
    </div>
  );
}

function CoverageSkeleton() {
  return (
    <div className="coverage-row">
      {[0, 1, 2, 3].map((index) => (
        <div key={index} className="flex h-[47px] flex-col justify-between">
          <Skeleton width="70%" />
          <Skeleton width="100%" height={4} />
          <Skeleton width="40%" />
        </div>
      ))}
    </div>
  );
}

export function BodySkeleton() {
  return (
    <div className="flex flex-col px-(--gutter) pb-4">
      <FigureSkeleton />
      <div className="band two-columns">
        <TrendSkeleton />
        <RowsSkeleton rows={6} height={33} />
      </div>
      <div className="band two-columns">
        <RowsSkeleton rows={8} height={33} />
        <RowsSkeleton rows={8} height={33} />
      </div>
      <div className="band">
        <CoverageSkeleton />
      </div>
    </div>
  );
}
