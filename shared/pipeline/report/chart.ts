/** @file A line chart as SVG text: axes with round numbers, a legend, a smoothed line over faint raw points. */

export interface Series {
  name: string
  points: readonly (readonly [x: number, y: number])[]
}

export interface ChartOptions {
  title: string
  xLabel: string
  yLabel: string
  /** A horizontal line with a name, such as EXO's target margin. */
  mark?: { y: number; name: string }
  width?: number
  height?: number
}

/** Colour-blind safe (Okabe and Ito, 2008). */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9']
const MARGIN = { left: 64, right: 16, top: 36, bottom: 44 }

export function lineChart(series: readonly Series[], options: ChartOptions): string {
  const { width = 640, height = 300, mark } = options
  const all = series.flatMap((s) => s.points).filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y))
  const ys = [...all.map(([, y]) => y), ...(mark ? [mark.y] : [])]
  const xTicks = ticks(Math.min(...all.map(([x]) => x)), Math.max(...all.map(([x]) => x)), 6)
  const yTicks = ticks(Math.min(...ys), Math.max(...ys), 5)
  const scale = (values: readonly number[], low: number, high: number) => {
    const [first, last] = [values[0] ?? 0, values.at(-1) ?? 1]
    return (v: number) => low + ((v - first) / (last - first || 1)) * (high - low)
  }
  const x = scale(xTicks, MARGIN.left, width - MARGIN.right)
  const y = scale(yTicks, height - MARGIN.bottom, MARGIN.top)
  const at = (px: number) => px.toFixed(1)
  const path = (points: readonly (readonly [number, number])[]) =>
    points.map(([a, b], i) => `${i ? 'L' : 'M'}${at(x(a))} ${at(y(b))}`).join('')
  const text = (px: number, py: number, content: string, extra = '') =>
    `<text x="${at(px)}" y="${at(py)}" ${extra}>${escape(content)}</text>`

  const grid = yTicks.map(
    (v) =>
      `<line x1="${MARGIN.left}" x2="${width - MARGIN.right}" y1="${at(y(v))}" y2="${at(y(v))}" stroke="#8884"/>` +
      text(MARGIN.left - 8, y(v) + 4, number(v), 'text-anchor="end"'),
  )
  const below = xTicks.map((v) => text(x(v), height - MARGIN.bottom + 18, number(v), 'text-anchor="middle"'))
  const lines = series.map((s, i) => {
    const colour = COLOURS[i % COLOURS.length] ?? '#000'
    const points = s.points.filter(([a, b]) => Number.isFinite(a) && Number.isFinite(b))
    const faint = `<path d="${path(points)}" fill="none" stroke="${colour}" stroke-opacity=".25"/>`
    const line = `<path d="${path(smooth(points))}" fill="none" stroke="${colour}" stroke-width="2"/>`
    const legend = text(MARGIN.left + 12 + i * 150, MARGIN.top - 6, `● ${s.name}`, `fill="${colour}"`)
    return faint + line + legend
  })
  const target = mark
    ? `<line x1="${MARGIN.left}" x2="${width - MARGIN.right}" y1="${at(y(mark.y))}" y2="${at(y(mark.y))}" stroke="#888" stroke-dasharray="6 4"/>` +
      text(width - MARGIN.right, y(mark.y) - 4, mark.name, 'text-anchor="end"')
    : ''
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escape(options.title)}" font-family="system-ui, sans-serif" font-size="12" fill="#555">`,
    text(MARGIN.left, 16, options.title, 'font-size="14" font-weight="600" fill="currentColor"'),
    ...grid,
    ...below,
    text((MARGIN.left + width) / 2, height - 8, options.xLabel, 'text-anchor="middle"'),
    text(14, height / 2, options.yLabel, `text-anchor="middle" transform="rotate(-90 14 ${height / 2})"`),
    target,
    ...lines,
    '</svg>',
  ].join('\n')
}

/** About `count` round numbers that cover [low, high]. */
export function ticks(low: number, high: number, count: number): number[] {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1]
  const span = high - low || Math.abs(high) || 1
  const raw = span / count
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = ([1, 2, 5, 10].find((m) => m * power >= raw) ?? 10) * power
  const first = Math.floor(low / step)
  const last = Math.ceil((low + span) / step)
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)))
}

/** Centred mean over about a twentieth of the points. */
function smooth(points: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const reach = Math.floor(points.length / 40)
  return points.map(([x], i) => {
    const window = points.slice(Math.max(0, i - reach), i + reach + 1)
    return [x, window.reduce((sum, [, y]) => sum + y, 0) / window.length]
  })
}

const number = (v: number) => (Math.abs(v) >= 1e5 || (v !== 0 && Math.abs(v) < 1e-3) ? v.toExponential(0) : String(v))

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
