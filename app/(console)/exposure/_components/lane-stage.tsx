'use client';

import { Maximize, Minus, Plus } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { onShortcut } from '@/components/layout/shortcuts.ts';
import { Button } from '@/components/ui/button.tsx';

const STEPS = [0.25, 0.35, 0.5, 0.65, 0.8, 1, 1.25, 1.5, 2];
const MARGIN = 2 * 24;
const HEAD = 24;

interface Props {
  /** Of the drawing, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly nodeWidth: number;
  /** What is scrolled into the middle at first. */
  readonly middle: number;
  readonly heads: readonly string[];
  readonly hasBlocked: boolean;
  readonly children: ReactNode;
}

/** Where the lanes are drawn: it is zoomed, and arrow keys walk from box to box. */
export function LaneStage({ width, height, nodeWidth, middle, heads, hasBlocked, children }: Props) {
  const scroll = useRef<HTMLDivElement>(null);
  const [scale, setScale] = useState(1);
  const step = (by: 1 | -1): void =>
    setScale((now) => (by > 0 ? STEPS.find((one) => one > now) : STEPS.findLast((one) => one < now)) ?? now);
  const fit = (): void => {
    const { clientWidth = 0, clientHeight = 0 } = scroll.current ?? {};
    const room = Math.min((clientWidth - MARGIN) / width, (clientHeight - MARGIN - HEAD) / height, 1);
    setScale(Math.max(STEPS[0] ?? 1, room));
  };

  // Keys act on the newest of these.
  const acts = useRef({ step, fit });
  acts.current = { step, fit };
  useEffect(() => {
    const stops = [
      onShortcut('+', () => acts.current.step(1)),
      onShortcut('=', () => acts.current.step(1)),
      onShortcut('-', () => acts.current.step(-1)),
      onShortcut('0', () => acts.current.fit()),
      onShortcut('l', () => document.querySelector<HTMLElement>('#paths a')?.focus()),
    ];
    return () => stops.forEach((stop) => void stop());
  }, []);

  useEffect(() => {
    const box = scroll.current;
    if (box !== null) box.scrollTop = Math.max(0, middle + HEAD - box.clientHeight / 2);
  }, [middle]);

  const lanes = `repeat(${heads.length - 1}, ${width - nodeWidth}fr) ${nodeWidth * (heads.length - 1)}fr`;
  return (
    <section className="lane-view max-sm:hidden" aria-label="Paths in lanes" onKeyDown={walk}>
      <div ref={scroll} className="lane-scroll">
        <div style={{ width: width * scale }} className="mx-auto">
          <div className="lane-heads" style={{ gridTemplateColumns: lanes }} aria-hidden="true">
            {heads.map((name) => (
              <span key={name}>{name}</span>
            ))}
          </div>
          <div style={{ height: height * scale }}>
            <div
              style={{ width, height, transform: scale === 1 ? undefined : `scale(${scale})` }}
              className="relative origin-top-left"
            >
              {children}
            </div>
          </div>
        </div>
      </div>
      <div className="lane-foot">
        <span className="lane-key">Open path, selected</span>
        <span className="lane-key lane-key-open">Open path</span>
        {hasBlocked ? <span className="lane-key lane-key-blocked">Blocked by one thing alone</span> : null}
        <span className="ml-auto flex gap-1.5">
          <Button icon aria-label="Smaller" title="Smaller (−)" onClick={() => step(-1)}>
            <Minus size={15} strokeWidth={1.6} aria-hidden="true" />
          </Button>
          <Button icon aria-label="Larger" title="Larger (+)" onClick={() => step(1)}>
            <Plus size={15} strokeWidth={1.6} aria-hidden="true" />
          </Button>
          <Button icon aria-label="Show all of it" title="Show all of it (0)" onClick={fit}>
            <Maximize size={15} strokeWidth={1.6} aria-hidden="true" />
          </Button>
        </span>
      </div>
    </section>
  );
}

/** Left and right go to the nearest box of the next lane that has one, up and down within the lane. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const from = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-lane]') : null;
  if (from === null || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const boxes = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-lane]')];
  const next = nextBox(boxes, from, event.key);
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function nextBox(boxes: readonly HTMLElement[], from: HTMLElement, key: string): HTMLElement | undefined {
  const laneOf = (box: HTMLElement): number => Number(box.dataset.lane);
  const away = (box: HTMLElement): number => box.offsetTop - from.offsetTop;
  const nearest = (some: readonly HTMLElement[]): HTMLElement | undefined =>
    some.toSorted((a, b) => Math.abs(away(a)) - Math.abs(away(b)))[0];
  const own = boxes.filter((box) => laneOf(box) === laneOf(from));
  if (key === 'ArrowDown') return nearest(own.filter((box) => away(box) > 0));
  if (key === 'ArrowUp') return nearest(own.filter((box) => away(box) < 0));
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return undefined;
  const beyond = boxes.filter((box) =>
    key === 'ArrowRight' ? laneOf(box) > laneOf(from) : laneOf(box) < laneOf(from),
  );
  const lane = key === 'ArrowRight' ? Math.min(...beyond.map(laneOf)) : Math.max(...beyond.map(laneOf));
  return nearest(beyond.filter((box) => laneOf(box) === lane));
}
