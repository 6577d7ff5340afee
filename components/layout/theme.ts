export const THEME_COOKIE = 'theme';

export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export function isTheme(text: string | undefined): text is Theme {
  return text === 'light' || text === 'dark';
}
