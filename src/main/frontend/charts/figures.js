// Draws the tables of the figures that ask for it: <div data-chart="<id of the table>" data-label="1" data-series="3"> beside a table
// whose cells carry their numbers in data-value. One chart a currency, for amounts of two are never on one axis. Every bar has a
// pattern, so that nobody needs to see colours; the table says the same in words.
import { BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

const language = document.documentElement.lang;
const compact = new Intl.NumberFormat(language, { notation: 'compact' });
const exact = new Intl.NumberFormat(language, { minimumFractionDigits: 2 });
const dark = matchMedia('(prefers-color-scheme: dark)');
// each is told from the page and from its neighbour, by light and dark
const COLOURS = { light: ['#0043ce', '#9f1853', '#005d5d', '#8a3800'], dark: ['#78a9ff', '#ff7eb6', '#3ddbd9', '#ff832b'] };

/** The rows of a table by their currency, which stands in the first column. */
function rowsByCurrency(table) {
  const rows = new Map();
  for (const row of table.tBodies[0].rows) {
    if (row.cells.length > 1) {
      const currency = row.cells[0].textContent.trim();
      rows.set(currency, [...(rows.get(currency) ?? []), row]);
    }
  }
  return rows;
}

function option(table, rows, label, series) {
  const style = getComputedStyle(document.documentElement);
  const text = style.getPropertyValue('--cds-text-primary').trim();
  const line = style.getPropertyValue('--cds-border-subtle').trim();
  const heading = (column) => table.tHead.rows[0].cells[column].textContent.trim();
  const numberOf = (row, column) => {
    const value = row.cells[column].dataset.value;
    return value === undefined || value === '' ? null : Number(value);
  };
  return {
    animation: false,
    aria: { enabled: true, decal: { show: true } },
    color: COLOURS[dark.matches ? 'dark' : 'light'],
    textStyle: { color: text, fontFamily: getComputedStyle(document.body).fontFamily },
    legend: series.length > 1 ? { textStyle: { color: text }, top: 0 } : undefined,
    tooltip: { trigger: 'axis', valueFormatter: (value) => (value === null || value === undefined ? '' : exact.format(value)) },
    grid: { left: 8, right: 8, top: series.length > 1 ? 40 : 16, bottom: 8, containLabel: true },
    xAxis: { type: 'category', data: rows.map((row) => row.cells[label].textContent.trim()), axisLabel: { color: text } },
    yAxis: { type: 'value', axisLabel: { color: text, formatter: (value) => compact.format(value) }, splitLine: { lineStyle: { color: line } } },
    series: series.map((column) => ({ type: 'bar', name: heading(column), data: rows.map((row) => numberOf(row, column)) })),
  };
}

for (const place of document.querySelectorAll('[data-chart]')) {
  const table = place.parentElement.querySelector('table');
  const label = Number(place.dataset.label);
  const series = place.dataset.series.split(' ').map(Number);
  const most = Number(place.dataset.rows ?? 'Infinity');
  for (const [currency, all] of rowsByCurrency(table)) {
    const rows = all.slice(0, most);
    const frame = document.createElement('div');
    frame.className = 'chart';
    frame.setAttribute('role', 'img');
    const name = `${place.dataset.name} ${currency}`;
    const caption = document.createElement('p');
    caption.className = 'muted';
    caption.textContent = currency;
    place.append(caption, frame);
    const chart = init(frame, null, { renderer: 'svg' });
    const draw = () => {
      chart.setOption(option(table, rows, label, series), true);
      // a name that is said at once: the table has the numbers
      frame.setAttribute('aria-label', name);
    };
    draw();
    dark.addEventListener('change', draw);
    new ResizeObserver(() => chart.resize()).observe(frame);
  }
}
