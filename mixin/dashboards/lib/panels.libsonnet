// The kinds of panel. Each is named, described and measured, and says why it is empty where it is: title, description,
// unit, empty.
//
// Sizes are in cells of Grafana's grid and hidden from the JSON: dashboard.libsonnet reads them.
local lib = import '../../lib.libsonnet';
local style = import 'style.libsonnet';
local colors = style.colors;
local datasource = { type: 'prometheus', uid: '${datasource}' };

local refIds = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

local panel(type, title, description, unit, targets, empty, width, height) = {
  type: type,
  title: title,
  description: description,
  datasource: datasource,
  targets: std.mapWithIndex(function(index, target) target { refId: refIds[index] }, targets),
  fieldConfig: { defaults: { unit: unit, noValue: empty }, overrides: [] },
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

{
  // A query over the time range.
  range(expr, legend): {
    datasource: datasource,
    editorMode: 'code',
    expr: lib.strip(expr),
    legendFormat: legend,
    range: true,
    instant: false,
    format: 'time_series',
  },

  // A query at the end of the time range.
  instant(expr, legend='__auto'): self.range(expr, legend) { range: false, instant: true },

  // A query for a table: a row for each series, a column for each label.
  rows(expr): self.instant(expr, '') { format: 'table' },

  // Buckets for a heatmap.
  buckets(expr): self.range(expr, '{{le}}') { format: 'heatmap' },

  // [[value, colour], …]. What has no value has the colour of the base: it is never that of what is well.
  thresholds(steps, base=colors.unknown): {
    mode: 'absolute',
    steps: [{ color: base, value: null }] + [{ color: step[1], value: step[0] } for step in steps],
  },
  // For a count of what is wrong.
  wrong(color): self.thresholds([[0, colors.good], [1, color]]),
  // For durations in a table: nothing is coloured that is within the limits. steps: [[seconds, colour], …]
  limits(steps): self.thresholds(steps, 'transparent'),

  stat(title, description, unit, targets, thresholds, empty, width=3, height=4):
    panel('stat', title, description, unit, targets, empty, width, height) {
      fieldConfig+: { defaults+: { thresholds: thresholds, color: { mode: 'thresholds' } } },
      options: {
        reduceOptions: { values: false, calcs: ['lastNotNull'], fields: '' },
        colorMode: 'background_solid',
        graphMode: 'none',
        textMode: 'value',
        justifyMode: 'center',
        orientation: 'auto',
        wideLayout: true,
        showPercentChange: false,
        percentChangeColorMode: 'standard',
      },
    },

  timeSeries(title, description, unit, targets, empty, width=12, height=8):
    panel('timeseries', title, description, unit, targets, empty, width, height) {
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

  // Counts in each interval: nothing is counted twice or lost between two bars.
  counts(title, description, targets, empty, width=12, height=8):
    self.timeSeries(title, description, 'short', targets, empty, width, height) {
      interval: '5m',  // several scrapes fit in
      maxDataPoints: 48,
      fieldConfig+: {
        defaults+: {
          decimals: 0,
          custom+: { drawStyle: 'bars', fillOpacity: 90, lineWidth: 0, stacking: { mode: 'normal', group: 'A' } },
        },
      },
      options+: { legend+: { calcs: ['sum'] } },
    },

  stateTimeline(title, description, targets, mappings, empty, width=24, height=8):
    panel('state-timeline', title, description, 'none', targets, empty, width, height) {
      maxDataPoints: 120,
      fieldConfig+: {
        defaults+: {
          mappings: mappings,
          color: { mode: 'thresholds' },
          thresholds: { mode: 'absolute', steps: [{ color: colors.unknown, value: null }] },
          custom: { fillOpacity: 90, lineWidth: 0 },
        },
      },
      options: {
        showValue: 'auto',
        mergeValues: true,
        rowHeight: 0.85,
        alignValue: 'left',
        perPage: 20,
        legend: lineOptions.legend,
        tooltip: { mode: 'single', sort: 'none' },
      },
    },

  heatmap(title, description, unit, targets, empty, width=12, height=8):
    panel('heatmap', title, description, unit, targets, empty, width, height) {
      interval: '5m',
      maxDataPoints: 48,
      fieldConfig+: { defaults+: { custom: { hideFrom: { legend: false, tooltip: false, viz: false } } } },
      options: {
        calculate: false,
        cellGap: 1,
        cellValues: { unit: 'short' },
        color: {
          mode: 'scheme',
          scheme: 'Blues',
          fill: 'dark-blue',
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

  // columns: [{ name: a label, 'Value' or 'Value #A', title: …, and what a column may have: width, unit, mappings,
  // thresholds, links, hidden }] in their order; other labels are not shown. sortBy: titles of columns, with a `-` before
  // a descending one. Rows of several queries with the same labels are one.
  table(title, description, targets, columns, sortBy, empty, width=12, height=8):
    panel('table', title, description, 'none', targets, empty, width, height) {
      fieldConfig+: {
        defaults+: { custom: { align: 'auto', cellOptions: { type: 'auto' }, inspect: false, filterable: true } },
        overrides: [
          {
            matcher: { id: 'byName', options: column.name },
            properties: [{ id: 'displayName', value: column.title }]
                        + [
                          { id: property[1], value: column[property[0]] }
                          for property in [
                            ['unit', 'unit'],
                            ['decimals', 'decimals'],
                            ['width', 'custom.width'],
                            ['hidden', 'custom.hidden'],
                            ['links', 'links'],
                            ['mappings', 'mappings'],
                            ['thresholds', 'thresholds'],
                          ]
                          if property[0] in column
                        ]
                        + (
                          if 'mappings' in column || 'thresholds' in column
                          then [{ id: 'custom.cellOptions', value: { type: 'color-background', mode: 'basic' } }]
                          else []
                        )
                        // What is mapped to nothing has no colour.
                        + (
                          if 'mappings' in column && !('thresholds' in column)
                          then [{ id: 'thresholds', value: { mode: 'absolute', steps: [{ color: 'transparent', value: null }] } }]
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
  properties(title, description, targets, hidden, empty, width=12, height=8):
    panel('table', title, description, 'none', targets, empty, width, height) {
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
  // Lines at limits: [[seconds, colour], …].
  lines(steps): {
    fieldConfig+: {
      defaults+: {
        thresholds: { mode: 'absolute', steps: [{ color: 'transparent', value: null }] + [{ color: s[1], value: s[0] } for s in steps] },
        custom+: { thresholdsStyle: { mode: 'dashed' } },
      },
    },
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
  minStep(interval): { interval: interval },
  // Series that all tell of failures: shades of one colour.
  shades(color): { fieldConfig+: { defaults+: { color: { mode: 'shades', fixedColor: color } } } },
  // The same for the series whose names fit.
  shaded(names, color): {
    fieldConfig+: {
      overrides+: [{
        matcher: { id: 'byRegexp', options: names },
        properties: [{ id: 'color', value: { mode: 'shades', fixedColor: color } }],
      }],
    },
  },
  // series: [[name of the series, colour, name to show or null], …]
  colored(series): {
    fieldConfig+: {
      overrides+: [
        {
          matcher: { id: 'byName', options: each[0] },
          properties: [{ id: 'color', value: { mode: 'fixed', fixedColor: each[1] } }]
                      + (if each[2] == null then [] else [{ id: 'displayName', value: each[2] }]),
        }
        for each in series
      ],
    },
  },
  // One colour for each status of a time series that is named by it.
  byStatus(words): self.colored([[word.status, word.color, word.text] for word in words]),
}
