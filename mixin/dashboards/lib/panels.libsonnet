// The kinds of panel. Each is named, described and measured: title, description, unit.
//
// Sizes are in cells of Grafana's grid and hidden from the JSON: layout.libsonnet reads them.
local colors = import 'colors.libsonnet';
local datasource = { type: 'prometheus', uid: '${datasource}' };

local refIds = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

local panel(type, title, description, unit, targets, width, height) = {
  type: type,
  title: title,
  description: description,
  datasource: datasource,
  targets: std.mapWithIndex(function(index, target) target { refId: refIds[index] }, targets),
  fieldConfig: { defaults: { unit: unit }, overrides: [] },
  options: {},
  width:: width,
  height:: height,
};

local lineOptions = {
  legend: { showLegend: true, displayMode: 'list', placement: 'bottom', calcs: [] },
  tooltip: { mode: 'multi', sort: 'desc' },
};

local tableOptions = {
  showHeader: true,
  cellHeight: 'sm',
  frameIndex: 0,
  footer: { show: false, reducer: ['sum'], countRows: false },
};

local reduceLast = { values: false, calcs: ['lastNotNull'], fields: '' };

{
  // A query over the time range.
  range(expr, legend): {
    datasource: datasource,
    editorMode: 'code',
    expr: std.stripChars(expr, ' \n'),
    legendFormat: legend,
    range: true,
    instant: false,
    format: 'time_series',
  },

  // A query at the end of the time range.
  instant(expr, legend='__auto'): self.range(expr, legend) { range: false, instant: true },

  // The same for a table: a row for each series, a column for each label.
  rows(expr): self.instant(expr, '') { format: 'table' },

  // Buckets for a heatmap.
  buckets(expr): self.range(expr, '{{le}}') { format: 'heatmap' },

  // Steps from green: [[value, colour], …].
  thresholds(steps, base=colors.good): {
    mode: 'absolute',
    steps: [{ color: base, value: null }] + [{ color: step[1], value: step[0] } for step in steps],
  },

  stat(title, description, unit, targets, thresholds, width=4, height=4):
    panel('stat', title, description, unit, targets, width, height) {
      fieldConfig+: { defaults+: { thresholds: thresholds, color: { mode: 'thresholds' } } },
      options: {
        reduceOptions: reduceLast,
        colorMode: 'value',
        graphMode: 'none',
        textMode: 'auto',
        justifyMode: 'auto',
        orientation: 'auto',
        wideLayout: true,
        showPercentChange: false,
        percentChangeColorMode: 'standard',
      },
    },

  timeSeries(title, description, unit, targets, width=12, height=8):
    panel('timeseries', title, description, unit, targets, width, height) {
      fieldConfig+: {
        defaults+: {
          min: 0,
          color: { mode: 'palette-classic' },
          custom: {
            drawStyle: 'line',
            lineWidth: 1,
            fillOpacity: 10,
            showPoints: 'auto',
            spanNulls: false,
            axisSoftMin: 0,
          },
        },
      },
      options: lineOptions,
    },

  stateTimeline(title, description, targets, mappings, width=24, height=10):
    panel('state-timeline', title, description, 'none', targets, width, height) {
      maxDataPoints: 120,
      fieldConfig+: {
        defaults+: {
          mappings: mappings,
          color: { mode: 'thresholds' },
          custom: { fillOpacity: 80, lineWidth: 0 },
        },
      },
      options: {
        showValue: 'never',
        mergeValues: true,
        rowHeight: 0.85,
        alignValue: 'left',
        perPage: 20,
        legend: lineOptions.legend,
        tooltip: { mode: 'single', sort: 'none' },
      },
    },

  heatmap(title, description, unit, targets, width=12, height=8):
    panel('heatmap', title, description, unit, targets, width, height) {
      maxDataPoints: 60,
      fieldConfig+: { defaults+: { custom: { hideFrom: { legend: false, tooltip: false, viz: false } } } },
      options: {
        calculate: false,
        cellGap: 1,
        cellValues: { unit: 'short' },
        color: {
          mode: 'scheme',
          scheme: 'Oranges',
          fill: 'dark-orange',
          scale: 'exponential',
          exponent: 0.5,
          steps: 64,
          reverse: false,
        },
        filterValues: { le: 1e-9 },  // empty buckets stay clear
        rowsFrame: { layout: 'auto' },
        showValue: 'never',
        yAxis: { axisPlacement: 'left', reverse: false, unit: unit },
        legend: { show: true },
        tooltip: { mode: 'single', yHistogram: true, showColorScale: true },
        exemplars: { color: 'rgba(255,0,255,0.7)' },
      },
    },

  // columns: [{ name: a label or 'Value', title: …, and what a column may have: width, unit, mappings, thresholds,
  // links }] in their order; other labels are not shown. sortBy: names of columns, with a `-` before a descending one.
  table(title, description, unit, targets, columns, sortBy, width=12, height=10):
    panel('table', title, description, unit, targets, width, height) {
      fieldConfig+: {
        defaults+: { custom: { align: 'auto', cellOptions: { type: 'auto' }, inspect: false, filterable: true } },
        overrides: [
          {
            matcher: { id: 'byName', options: column.name },
            properties: [{ id: 'displayName', value: column.title }]
                        + (if 'unit' in column then [{ id: 'unit', value: column.unit }] else [])
                        + (if 'width' in column then [{ id: 'custom.width', value: column.width }] else [])
                        + (if 'links' in column then [{ id: 'links', value: column.links }] else [])
                        + (if 'mappings' in column then [{ id: 'mappings', value: column.mappings }] else [])
                        + (if 'thresholds' in column then [{ id: 'thresholds', value: column.thresholds }] else [])
                        + (
                          if 'mappings' in column || 'thresholds' in column
                          then [{ id: 'custom.cellOptions', value: { type: 'color-text' } }]
                          else []
                        ),
          }
          for column in columns
        ],
      },
      transformations: [
        { id: 'merge', options: {} },
        { id: 'filterFieldsByName', options: { include: { names: [column.name for column in columns] } } },
        {
          id: 'organize',
          options: {
            excludeByName: {},
            renameByName: {},
            indexByName: { [columns[index].name]: index for index in std.range(0, std.length(columns) - 1) },
          },
        },
      ],
      options: tableOptions {
        sortBy: [
          { displayName: std.lstripChars(name, '-'), desc: std.startsWith(name, '-') }
          for name in sortBy
        ],
      },
    },

  // The labels of a series, whatever they are: all but those that `hidden` names.
  properties(title, description, targets, hidden, width=12, height=8):
    panel('table', title, description, 'none', targets, width, height) {
      fieldConfig+: {
        defaults+: { custom: { align: 'auto', cellOptions: { type: 'auto' }, inspect: false } },
      },
      transformations: [
        { id: 'organize', options: { excludeByName: { [name]: true for name in hidden }, indexByName: {}, renameByName: {} } },
      ],
      options: tableOptions,
    },

  // Changes to a panel, as mixins.
  stacked: {
    fieldConfig+: { defaults+: { custom+: { fillOpacity: 60, lineWidth: 0, stacking: { mode: 'normal', group: 'A' } } } },
  },
  bars: { fieldConfig+: { defaults+: { custom+: { drawStyle: 'bars', fillOpacity: 80, lineWidth: 0 } } } },
  points: { fieldConfig+: { defaults+: { custom+: { drawStyle: 'points', showPoints: 'always', pointSize: 6 } } } },
  limits(thresholds): {
    fieldConfig+: { defaults+: { thresholds: thresholds, custom+: { thresholdsStyle: { mode: 'dashed' } } } },
  },
  dashed(names): {
    fieldConfig+: {
      overrides+: [{
        matcher: { id: 'byRegexp', options: names },
        properties: [{ id: 'custom.lineStyle', value: { fill: 'dash', dash: [10, 10] } }],
      }],
    },
  },
  mapped(mappings): { fieldConfig+: { defaults+: { mappings: mappings } } },
  most(value): { fieldConfig+: { defaults+: { max: value } } },
  // Recording rules are evaluated each minute: a finer step would show nothing more.
  recorded: { interval: '1m' },
  resolution(points): { maxDataPoints: points },
  linked(links): { links: links },
  colored(overrides): { fieldConfig+: { overrides+: overrides } },
}
