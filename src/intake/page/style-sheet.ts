import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ASSETS = join(__dirname, 'assets');

/** The script of every page. */
export const pageScript = (): string => readFileSync(join(ASSETS, 'page.js'), 'utf8');

/** The style sheet of every page, in the company's colours. @param accent such as `#1f5fbf` */
export function styleSheet(accent: string = ACCENT): string {
  const light = readable(accent, LIGHT);
  const dark = readable(accent, DARK);
  const colours = `:root { --accent: ${accent}; --on-accent: ${onto(accent)}; --link: ${light}; }
@media (prefers-color-scheme: dark) { :root { --link: ${dark}; } }`;
  return `${readFileSync(join(ASSETS, 'page.css'), 'utf8')}\n${colours}\n`;
}

const ACCENT = '#2456c8';

/** The backgrounds of links with the least contrast, as in page.css. */
const LIGHT = '#eaedf1';
const DARK = '#2a313b';

/** WCAG 2's contrast for text, level AA. */
const CONTRAST = 4.5;

type Rgb = readonly [red: number, green: number, blue: number];

/** The colour, made darker or lighter until it is readable on the background. */
function readable(colour: string, ground: string): string {
  const end = luminance(rgb(ground)) > 0.5 ? 0 : 255;
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mapRgb(rgb(colour), (part) => Math.round(part + (end - part) * share));
    if (contrast(mixed, rgb(ground)) >= CONTRAST) return hex(mixed);
  }
  return hex([end, end, end]);
}

/** White or black, whichever is more readable on the colour. */
function onto(colour: string): string {
  return contrast(rgb(colour), [255, 255, 255]) >= CONTRAST ? '#ffffff' : '#000000';
}

function rgb(colour: string): Rgb {
  const part = (at: number) => parseInt(colour.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}

function hex(colour: Rgb): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function mapRgb([red, green, blue]: Rgb, change: (part: number) => number): Rgb {
  return [change(red), change(green), change(blue)];
}

function contrast(one: Rgb, other: Rgb): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Relative luminance, as in WCAG 2. */
function luminance(colour: Rgb): number {
  const [red, green, blue] = mapRgb(colour, (part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
