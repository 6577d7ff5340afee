import type { Order } from './scheme.ts';

/** The order that a difference stands for: -1 below zero, 1 above. */
export function orderOf(difference: number): Order {
  return Math.sign(difference) as Order;
}
