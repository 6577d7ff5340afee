import { keepChoice } from './cookie.ts';
import { isTheme, THEME_COOKIE, type Theme } from './theme.ts';

/** Null follows the system. */
export function applyTheme(theme: Theme | null): void {
  if (theme === null) delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  keepChoice(THEME_COOKIE, theme);
}

export function toggleTheme(): void {
  const chosen = document.documentElement.dataset.theme;
  const current = isTheme(chosen) ? chosen : systemTheme();
  applyTheme(current === 'dark' ? 'light' : 'dark');
}

function systemTheme(): Theme {
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
