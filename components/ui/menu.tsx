'use client';

import { cloneElement, lazy, type ReactElement, Suspense, useState } from 'react';
import type { MenuItemProps, MenuProps } from './menu-panel.tsx';

const load = () => import('./menu-panel.tsx');
const MenuPanel = lazy(() => load().then((module) => ({ default: module.MenuPanel })));
const MenuPanelItem = lazy(() => load().then((module) => ({ default: module.MenuPanelItem })));

type Trigger = ReactElement<React.ButtonHTMLAttributes<HTMLButtonElement>>;

interface Props extends Omit<MenuProps, 'trigger' | 'open' | 'onOpenChange'> {
  readonly trigger: Trigger;
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
}

/** A menu under its trigger. Its code is fetched when someone reaches for it. */
export function Menu({ trigger, open: openFromOutside, onOpenChange, ...menu }: Props) {
  const [openHere, setOpenHere] = useState(false);
  const open = openFromOutside ?? openHere;
  const change = onOpenChange ?? setOpenHere;
  const [used, setUsed] = useState(false);
  if (open && !used) setUsed(true);
  const closed = cloneElement(trigger, {
    onClick: () => change(true),
    onPointerEnter: () => void load(),
    onFocus: () => void load(),
    'aria-haspopup': 'menu',
    'aria-expanded': false,
  });
  if (!used) return closed;
  return (
    <Suspense fallback={closed}>
      <MenuPanel trigger={trigger} open={open} onOpenChange={change} {...menu} />
    </Suspense>
  );
}

export function MenuItem(props: MenuItemProps) {
  return <MenuPanelItem {...props} />;
}
