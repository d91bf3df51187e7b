/** @file Training metrics as one SVG of small panels, for the model card. No scripts, no fonts, no links. */

import type { Curve } from './card.ts'

const PANEL = { width: 320, height: 160, left: 56, right: 12, top: 28, bottom: 24 }
const COLUMNS = 2
/** Points drawn per curve; longer runs are thinned, keeping each stretch's lowest and highest. */
const MOST_POINTS = 600

/** A panel per curve: name, value range, steps from 1. Values that are not finite are left out. */
export function curvesSvg(curves: readonly Curve[]): string {
  const rows = Math.ceil(curves.length / COLUMNS)
  const width = PANEL.width * Math.min(COLUMNS, curves.length)
  const panels = curves.map((curve, i) => {
    const x = (i % COLUMNS) * PANEL.width
    const y = Math.floor(i / COLUMNS) * PANEL.height
    return `<g transform="translate(${x} ${y})">${panel(curve)}</g>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${rows * PANEL.height}" role="img" aria-label="${escape(`Training metrics by step: ${curves.map((c) => c.name).join(', ')}`)}" font-family="sans-serif" font-size="10">`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    ...panels,
    '</svg>',
    '',
  ].join('\n')
}

function panel(curve: Curve): string {
  const points = thin(curve.points.map((y, i) => ({ x: i + 1, y })).filter((p) => Number.isFinite(p.y)))
  const [left, right, top, bottom] = [PANEL.left, PANEL.width - PANEL.right, PANEL.top, PANEL.height - PANEL.bottom]
  const title = `<text x="${left}" y="${top - 10}" font-size="12" fill="#222">${escape(curve.name)}</text>`
  const axes = `<path d="M${left} ${top}V${bottom}H${right}" fill="none" stroke="#888"/>`
  if (points.length === 0) return title + axes
  const ys = points.map((p) => p.y)
  const [low, high] = [Math.min(...ys), Math.max(...ys)]
  const steps = curve.points.length
  const toX = (x: number) => left + ((x - 1) / Math.max(1, steps - 1)) * (right - left)
  const toY = (y: number) => (high === low ? (top + bottom) / 2 : bottom - ((y - low) / (high - low)) * (bottom - top))
  const path = points.map((p) => `${toX(p.x).toFixed(1)},${toY(p.y).toFixed(1)}`).join(' ')
  const label = (x: number, y: number, anchor: string, text: string) =>
    `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="#555">${text}</text>`
  return [
    title,
    axes,
    `<polyline points="${path}" fill="none" stroke="#2563a8" stroke-width="1.5"/>`,
    high === low ? '' : label(left - 4, top + 4, 'end', number(high)),
    label(left - 4, high === low ? (top + bottom) / 2 + 3 : bottom, 'end', number(low)),
    label(left, bottom + 14, 'start', '1'),
    steps > 1 ? label(right, bottom + 14, 'end', String(steps)) : '',
  ].join('')
}

function thin(points: readonly { x: number; y: number }[]): { x: number; y: number }[] {
  if (points.length <= MOST_POINTS) return [...points]
  const bins = MOST_POINTS / 2
  return Array.from({ length: bins }, (_, i) => {
    const part = points.slice(Math.floor((i * points.length) / bins), Math.floor(((i + 1) * points.length) / bins))
    const low = part.reduce((a, b) => (b.y < a.y ? b : a))
    const high = part.reduce((a, b) => (b.y > a.y ? b : a))
    return low === high ? [low] : low.x < high.x ? [low, high] : [high, low]
  }).flat()
}

function number(value: number): string {
  return String(Number(value.toPrecision(3)))
}

function escape(text: string): string {
  // Control characters other than white space may not stand in XML at all.
  const legal = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
  return legal.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
}
